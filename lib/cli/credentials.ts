/** `tnp-pipe credentials`: what the user can show to servers, how long it lasts, and what is wrong with it. Secrets are never
 *  printed. */

import { UsageError } from '../core/errors.js'
import { type Credentials, surveyCredentials, timeLeft } from '../credentials/index.js'
import { type CommandReport, EXIT } from './exit.js'

export interface CredentialsFlags {
  /** A proxy other than that of X509_USER_PROXY. */
  readonly voms?: string
  readonly format: string
}

/** Problems go to stderr, one a line. Status 0: there is something to show to servers; 1: there is nothing; 2: what the user named
 *  cannot be used. Throws UsageError for a format that is not known. */
export function credentials(flags: CredentialsFlags, env = process.env, now = new Date()): CommandReport {
  if (!Object.hasOwn(FORMATS, flags.format)) {
    const message = `is "${flags.format}", wanted ${Object.keys(FORMATS).join(' or ')}.`
    throw new UsageError([{ place: '--format', message }])
  }
  const format = FORMATS[flags.format as keyof typeof FORMATS]
  const found = surveyCredentials(flags.voms === undefined ? env : { ...env, X509_USER_PROXY: flags.voms }, now)
  const stderr = found.findings.map(({ level, place, message }) => `${level}: ${place}: ${message}\n`).join('')
  return { stdout: format(found, now), stderr, status: statusOf(found) }
}

function statusOf({ proxy, token, ticket, findings }: Credentials): number {
  if (findings.some(finding => finding.level === 'error')) return EXIT.usage
  return proxy === null && token === null && ticket === null ? EXIT.incomplete : EXIT.done
}

const FORMATS = { text: textOf, json: jsonOf }

function textOf({ proxy, token, ticket, authorities }: Credentials, now: Date): string {
  const lasts = (until: Date) => `${timeLeft(until, now)} (until ${until.toISOString()})`
  const rows: string[][] = [['proxy', proxy?.path ?? 'none']]
  if (proxy !== null) {
    rows.push(['  identity', proxy.identity], ['  time left', lasts(proxy.expires)])
    for (const { vo, fqans, expires } of proxy.voms) {
      rows.push(['  organization', vo])
      rows.push(...fqans.map(fqan => ['    role', shortFqan(fqan)]), ['    time left', lasts(expires)])
    }
    if (proxy.voms.length === 0) rows.push(['  organization', 'none'])
  }
  rows.push(['token', token?.source ?? 'none'])
  if (token !== null) {
    rows.push(['  issuer', token.issuer ?? 'not told'], ['  scopes', token.scopes.join(' ') || 'not told'])
    rows.push(['  time left', token.expires === null ? 'not told' : lasts(token.expires)])
  }
  rows.push(['Kerberos', ticket?.principal ?? 'none'])
  if (ticket !== null) rows.push(['  time left', ticket.expires === null ? 'not told' : lasts(ticket.expires)])
  rows.push(['authorities', authorities?.folder ?? "none but Node's own"])
  if (authorities !== null) rows.push(['  number', String(authorities.count)])
  return rows.map(([name = '', value]) => `${name.padEnd(16)}${value}\n`).join('')
}

/** '/cms/Role=production/Capability=NULL' -> '/cms/Role=production'. */
function shortFqan(fqan: string): string {
  return fqan.replace(/\/Capability=NULL$/, '').replace(/\/Role=NULL$/, '')
}

/** Named one by one: what is added to these objects later is not printed by accident. */
function jsonOf({ proxy, token, ticket, authorities, findings }: Credentials): string {
  const shown = {
    proxy: proxy && { path: proxy.path, identity: proxy.identity, expires: proxy.expires, voms: proxy.voms },
    token: token && { source: token.source, issuer: token.issuer, scopes: token.scopes, expires: token.expires },
    kerberos: ticket && { principal: ticket.principal, expires: ticket.expires },
    authorities,
    findings,
  }
  return `${JSON.stringify(shown, null, 2)}\n`
}
