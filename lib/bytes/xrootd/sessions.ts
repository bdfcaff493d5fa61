/** The sessions of this thread, one a server and user: what is asked of the same server goes over one connection, at once. */
import { shared } from '../../core/shared.js'
import { remoteSettings } from '../settings.js'
import { type Endpoint, serverName } from './endpoint.js'
import { NoAnswer } from './failures.js'
import { identity } from './identity.js'
import { Session } from './session.js'

interface Kept {
  readonly opening: Promise<Session>
  session: Session | null
}

const kept = shared('xrootd sessions', () => new Map<string, Kept>())
interface Down {
  /** It is not asked until then. */
  readonly until: number
  /** Whoever asks it makes one attempt until then. */
  readonly givenUpUntil: number
  readonly failure: unknown
}

/** Servers that did not answer or were given up. */
const down = shared('xrootd servers down', () => new Map<string, Down>())

/** A server that did not answer is not asked again for this part of the timeout (5 s of 60): hundreds of files may lie on it, of which
 *  one in a while finds out that it answers again. */
const DOWN_PART = 1 / 12
/** One that did not for all attempts of an operation is given up for so long. */
const GIVEN_UP_MS = 60_000

function keyOf(endpoint: Endpoint): string {
  return [serverName(endpoint), endpoint.isSecure, endpoint.user, endpoint.token].join(' ')
}

/** For a minute, whoever asks the server makes one attempt. */
export function giveUp(endpoint: Endpoint, failure: unknown): void {
  if (!isGivenUp(endpoint)) note(keyOf(endpoint), failure, performance.now() + GIVEN_UP_MS)
}

function note(key: string, failure: unknown, givenUpUntil: number): void {
  down.set(key, { until: performance.now() + DOWN_PART * remoteSettings().timeoutMs, givenUpUntil, failure })
}

/** Further attempts are of no use. */
export function isGivenUp(endpoint: Endpoint): boolean {
  return performance.now() < (down.get(keyOf(endpoint))?.givenUpUntil ?? 0)
}

/** An open session. Throws as Session.open. */
export async function sessionFor(endpoint: Endpoint): Promise<Session> {
  const key = keyOf(endpoint)
  const known = kept.get(key)
  if (known !== undefined && known.session?.isOpen !== false) return known.opening
  const memory = down.get(key)
  // Servers that refuse connections say so at once, and may be asked: they come back when they have started again.
  if (memory?.failure instanceof NoAnswer && performance.now() < memory.until) throw memory.failure
  const opening = Session.open(endpoint, remoteSettings(), identity())
  const entry: Kept = { opening, session: null }
  kept.set(key, entry)
  try {
    entry.session = await opening
    down.delete(key)
    return entry.session
  } catch (failure) {
    if (kept.get(key) === entry) kept.delete(key)
    if (failure instanceof NoAnswer) note(key, failure, down.get(key)?.givenUpUntil ?? 0)
    throw failure
  }
}

/** Ends all sessions; for tests, and for users whose credentials have changed. */
export function closeSessions(): void {
  for (const { opening } of kept.values()) opening.then(session => session.close()).catch(() => {})
  kept.clear()
  down.clear()
}
