/** Connections that are kept for further requests, by what the user shows on them. */
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { SecureContext } from 'node:tls'
import { DataError, UsageError } from '../../core/errors.js'
import type { HttpCredentials } from './credentials.js'
import type { Context } from './operation.js'
import { type Hop, mayKnowUser } from './target.js'

/** To one server. 50 single ranges at a round trip of 40 ms take 310 ms over eight of them, 385 ms over six; more would try operators'
 *  patience. */
export const CONNECTIONS = 8

interface Agents {
  readonly requests: HttpAgent
  /** An upload keeps its connection for as long as its caller takes to make the bytes: uploads must not use up those of the readers that
   *  they may wait for. */
  readonly uploads: HttpAgent
}

const KEPT = { keepAlive: true, maxSockets: CONNECTIONS }
const ANY = { keepAlive: true }

const open: Agents = { requests: new HttpAgent(KEPT), uploads: new HttpAgent(ANY) }
/** Contexts are kept as well: the same for all files, until the proxy or the authorities change. */
const secure = new WeakMap<SecureContext, Agents>()

/** Idle connections do not keep the process alive: Node's agents unref them. Throws DataError 'ConnectionError' where the
 *  authorities cannot be read. */
export function agentsFor(to: Hop, { credentials, place }: Context): Agents {
  if (!to.isSecure) return open
  const secureContext = contextFor(to, credentials, place)
  const known = secure.get(secureContext)
  if (known !== undefined) return known
  const made = {
    requests: new HttpsAgent({ ...KEPT, secureContext }),
    uploads: new HttpsAgent({ ...ANY, secureContext }),
  }
  secure.set(secureContext, made)
  return made
}

function contextFor(to: Hop, credentials: HttpCredentials, place: string): SecureContext {
  try {
    return credentials.context(mayKnowUser(to) ? credentials.proxy : null)
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause
    throw new DataError('ConnectionError', `${place}: ${cause.message}`, { cause })
  }
}
