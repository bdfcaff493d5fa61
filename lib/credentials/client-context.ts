/** What TLS needs on the user's side: whom to trust, and what to show. */
import { createSecureContext, type SecureContext } from 'node:tls'
import { UsageError } from '../core/errors.js'
import { trustedAuthorities } from './authorities.js'
import { type GridProxy, MAKE_PROXY } from './proxy.js'

/** Contexts by authorities and by the proxy that is shown ('' for none). */
const contexts = new WeakMap<readonly string[], Map<string, SecureContext>>()

/** Old proxies stay in a program that runs for days: so many are kept. */
const KEPT = 4

/** For `secureContext` of tls.connect and https.Agent: trusts the authorities of the grid and Node's, and shows `proxy` where the
 *  server asks. Kept, as making one takes 0.3 ms for each authority: 142 ms for 300 of the grid and 144 of Node, which tls.connect
 *  would spend on each connection. Throws UsageError as trustedAuthorities does, and for a proxy that TLS does not take. */
export function clientContext(proxy: GridProxy | null, env: NodeJS.ProcessEnv = process.env): SecureContext {
  const authorities = trustedAuthorities(env)
  const known = contexts.get(authorities) ?? new Map<string, SecureContext>()
  contexts.set(authorities, known)
  const pem = proxy?.pem ?? ''
  const found = known.get(pem)
  if (found !== undefined) return found
  const made = make(proxy, authorities)
  if (known.size >= KEPT) known.clear()
  known.set(pem, made)
  return made
}

function make(proxy: GridProxy | null, authorities: readonly string[]): SecureContext {
  const ca = [...authorities]
  if (proxy === null) return createSecureContext({ ca })
  try {
    return createSecureContext({ ca, cert: proxy.pem, key: proxy.pem })
  } catch (error) {
    // Keys of 1024 bits, as old tools make them.
    const why = (error as NodeJS.ErrnoException).code ?? 'damaged'
    const message = `TLS does not take this grid proxy (${why}). Make one: ${MAKE_PROXY} --bits 2048`
    throw new UsageError([{ place: proxy.path, message }])
  }
}
