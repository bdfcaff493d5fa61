/** Connections that are kept for further requests, by the user's credentials. */
import { createHash } from 'node:crypto'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { HttpCredentials } from './credentials.js'
import { type Hop, mayKnowUser } from './target.js'

/** Single ranges at 40 ms round trip: 6 connections take 385 ms for 50 of 20 kB, 8 take 290 ms; more helps against servers' and
 *  operators' patience only. */
export const CONNECTIONS = 8

/** An upload keeps its connection for as long as its caller takes to make the bytes: uploads must not use up the readers' ones. */
export type Traffic = 'requests' | 'uploads'

const agents = new Map<string, HttpAgent>()

/** Idle connections do not keep the process alive: Node's agents unref them. */
export function agentFor(to: Hop, credentials: HttpCredentials, traffic: Traffic): HttpAgent {
  const pem = mayKnowUser(to) ? credentials.pem : null
  const key = to.isSecure ? `${traffic} ${trust(credentials)} ${pem !== null}` : traffic
  const known = agents.get(key)
  if (known !== undefined) return known
  const options = { keepAlive: true, maxSockets: traffic === 'requests' ? CONNECTIONS : Number.POSITIVE_INFINITY }
  const agent = to.isSecure ? new HttpsAgent({ ...options, ...secure(pem, credentials) }) : new HttpAgent(options)
  agents.set(key, agent)
  return agent
}

/** Parsing 150 authorities takes 10 ms: once, not for each connection. */
function secure(pem: string | null, credentials: HttpCredentials): { secureContext: SecureContext } {
  const own = pem === null ? {} : { cert: pem, key: pem }
  return { secureContext: createSecureContext({ ca: [...credentials.authorities], ...own }) }
}

const trusts = new WeakMap<HttpCredentials, string>()

/** The same for files that are opened with the same proxy and authorities. */
function trust(credentials: HttpCredentials): string {
  const known = trusts.get(credentials)
  if (known !== undefined) return known
  const hash = createHash('sha256')
  for (const text of [credentials.pem ?? '', ...credentials.authorities]) hash.update(text).update('\0')
  const made = hash.digest('base64')
  trusts.set(credentials, made)
  return made
}
