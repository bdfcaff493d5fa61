/** What goes on at a cluster, for the user and for the log: one line of JSON an event, and words where the user should know. */
import type { Logger } from '../core/types.js'
import type { ClusterStatus } from '../run/executor.js'
import type { BridgeEvent } from './bridge.js'

/** Nothing is said more often than this of workers that do not come. */
const WAITING_MS = 60_000
const FIRST_WAIT_MS = 5_000
/** Of jobs, workers and tasks that fail, told one by one; what comes then is in the log. */
const MOST_TOLD = 10

export interface Voices {
  readonly log: Logger
  readonly onWarning: (message: string) => void
  readonly onNotice: (message: string) => void
}

export class ClusterWatch {
  readonly #voices: Voices
  readonly #expected: number
  #workers = 0
  #threads = 0
  readonly #running = new Set<number>()
  #begun = Date.now()
  #lastTold = 0
  #told = 0
  #states = ''
  readonly #timer: NodeJS.Timeout
  /** Hosts whose workers send back rows that they might have written. */
  readonly #refusing = new Set<string>()
  /** Of results, that have come back. */
  bytes = 0
  /** Tasks that are wanted and not there yet. */
  tasks = 0

  constructor(voices: Voices, expected: number) {
    this.#voices = voices
    this.#expected = expected
    this.#timer = setInterval(() => this.#tellOfWaiting(), 1000)
    // The bridge keeps the program going.
    this.#timer.unref()
  }

  get threads(): number {
    return this.#threads
  }

  get status(): ClusterStatus {
    const running = this.#running.size
    return { workers: this.#workers, expected: this.#expected, running, waiting: Math.max(0, this.tasks - running) }
  }

  close(): void {
    clearInterval(this.#timer)
  }

  see(event: BridgeEvent): void {
    const { event: name, ...fields } = event
    const { log, onNotice } = this.#voices
    if (name === 'finished' || name === 'failed') {
      this.#running.delete(Number(event.id))
      log.debug({ event: name, ...fields }, 'cluster')
    } else if (name === 'started') {
      this.#running.add(Number(event.id))
      log.debug({ event: name, ...fields }, 'cluster')
    } else if (name === 'log' || name === 'ready' || name === 'wants' || name === 'received' || name === 'no-workers') {
      log.debug({ event: name, ...fields }, 'cluster')
    } else log.info({ event: name, ...fields }, 'cluster')

    if (name === 'finished') this.bytes += event.payload ?? 0
    if (event.refusal !== undefined) this.#noteRefusal(String(event.host), String(event.refusal))
    if (name === 'workers') this.#countWorkers(Number(event.count), Number(event.threads))
    if (name === 'no-workers') this.#states = (event.states as string[]).join(', ')
    if (name === 'shipped')
      onNotice(`${String(event.name)} is sent to workers that lack it (${megabytes(event.bytes)})`)
    if (name === 'warning') this.#tell(String(event.message))
    if (name === 'job-refused') this.#tell(`the batch system refuses a job: ${String(event.message)}`)
    if (name === 'unfit') this.#tell(`worker ${String(event.worker)} cannot be used: ${String(event.message)}`)
    if (name === 'job-lost') {
      const tail = event.tail === '' ? '' : `\n${indented(String(event.tail))}`
      this.#tell(`job ${String(event.job)} is lost (${String(event.state)}); another takes its place${tail}`)
    }
    if (name === 'worker-left' && event.expected !== true && Number(event.tasks) > 0) {
      this.#tell(`worker ${String(event.worker)} is lost; its ${String(event.tasks)} tasks are run again`)
    }
  }

  #noteRefusal(host: string, reason: string): void {
    if (this.#refusing.has(host)) return
    this.#refusing.add(host)
    this.#voices.log.info({ host }, `a worker ${reason}: its Parquet files are written here`)
  }

  #countWorkers(workers: number, threads: number): void {
    if (this.#workers === 0 && workers > 0) {
      const seconds = ((Date.now() - this.#begun) / 1000).toFixed(1)
      this.#voices.log.info({ event: 'first-worker', seconds: Number(seconds) }, 'cluster')
      if (this.#lastTold > 0) this.#voices.onNotice(`the cluster has workers now (after ${seconds} s)`)
    }
    if (workers === 0 && this.#workers > 0) this.#begun = Date.now()
    this.#workers = workers
    this.#threads = threads
    if (workers > 0) this.#lastTold = 0
  }

  /** Dask waits for workers for ever, and says nothing: after 5 s, and then each minute, the user is told. */
  #tellOfWaiting(): void {
    const now = Date.now()
    if (this.#threads > 0 || this.tasks === 0) {
      this.#begun = this.#threads > 0 ? this.#begun : now
      return
    }
    const waited = now - this.#begun
    if (waited < FIRST_WAIT_MS || now - this.#lastTold < WAITING_MS) return
    this.#lastTold = now
    const seconds = Math.round(waited / 1000)
    const states = this.#states === '' ? '' : ` The batch system says of its jobs: ${this.#states}.`
    this.#voices.onWarning(
      `the cluster has no workers (for ${seconds} s): nothing is done until they come.${states} Ctrl-C ends the run`,
    )
  }

  #tell(message: string): void {
    if (this.#told++ < MOST_TOLD) this.#voices.onWarning(message)
    else if (this.#told === MOST_TOLD + 1) this.#voices.onWarning('more of this kind is in the log (--log-file)')
  }
}

function megabytes(bytes: unknown): string {
  return `${(Number(bytes) / 1e6).toFixed(1)} MB`
}

function indented(text: string): string {
  return text.replace(/^/gm, '  | ')
}
