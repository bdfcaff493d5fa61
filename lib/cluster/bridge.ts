/** The driver's side of the bridge to Dask: a Python process that is told what to do, and tells what becomes of it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../core/errors.js'
import { ByteReader } from './byte-reader.js'

/** What the bridge says: see bridge.py. */
export interface BridgeEvent {
  readonly event: string
  readonly id?: number
  readonly payload?: number
  readonly [field: string]: unknown
}

/** Beside the compiled modules, and beside the joined programs. */
const BRIDGE = fileURLToPath(new URL('./bridge/bridge.py', import.meta.url))

export class Bridge {
  readonly #python: string
  readonly #child: ChildProcess
  readonly #listeners = new Set<(event: BridgeEvent, payload: Buffer) => void>()
  readonly #ended: Promise<void>
  /** Why it is of no use any more. */
  #failure: Error | null = null
  #closing = false

  constructor(python: string) {
    this.#python = python
    // In a session of its own: Ctrl-C in the terminal reaches the driver alone, which then closes it in order.
    this.#child = spawn(python, ['-u', BRIDGE], { stdio: ['pipe', 'pipe', 'inherit'], detached: true })
    this.#child.stdin!.on('error', () => {})
    this.#child.on('error', error => this.#fail(cannotRun(python, error)))
    this.#ended = new Promise(resolve => {
      this.#child.on('close', () => {
        if (!this.#closing) this.#fail('the bridge to Dask ended unexpectedly')
        resolve()
      })
      this.#child.on('error', () => resolve())
    })
    this.#listen().catch(error => this.#fail((error as Error).message))
  }

  onEvent(listener: (event: BridgeEvent, payload: Buffer) => void): void {
    this.#listeners.add(listener)
    if (this.#failure !== null) listener({ event: 'fatal', message: this.#failure.message }, NOTHING)
  }

  send(message: Readonly<Record<string, unknown>>, payload: Buffer = NOTHING): void {
    if (this.#failure !== null) throw this.#failure
    const size = payload.length === 0 ? {} : { payload: payload.length }
    this.#child.stdin!.write(`${JSON.stringify({ ...message, ...size })}\n`)
    if (payload.length > 0) this.#child.stdin!.write(payload)
  }

  /** The first event of that name. Rejects with UsageError where the bridge cannot do what it was told. */
  expect(name: string): Promise<BridgeEvent> {
    return new Promise((resolve, reject) => {
      const listener = (event: BridgeEvent) => {
        if (event.event === name) resolve(event)
        else if (event.event === 'fatal' || event.event === 'error') reject(this.#refused(String(event.message)))
        else return
        this.#listeners.delete(listener)
      }
      this.onEvent(listener)
    })
  }

  /** Ends cluster, workers and bridge. */
  async close(): Promise<void> {
    this.#closing = true
    if (this.#failure === null) this.send({ op: 'close' })
    this.#child.stdin!.end()
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), CLOSE_MS)
    await this.#ended
    clearTimeout(timer)
  }

  #refused(message: string): UsageError {
    const hint = ' tnp-pipe doctor tells what is here.'
    if (message.startsWith(`${this.#python} cannot be run`)) {
      return new UsageError([{ place: '--executor', message: `${message}${hint}` }])
    }
    const more = message.includes('Install it:') ? hint : ''
    return new UsageError([{ place: '--executor', message: `${message} (Python: ${this.#python}).${more}` }])
  }

  async #listen(): Promise<void> {
    const input = new ByteReader(this.#child.stdout!)
    for (let line = await input.line(); line !== null; line = await input.line()) {
      const event = JSON.parse(line) as BridgeEvent
      const payload = event.payload === undefined ? NOTHING : await input.read(event.payload)
      if (payload === null) return
      if (event.event === 'fatal') this.#failure = new Error(String(event.message))
      for (const listener of [...this.#listeners]) listener(event, payload)
    }
  }

  #fail(message: string): void {
    if (this.#failure !== null) return
    this.#failure = new Error(message)
    for (const listener of [...this.#listeners]) listener({ event: 'fatal', message }, NOTHING)
  }
}

const NOTHING = Buffer.alloc(0)
/** LPC takes 30 s to close. */
const CLOSE_MS = 90_000

function cannotRun(python: string, { code }: NodeJS.ErrnoException): string {
  return `${python} cannot be run (${code}). Install Python with distributed, or name one that has it: --python, TNP_PYTHON.`
}
