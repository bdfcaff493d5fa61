/** How far a run is, and how fast. Times in seconds since the beginning. */
import type { Job } from '../../config/index.js'
import type { RunEvent } from '../../job/events.js'
import type { DatasetPlan } from '../../plan/dataset-plan.js'
import { RateLine } from './rates.js'
import type { LiveDataset, LiveLine, LiveRate } from './state.js'

type EventOf<Kind extends RunEvent['kind']> = Extract<RunEvent, { readonly kind: Kind }>

interface Growing {
  readonly name: string
  readonly folder: string
  isMC: boolean
  readonly files: number
  partitions: number
  partitionsDone: number
  phase: LiveDataset['phase']
  fraction: number
  events: number
  chunks: number
  skipped: number
  /** Bytes to be read, about: what it counts for in the whole. */
  weight: number
}

export class Progress {
  readonly datasets: readonly Growing[]
  readonly #index: ReadonlyMap<string, number>
  readonly #rates = new RateLine()
  #begun = 0
  /** Events that were read, also those that did not count in the end. */
  #read = 0
  #resumed = 0
  #bytes = 0
  /** From when on, and from where, the time that is left is reckoned. */
  #since = { seconds: 0, fraction: 0 }

  constructor(job: Job) {
    this.datasets = job.datasets.map(({ name, dir, isMC, files }) => ({
      ...{ name, folder: dir, isMC: isMC ?? false, files: files.length },
      partitions: files.reduce((sum, { steps }) => sum + (steps?.length ?? 1), 0),
      ...{ partitionsDone: 0, phase: 'waiting' as const, fraction: 0, events: 0, chunks: 0, skipped: 0, weight: 1 },
    }))
    this.#index = new Map(this.datasets.map(({ name }, k) => [name, k]))
  }

  /** -1: there is none of that name. */
  indexOf(dataset: string): number {
    return this.#index.get(dataset) ?? -1
  }

  begin(seconds: number, plans: readonly DatasetPlan[]): void {
    this.#begun = seconds
    this.#since = { seconds, fraction: 0 }
    for (const { dataset, isMC, firstFile, readFraction } of plans) {
      const growing = this.#of(dataset.name)
      growing.isMC = isMC
      growing.weight = Math.max(1, growing.files * firstFile.bytes * readFraction)
    }
  }

  /** Gives the dataset's number. */
  beginPass({ dataset, phase, partitions, partitionsDone }: EventOf<'pass'>): number {
    const fraction = partitionsDone / Math.max(1, partitions)
    Object.assign(this.#of(dataset), { phase, partitions, partitionsDone, fraction, events: 0, chunks: 0 })
    return this.indexOf(dataset)
  }

  addChunk(seconds: number, { dataset, phase, result, partitionsDone }: EventOf<'chunk'>): number {
    const growing = this.#of(dataset)
    const { chunk, read } = result
    growing.partitionsDone = partitionsDone
    const part = chunk.part === chunk.parts - 1 ? 0 : (chunk.part + 1) / chunk.parts
    growing.fraction = Math.min(1, (partitionsDone + part) / Math.max(1, growing.partitions))
    growing.chunks++
    if (read !== null) this.#bytes += read.bytes
    const events = read === null || phase === 'sum' ? 0 : read.stop - read.start
    growing.events += events
    if (result.isResumed) this.#resumed += events
    else {
      this.#read += events
      this.#rates.add(seconds, events)
    }
    // What a stopped run has done comes in no time.
    if (this.#read === 0) this.#since = { seconds, fraction: this.done(seconds).fraction }
    return this.indexOf(dataset)
  }

  skip(dataset: string): void {
    this.#of(dataset).skipped++
  }

  endDataset({ name, events, skipped, partitions }: EventOf<'dataset'>['summary']): number {
    const done = { phase: 'done', fraction: 1, partitionsDone: partitions, events, skipped: skipped.length } as const
    Object.assign(this.#of(name), done)
    return this.indexOf(name)
  }

  /** Of all main passes; left: seconds, null where that is not known yet. */
  done(seconds: number): { fraction: number; left: number | null } {
    const weights = this.datasets.reduce((sum, { weight }) => sum + weight, 0)
    const done = this.datasets.reduce((sum, { phase, fraction, weight }) => {
      return sum + (phase === 'run' || phase === 'done' ? fraction * weight : 0)
    }, 0)
    const fraction = weights === 0 ? 0 : done / weights
    const since = fraction - this.#since.fraction
    const left = since <= 0 ? null : ((seconds - this.#since.seconds) * (1 - fraction)) / since
    return { fraction, left }
  }

  rate(seconds: number): LiveRate {
    const events = this.datasets.reduce((sum, one) => sum + one.events, 0)
    const took = seconds - this.#begun
    return {
      ...{ events, resumed: this.#resumed, bytes: this.#bytes },
      now: this.#rates.now(seconds),
      mean: took > 0 ? this.#read / took : 0,
    }
  }

  line(): LiveLine {
    return this.#rates.line()
  }

  dataset(k: number): LiveDataset {
    const { weight: _, ...dataset } = this.datasets[k]!
    return dataset
  }

  #of(dataset: string): Growing {
    return this.datasets[this.indexOf(dataset)]!
  }
}
