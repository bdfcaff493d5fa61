/** What a page knows of a run under way: JSON, built by the server (follower.ts), kept up to date by the page. Runs on both sides. */

export interface LiveState {
  readonly job: LiveJob
  readonly status: LiveStatus
  readonly rate: LiveRate
  readonly line: LiveLine
  /** null: the executor does not tell, or has not been chosen yet. */
  readonly workers: readonly LiveWorker[] | null
  readonly datasets: readonly LiveDataset[]
  /** Of each dataset; null: nothing yet. */
  readonly stages: readonly (LiveStages | null)[]
  readonly windows: readonly (readonly LiveWindow[])[]
  readonly menus: readonly (readonly LiveMenu[])[]
  readonly skipped: readonly LiveSkipped[]
  readonly warnings: readonly string[]
}

export interface LiveJob {
  readonly workflow: string
  readonly output: string
  /** null: not chosen yet. */
  readonly executor: string | null
  readonly workers: number
  readonly version: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
}

export interface LiveStatus {
  readonly phase: 'preparing' | 'running' | 'done' | 'failed' | 'interrupted'
  /** Seconds from the beginning to when this was told. */
  readonly seconds: number
  /** Of all that is to be done, 0 to 1. */
  readonly fraction: number
  /** Seconds; null: not known yet. */
  readonly left: number | null
  /** Why it has failed. */
  readonly message: string | null
}

export interface LiveRate {
  /** Of the main passes. */
  readonly events: number
  /** Events that a stopped run had done already. */
  readonly resumed: number
  /** Events a second, of the last seconds and of the whole run. */
  readonly now: number
  readonly mean: number
  readonly bytes: number
}

/** Events read over time, from the beginning on: interval k is from k to k + 1 times `width` seconds. */
export interface LiveLine {
  readonly width: number
  readonly events: readonly number[]
}

export interface LiveWorker {
  /** Its chunk; null: it has nothing to do. */
  readonly at: {
    readonly dataset: string
    readonly file: string
    readonly start: number
    readonly stop: number | null
  } | null
  readonly chunks: number
  readonly events: number
}

export interface LiveDataset {
  readonly name: string
  readonly folder: string
  readonly isMC: boolean
  readonly files: number
  readonly partitions: number
  readonly partitionsDone: number
  /** sum: adding up generator weights; run: the main pass. */
  readonly phase: 'waiting' | 'sum' | 'run' | 'done'
  /** Of the phase, 0 to 1. */
  readonly fraction: number
  readonly events: number
  readonly chunks: number
  /** Partitions that could not be read. */
  readonly skipped: number
}

export interface LiveStages {
  readonly phase: 'sum' | 'run'
  /** Seconds since the pass began, or that it took. */
  readonly wall: number
  readonly nodes: readonly LiveStage[]
  readonly read: {
    readonly bytes: number
    readonly requests: number
    readonly waiting: number
    readonly decompressing: number
    readonly placing: number
  }
}

export interface LiveStage {
  readonly id: string
  readonly seconds: number
  readonly in: number | null
  readonly out: number | null
  /** It works while others do: its time is a part of theirs. */
  readonly isBeside: boolean
}

/** Sums of weights w, and of w squared; both are counts where there are no weights. */
export interface Sums {
  readonly value: number
  readonly variance: number
}

/** The pairs of a mass window, and those that pass each filter. */
export interface LiveWindow {
  readonly window: string
  readonly pairs: number
  readonly weight: string | null
  readonly all: Sums
  readonly filters: readonly { readonly filter: string; readonly passing: number; readonly sums: Sums }[]
}

/** Histograms that can be asked for; names: '' where the filter has one alone. */
export interface LiveMenu {
  readonly method: string
  readonly filter: string
  readonly names: readonly string[]
}

export interface LiveSkipped {
  readonly dataset: string
  readonly file: string
  readonly start: number
  readonly stop: number | null
  readonly exception: string
  readonly message: string
}

/** Passing and failing probes along each axis of a histogram, summed over the bins of the others. */
export interface LiveHistogram {
  readonly dataset: string
  readonly method: string
  readonly filter: string
  readonly name: string
  /** Seconds since the beginning of the run. */
  readonly seconds: number
  /** All outputs of the dataset are there: it will not change. */
  readonly isFinal: boolean
  readonly axes: readonly LiveAxis[]
}

export interface LiveAxis {
  readonly name: string
  readonly label: string
  readonly edges: readonly number[]
  readonly passing: LiveSums
  readonly failing: LiveSums
}

/** One number a bin. */
export interface LiveSums {
  readonly value: readonly number[]
  readonly variance: readonly number[]
}

/** What pages are told at the end, before the connection closes. */
export interface LiveEnd {
  /** Histograms of all datasets; those left out would have been too many. */
  readonly histograms: readonly LiveHistogram[]
  readonly leftOut: number
}

type Lists = 'datasets' | 'stages' | 'windows' | 'menus' | 'skipped' | 'warnings'
type Values = Exclude<keyof LiveState, Lists>

/** A new value, whole; or a new item of a list, which may be one behind its last. */
export type Change = readonly [key: Values, value: unknown] | readonly [key: Lists, index: number, value: unknown]

/** Applying a change again changes nothing, so that a snapshot may be older or newer than the changes that follow it. */
export function applyChanges(state: LiveState, changes: readonly Change[]): LiveState {
  const next: Record<string, unknown> = { ...state }
  for (const change of changes) {
    const [key] = change
    if (change.length === 2) next[key] = change[1]
    else {
      const list = next[key] === state[key] ? [...(state[key] as readonly unknown[])] : (next[key] as unknown[])
      list[change[1]] = change[2]
      next[key] = list
    }
  }
  return next as unknown as LiveState
}
