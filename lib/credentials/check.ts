/** What the user has to show to servers, and what is wrong with it: told before a job begins instead of by a server's refusal. */
import { existsSync } from 'node:fs'
import { UsageError } from '../core/errors.js'
import { authoritiesFolder, folderAuthorities, GET_AUTHORITIES } from './authorities.js'
import { findProxy, type GridProxy, loadProxy, MAKE_PROXY } from './proxy.js'
import { findTicket, type Ticket } from './tickets.js'
import { timeLeft } from './time-left.js'
import { findToken, namesToken, strangersTokens, type Token } from './tokens.js'

export interface Finding {
  /** error: what the user named cannot be used. */
  readonly level: 'error' | 'warning'
  /** A file, a folder, or a variable of the environment. */
  readonly place: string
  /** What is wrong, and the command that mends it. */
  readonly message: string
}

export interface Credentials {
  readonly proxy: GridProxy | null
  readonly token: Token | null
  /** Null as well where it ended, or was not asked for. */
  readonly ticket: Ticket | null
  /** Those of the grid, without Node's own. */
  readonly authorities: { readonly folder: string; readonly count: number } | null
  readonly findings: readonly Finding[]
}

/** Problems of the credentials at `now`; [] where all is well. Throws nothing for what the user has or lacks. */
export function checkCredentials(env: NodeJS.ProcessEnv = process.env, now = new Date()): readonly Finding[] {
  return surveyCredentials(env, now, false).findings
}

/** All that can be shown to servers, with its problems. klist is a process: without `asksTicket` it is run only where nothing else
 *  was found. */
export function surveyCredentials(
  env: NodeJS.ProcessEnv = process.env,
  now = new Date(),
  asksTicket = true,
): Credentials {
  const findings: Finding[] = []
  const path = findProxy(env)
  const hasProxy = Boolean(env.X509_USER_PROXY) || existsSync(path)
  const proxy = hasProxy ? attempt(findings, Boolean(env.X509_USER_PROXY), () => loadProxy(path, now)) : null
  if (proxy !== null) findings.push(...proxyWarnings(proxy, now))
  const token = attempt(findings, namesToken(env), () => findToken(env, now))
  if (token !== null) findings.push(...tokenWarnings(token, now))
  else findings.push(...strangersTokens(env).map(strangers))
  const ticket = asksTicket || (proxy === null && token === null) ? validTicket(env, now) : null
  if (!hasProxy && token === null && ticket === null) findings.push(nothing(path))
  return { proxy, token, ticket, authorities: authorities(env, findings), findings }
}

/** What `find` gives; null, and findings, where it throws. */
function attempt<T>(findings: Finding[], isExplicit: boolean, find: () => T): T | null {
  try {
    return find()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const level = isExplicit ? 'error' : 'warning'
    findings.push(...error.problems.map(({ place, message }) => ({ level, place, message }) as const))
    return null
  }
}

/** Less than this left is worth a word: a job of some size takes longer. */
const SOON_MS = 3600 * 1000

function endsSoon(until: Date, now: Date): boolean {
  return until.getTime() - now.getTime() < SOON_MS
}

function proxyWarnings({ path, expires, voms }: GridProxy, now: Date): Finding[] {
  const make = `Make a new one: ${MAKE_PROXY}`
  const warning = (message: string) => ({ level: 'warning', place: path, message }) as const
  const found: Finding[] = []
  if (endsSoon(expires, now)) found.push(warning(`the grid proxy ends in ${timeLeft(expires, now)}. ${make}`))
  if (voms.length === 0) {
    const what = 'the grid proxy says of no organization that you belong to it (no VOMS extension)'
    found.push(warning(`${what}: servers of CMS refuse it, with an empty message. ${make}`))
  }
  for (const { vo, expires: until } of voms) {
    const what = `your membership of ${vo} in the grid proxy (its VOMS extension)`
    if (until <= now) found.push(warning(`${what} expired at ${until.toISOString()}: servers refuse it. ${make}`))
    else if (endsSoon(until, now) && until < expires)
      found.push(warning(`${what} ends in ${timeLeft(until, now)}. ${make}`))
  }
  return found
}

function tokenWarnings({ source, expires, isOpenToOthers }: Token, now: Date): Finding[] {
  const found: Finding[] = []
  // Tokens in files are short-lived, and renewed there by a service.
  if (expires !== null && source === 'BEARER_TOKEN' && endsSoon(expires, now)) {
    const message = `the token ends in ${timeLeft(expires, now)}. Name a file that is renewed in BEARER_TOKEN_FILE instead.`
    found.push({ level: 'warning', place: source, message })
  }
  if (isOpenToOthers) {
    found.push({ level: 'warning', place: source, message: `others may read this token. chmod 600 ${source}` })
  }
  return found
}

function strangers(place: string): Finding {
  const message = 'this token belongs to another user and is not used. Name yours in BEARER_TOKEN_FILE.'
  return { level: 'warning', place, message }
}

function validTicket(env: NodeJS.ProcessEnv, now: Date): Ticket | null {
  const ticket = findTicket(env)
  return ticket?.expires != null && ticket.expires <= now ? null : ticket
}

function nothing(place: string): Finding {
  const what = 'no grid proxy here (X509_USER_PROXY, else /tmp/x509up_u<uid>), no token and no Kerberos ticket'
  const message = `${what}: servers that ask for one will refuse you. Make a proxy: ${MAKE_PROXY}`
  return { level: 'warning', place, message }
}

function authorities(env: NodeJS.ProcessEnv, findings: Finding[]): Credentials['authorities'] {
  const folder = authoritiesFolder(env)
  if (folder === null) {
    const what = 'not set, and no certificates of grid authorities in the usual folders'
    const message = `${what}: grid servers cannot be checked. ${GET_AUTHORITIES}`
    findings.push({ level: 'warning', place: 'X509_CERT_DIR', message })
    return null
  }
  const found = attempt(findings, Boolean(env.X509_CERT_DIR), () => folderAuthorities(folder))
  return found === null ? null : { folder, count: found.length }
}
