/** What readers of files tell the user without failing: of servers, and of files that were not closed. This folder has no log: whoever has one subscribes. */
import { shared } from '../core/shared.js'

export type WarningListener = (message: string) => void

/** Of one thread. More are not kept for those who subscribe late. */
const MOST = 100

class RemoteWarnings {
  readonly #said = new Set<string>()
  /** Nobody was there to hear them. */
  readonly #unheard: string[] = []
  readonly #listeners = new Set<WarningListener>()

  /** Each message is told once. Without credentials: see `hideAccess`. */
  add(message: string): void {
    if (this.#said.has(message) || this.#said.size >= MOST) return
    this.#said.add(message)
    if (this.#listeners.size === 0) this.#unheard.push(message)
    for (const listener of this.#listeners) listener(message)
  }

  /** Called with what nobody has heard so far, too. Returns what ends it. */
  subscribe(listener: WarningListener): () => void {
    this.#listeners.add(listener)
    for (const message of this.#unheard.splice(0)) listener(message)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}

export const remoteWarnings: RemoteWarnings = shared('remote warnings', () => new RemoteWarnings())
