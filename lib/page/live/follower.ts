/** Makes what pages show out of what a run tells. Values are made when they are asked for: what a run tells in between costs a few
 *  additions a chunk. */
import { hideAccess, hideAccessIn } from '../../bytes/address.js'
import type { Job } from '../../config/index.js'
import { versionWithCommit } from '../../core/version.js'
import type { HistTree } from '../../formats/hist-tree.js'
import type { RunEvent } from '../../job/events.js'
import type { RunningPass } from '../../run/execute.js'
import type { WorkerStatus } from '../../run/executor.js'
import type { ProbeCounts } from '../../stages/count-probes.js'
import { Fresh } from './fresh.js'
import { liveAxes, pairsOf } from './histograms.js'
import { Progress } from './progress.js'
import type { Change, LiveHistogram, LiveJob, LiveMenu, LiveState, LiveStatus, LiveWindow } from './state.js'
import { foldId, menusOf, stagesOf, windowsOf } from './values.js'

/** More would make the page slow; the log has all. */
const MOST_LISTED = 1000

type EventOf<Kind extends RunEvent['kind']> = Extract<RunEvent, { readonly kind: Kind }>

interface Followed {
  pass: { readonly phase: 'sum' | 'run'; readonly running: RunningPass } | null
  stages: LiveState['stages'][number]
  windows: readonly LiveWindow[]
  menus: readonly LiveMenu[]
  /** Of a dataset that is done. */
  histograms: readonly LiveHistogram[] | null
}

export class Follower {
  readonly #job: Job
  readonly #clock: () => number
  readonly #began: number
  readonly #progress: Progress
  readonly #followed: Followed[]
  #executor: { readonly name: string; readonly workers: number } | null = null
  #workersNow: () => readonly WorkerStatus[] = () => []
  readonly #startedAt = Date.now()
  readonly #skipped: LiveState['skipped'][number][] = []
  readonly #seen = new Set<string>()
  readonly #warnings: string[] = []
  #end: Pick<LiveStatus, 'phase' | 'message' | 'seconds'> | null = null
  readonly #fresh = new Fresh()

  /** clock: in milliseconds. */
  constructor(job: Job, clock: () => number = () => performance.now()) {
    this.#job = job
    this.#clock = clock
    this.#began = clock()
    this.#progress = new Progress(job)
    this.#followed = job.datasets.map(() => ({ pass: null, stages: null, windows: [], menus: [], histograms: null }))
  }

  get seconds(): number {
    return this.#end?.seconds ?? (this.#clock() - this.#began) / 1000
  }

  get job(): LiveJob {
    const { workflow, output } = this.#job
    return {
      ...{ workflow, output: hideAccess(output), version: versionWithCommit() },
      ...{ executor: this.#executor?.name ?? null, workers: this.#executor?.workers ?? 0 },
      startedAt: this.#startedAt,
    }
  }

  tell(event: RunEvent): void {
    if (event.kind === 'began') this.#begin(event)
    else if (event.kind === 'pass') this.#beginPass(event)
    else if (event.kind === 'chunk') this.#addChunk(event)
    else if (event.kind === 'dataset') this.#endDataset(event)
  }

  warn(message: string): void {
    if (this.#warnings.length === MOST_LISTED) return
    this.#warnings.push(hideAccessIn(message))
    this.#fresh.mark('warnings', this.#warnings.length - 1)
  }

  end(phase: 'done' | 'failed' | 'interrupted', message: string | null): void {
    this.#end = { phase, message: message === null ? null : hideAccessIn(message), seconds: this.seconds }
    for (const [k, { pass }] of this.#followed.entries()) if (pass !== null) this.#markPass(k)
  }

  snapshot(): LiveState {
    for (const k of this.#followed.keys()) this.#renew(k)
    const { datasets } = this.#progress
    return {
      job: this.job,
      status: this.#status(),
      rate: this.#progress.rate(this.seconds),
      line: this.#progress.line(),
      workers: this.#workers(),
      datasets: datasets.map((_, k) => this.#progress.dataset(k)),
      stages: this.#followed.map(({ stages }) => stages),
      windows: this.#followed.map(({ windows }) => windows),
      menus: this.#followed.map(({ menus }) => menus),
      skipped: [...this.#skipped],
      warnings: [...this.#warnings],
    }
  }

  /** What has changed since it was asked last; what is long and changes all the time only where `all` is set. */
  changes(all: boolean): Change[] {
    const fresh = this.#fresh.take(all)
    const changes: Change[] = [
      ['status', this.#status()],
      ['rate', this.#progress.rate(this.seconds)],
      ['workers', this.#workers()],
    ]
    for (const [key, indices] of fresh) {
      if (key === 'job') changes.push(['job', this.job])
      else if (key === 'line') changes.push(['line', this.#progress.line()])
      else for (const k of indices) changes.push([key, k, this.#item(key, k)])
    }
    return changes
  }

  /** null: there is no such histogram, or not yet. */
  histogram(dataset: string, method: string, filter: string, name: string): LiveHistogram | null {
    const k = this.#progress.indexOf(dataset)
    const followed = this.#followed[k]
    if (followed === undefined) return null
    const isIt = (one: LiveHistogram) => one.method === method && one.filter === filter && one.name === name
    return followed.histograms?.find(isIt) ?? this.#histograms(k, { method, filter, name })[0] ?? null
  }

  /** Of all datasets, those that are being filled as they are now. */
  histograms(): LiveHistogram[] {
    return this.#followed.flatMap(({ histograms }, k) => histograms ?? this.#histograms(k))
  }

  #begin({ plans, executor, workersNow }: EventOf<'began'>): void {
    this.#executor = executor
    this.#workersNow = workersNow
    this.#progress.begin(this.seconds, plans)
    this.#fresh.mark('job')
    for (const k of plans.keys()) this.#fresh.mark('datasets', k)
  }

  #beginPass(event: EventOf<'pass'>): void {
    const k = this.#progress.beginPass(event)
    const { phase, pass } = event
    const followed = this.#followed[k]!
    followed.pass = { phase, running: pass }
    followed.menus = menusOf(pass)
    this.#fresh.mark('datasets', k)
    this.#fresh.mark('menus', k)
    this.#markPass(k)
  }

  #addChunk(event: EventOf<'chunk'>): void {
    const k = this.#progress.addChunk(this.seconds, event)
    const { chunk, failure } = event.result
    if (failure !== null) this.#skip(event.dataset, chunk, failure)
    this.#fresh.mark('datasets', k)
    this.#fresh.mark('line')
    this.#markPass(k)
  }

  #skip(
    dataset: string,
    { partition, file, start, stop }: EventOf<'chunk'>['result']['chunk'],
    { exception, message }: { readonly exception: string; readonly message: string },
  ): void {
    const key = `${dataset}/${partition}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    this.#progress.skip(dataset)
    if (this.#skipped.length === MOST_LISTED) return
    const hidden = { file: hideAccess(file), message: hideAccessIn(message) }
    this.#skipped.push({ dataset, start, stop, exception, ...hidden })
    this.#fresh.mark('skipped', this.#skipped.length - 1)
  }

  #endDataset({ summary }: EventOf<'dataset'>): void {
    const k = this.#progress.endDataset(summary)
    const followed = this.#followed[k]!
    this.#renew(k)
    followed.histograms = this.#histograms(k).map(one => ({ ...one, isFinal: true }))
    followed.stages = stagesOf('run', summary.profile)
    followed.pass = null
    this.#fresh.mark('datasets', k)
    this.#markPass(k)
  }

  #markPass(k: number): void {
    this.#fresh.mark('stages', k)
    this.#fresh.mark('windows', k)
  }

  /** What the pass of a dataset has given until now. */
  #renew(k: number): void {
    const followed = this.#followed[k]!
    if (followed.pass === null) return
    const { phase, running } = followed.pass
    followed.stages = stagesOf(phase, running.profile())
    followed.windows = [...running.folds].flatMap(([id, peek]) => windowsOf(id, () => peek() as ProbeCounts))
  }

  #item(key: 'datasets' | 'stages' | 'windows' | 'menus' | 'skipped' | 'warnings', k: number): unknown {
    if (key === 'datasets') return this.#progress.dataset(k)
    if (key === 'skipped') return this.#skipped[k]
    if (key === 'warnings') return this.#warnings[k]
    if (key !== 'menus') this.#renew(k)
    return this.#followed[k]![key]
  }

  #status(): LiveStatus {
    const { seconds } = this
    const { fraction, left } = this.#progress.done(seconds)
    const phase = this.#executor === null ? 'preparing' : 'running'
    return { phase, message: null, ...this.#end, seconds, fraction, left: this.#end === null ? left : null }
  }

  #workers(): LiveState['workers'] {
    const workers = this.#workersNow()
    if (workers.length === 0) return null
    return workers.map(({ chunk, chunksDone, eventsDone }) => ({
      at:
        chunk === null || this.#end !== null
          ? null
          : { dataset: chunk.dataset, file: hideAccess(chunk.file), start: chunk.start, stop: chunk.stop },
      ...{ chunks: chunksDone, events: eventsDone },
    }))
  }

  #histograms(
    k: number,
    only?: { readonly method: string; readonly filter: string; readonly name: string },
  ): LiveHistogram[] {
    const { pass, menus } = this.#followed[k]!
    if (pass === null) return []
    const { seconds } = this
    const dataset = this.#job.datasets[k]!.name
    return menus
      .filter(({ method, filter }) => only === undefined || (only.method === method && only.filter === filter))
      .flatMap(({ method, filter }) => {
        const pairs = pairsOf(pass.running.folds.get(foldId(method, filter))!() as HistTree)
        return [...pairs]
          .filter(([name]) => only === undefined || only.name === name)
          .map(([name, pair]) => ({ dataset, method, filter, name, seconds, isFinal: false, axes: liveAxes(pair) }))
      })
  }
}
