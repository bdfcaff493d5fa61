/** What the page knows of the run, kept up to date by the server's events. */

import { applyChanges, type Change, type LiveEnd, type LiveState } from '../../live/state.js'
import { folder } from '../source.js'

export interface Known {
  /** null: nothing has come yet. */
  readonly state: LiveState | null
  /** The run has ended in order; its server is gone. */
  readonly end: LiveEnd | null
  /** The server does not answer; the browser goes on asking. */
  readonly isLost: boolean
  /** When the state was told, on the page's own clock (performance.now). */
  readonly at: number
}

let known: Known = { state: null, end: null, isLost: false, at: 0 }
let isConnected = false
const listeners = new Set<() => void>()

/** Calls `listener` when there is something new, as long as it gives true. Connects at the first call. */
export function follow(listener: () => boolean): void {
  const own = () => {
    if (!listener()) listeners.delete(own)
  }
  listeners.add(own)
  if (!isConnected) connect()
  isConnected = true
}

export function knownNow(): Known {
  return known
}

function connect(): void {
  const events = new EventSource(`${folder}/api/events`)
  const on = <T>(name: string, take: (data: T) => Partial<Known>) =>
    events.addEventListener(name, event => learn(take(JSON.parse((event as MessageEvent<string>).data) as T)))
  on<LiveState>('state', state => ({ state, isLost: false, at: performance.now() }))
  on<readonly Change[]>('changes', changes => {
    if (known.state === null) return {}
    return { state: applyChanges(known.state, changes), isLost: false, at: performance.now() }
  })
  on<LiveEnd>('end', end => {
    // Browsers would ask again.
    events.close()
    return { end }
  })
  events.addEventListener('error', () => {
    if (known.end === null) learn({ isLost: true })
  })
}

function learn(news: Partial<Known>): void {
  known = { ...known, ...news }
  for (const listener of listeners) listener()
}
