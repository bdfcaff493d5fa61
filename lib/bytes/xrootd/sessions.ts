/** The sessions of this thread, one a server and user: what is asked of the same server goes over one connection, at once. */
import { shared } from '../../core/shared.js'
import { remoteSettings } from '../settings.js'
import { NoAnswer } from './failures.js'
import { identity } from './identity.js'
import { type Endpoint, Session, serverName } from './session.js'

interface Kept {
  readonly opening: Promise<Session>
  session: Session | null
}

const kept = shared('xrootd sessions', () => new Map<string, Kept>())
/** Servers that did not answer, and until when that is believed. Those that refuse connections say so at once, and may be asked as
 *  often as an operation wants: they come back when they have started again. */
const down = shared(
  'xrootd servers down',
  () => new Map<string, { readonly until: number; readonly failure: unknown }>(),
)

/** A server that did not answer is not asked again for so long: hundreds of files may lie on it. */
const DOWN_MS = 5_000

/** An open session. Throws as Session.open. */
export async function sessionFor(endpoint: Endpoint): Promise<Session> {
  const key = [serverName(endpoint), endpoint.isSecure, endpoint.user, endpoint.token].join(' ')
  const known = kept.get(key)
  if (known !== undefined && known.session?.isOpen !== false) return known.opening
  const memory = down.get(key)
  if (memory !== undefined && performance.now() < memory.until) throw memory.failure
  const opening = Session.open(endpoint, remoteSettings(), identity())
  const entry: Kept = { opening, session: null }
  kept.set(key, entry)
  try {
    entry.session = await opening
    down.delete(key)
    return entry.session
  } catch (failure) {
    if (kept.get(key) === entry) kept.delete(key)
    if (failure instanceof NoAnswer) down.set(key, { until: performance.now() + DOWN_MS, failure })
    throw failure
  }
}

/** Ends all sessions; for tests, and for users whose credentials have changed. */
export function closeSessions(): void {
  for (const { opening } of kept.values()) opening.then(session => session.close()).catch(() => {})
  kept.clear()
  down.clear()
}
