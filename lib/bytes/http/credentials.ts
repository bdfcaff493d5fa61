/** What http servers may learn of the user. The only file of this folder that knows where credentials are kept. */
import { existsSync } from 'node:fs'
import type { SecureContext } from 'node:tls'
import { UsageError } from '../../core/errors.js'
import { clientContext, findProxy, findToken, type GridProxy, loadProxy } from '../../credentials/index.js'

export interface HttpCredentials {
  /** Shown as client certificate; null: none. */
  readonly proxy: GridProxy | null
  /** Bearer token; null: none. */
  readonly token: string | null
  /** Why what is there is not used, in sentences. */
  readonly problems: readonly string[]
  /** Trusts the authorities, and shows the proxy or nobody. Throws UsageError where the authorities cannot be read. */
  context(proxy: GridProxy | null): SecureContext
}

/** Milliseconds for which credentials are not looked at again: reading a proxy takes 1 ms. */
const FRESH_MS = 30_000

let last: { readonly key: string; readonly until: number; readonly found: HttpCredentials } | undefined

/** As they are now: tokens and proxies are renewed while a run goes on. Those that are no good are left out, since many files are open to
 *  everybody: why is told where a server then refuses. */
export function httpCredentials(env: NodeJS.ProcessEnv = process.env): HttpCredentials {
  const names = ['X509_USER_PROXY', 'X509_CERT_DIR', 'BEARER_TOKEN', 'BEARER_TOKEN_FILE', 'XDG_RUNTIME_DIR']
  const key = names.map(name => env[name] ?? '').join('\n')
  if (last?.key === key && performance.now() < last.until) return last.found
  const found = find(env)
  last = { key, until: performance.now() + FRESH_MS, found }
  return found
}

function find(env: NodeJS.ProcessEnv): HttpCredentials {
  const problems: string[] = []
  const good = <T>(look: () => T): T | null => {
    try {
      return look()
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      problems.push(error.message)
      return null
    }
  }
  const path = findProxy(env)
  const proxy = env.X509_USER_PROXY || existsSync(path) ? good(() => loadProxy(path)) : null
  const token = good(() => findToken(env)?.text ?? null)
  return { proxy, token, problems, context: shown => clientContext(shown, env) }
}
