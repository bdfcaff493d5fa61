/** Which Kerberos ticket the user has. Asked of `klist`: caches may be kept by the kernel or by a service (KEYRING, KCM), where only
 *  Kerberos' own library gets at them. */
import { spawnSync } from 'node:child_process'
import { printable } from './names.js'

export interface Ticket {
  /** The user: somebody@CERN.CH. */
  readonly principal: string
  /** When the ticket that gets others ends; null where klist's words are not understood. */
  readonly expires: Date | null
}

/** A service that keeps tickets and hangs must not stop the program. */
const PATIENCE_MS = 5_000

/** The ticket in KRB5CCNAME or the usual cache; null where there is none, or no klist on the machine. */
export function findTicket(env: NodeJS.ProcessEnv = process.env): Ticket | null {
  // Dates as the C locale writes them, in UTC: otherwise they come in the user's language and zone.
  const options = { env: { ...env, LC_ALL: 'C', TZ: 'UTC' }, timeout: PATIENCE_MS, encoding: 'utf8' } as const
  const { status, stdout } = spawnSync('klist', [], options)
  return status === 0 ? readKlist(stdout) : null
}

/** What klist prints in the C locale and UTC, of MIT and of Heimdal (macOS). Null where no principal is named. */
export function readKlist(text: string): Ticket | null {
  const principal = /^\s*(?:Default principal|Principal):\s*(\S+)/m.exec(text)?.[1]
  if (principal === undefined) return null
  const line = /^.*\bkrbtgt\/.*$/m.exec(text)?.[0] ?? ''
  return { principal: printable(principal), expires: mitExpiry(line) ?? heimdalExpiry(line) }
}

/** `11/30/26 09:26:42  12/01/26 09:26:42  krbtgt/TEST@TEST`: month, day, year, and when it began first. */
function mitExpiry(line: string): Date | null {
  const [, end] = [...line.matchAll(/(\d\d)\/(\d\d)\/(?:20)?(\d\d) (\d\d:\d\d:\d\d)/g)]
  return end === undefined ? null : dateOf(`20${end[3]}-${end[1]}-${end[2]}T${end[4]}Z`)
}

/** `Nov 30 09:26:42 2026  Dec  1 09:26:42 2026  krbtgt/TEST@TEST`, with >>>Expired<<< in the second place of old ones. */
function heimdalExpiry(line: string): Date | null {
  if (line.includes('>>>Expired<<<')) return new Date(0)
  const [, end] = [...line.matchAll(/([A-Z][a-z]{2}) +(\d+) (\d\d:\d\d:\d\d) (\d{4})/g)]
  return end === undefined ? null : dateOf(`${end[2]} ${end[1]} ${end[4]} ${end[3]} UTC`)
}

function dateOf(text: string): Date | null {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : new Date(ms)
}
