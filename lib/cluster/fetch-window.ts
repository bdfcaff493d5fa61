/** Which results the driver asks for. They stay on the workers that made them until there is room here: the one whose turn it is comes
 *  at any time, those after it while what is held stays below a bound. However late one task is, the driver's memory does not grow. */

interface Waiting {
  /** null: not done yet. */
  bytes: number | null
  asked: boolean
}

export class FetchWindow {
  readonly #fetch: (id: number) => void
  readonly #mostHeld: number
  /** In the order of tasks; the first is the one whose turn it is. */
  readonly #tasks = new Map<number, Waiting>()
  #held = 0
  #running = 0
  #elsewhere = 0
  /** Results on workers. */
  #unasked = 0

  /** fetch: asks for a result. mostHeld: bytes of results that are under way or here before their turn. */
  constructor(fetch: (id: number) => void, mostHeld: number) {
    this.#fetch = fetch
    this.#mostHeld = mostHeld
  }

  /** Tasks that are not done. */
  get running(): number {
    return this.#running
  }

  /** Bytes of results that wait on workers. */
  get elsewhere(): number {
    return this.#elsewhere
  }

  /** Bytes of results that have been asked for and not been handed on. */
  get held(): number {
    return this.#held
  }

  add(id: number): void {
    this.#tasks.set(id, { bytes: null, asked: false })
    this.#running++
  }

  /** Its result lies on a worker. Again for a task that had to be done again: nothing changes then. */
  done(id: number, bytes: number): void {
    const task = this.#tasks.get(id)
    if (task === undefined || task.bytes !== null) return
    task.bytes = bytes
    this.#running--
    this.#elsewhere += bytes
    this.#unasked++
    this.#ask()
  }

  /** Its result has been handed on, or will never come. */
  remove(id: number): void {
    const task = this.#tasks.get(id)
    if (task === undefined) return
    this.#tasks.delete(id)
    if (task.bytes === null) this.#running--
    else if (task.asked) this.#held -= task.bytes
    else {
      this.#elsewhere -= task.bytes
      this.#unasked--
    }
    this.#ask()
  }

  #ask(): void {
    let isNext = true
    for (const [id, task] of this.#tasks) {
      const { bytes, asked } = task
      if (this.#unasked === 0) return
      if (bytes !== null && !asked) {
        // In order: a small one that overtakes would keep the next from coming.
        if (!isNext && this.#held + bytes > this.#mostHeld) return
        task.asked = true
        this.#elsewhere -= bytes
        this.#unasked--
        this.#held += bytes
        this.#fetch(id)
      }
      isNext = false
    }
  }
}
