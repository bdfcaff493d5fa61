/** Which kills are done, by a seed: the same list for the same seed. */
import type { ExecutorName, Kill } from './crash-trials.js'

export interface PlannedTrial {
  /** Of a job: its number; each kill as fractions of the duration in `delay`. */
  readonly job: number
  readonly kills: readonly Kill[]
  readonly last: ExecutorName
}

export interface PlannedPipe {
  readonly pipe: number
  /** Fraction of the stages, of the duration. */
  readonly stage: number
  readonly delay: number
}

export type Random = () => number

/** Numbers in [0, 1). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const NAMES: readonly ExecutorName[] = ['sync', 'threads', 'processes']
/** Of all: pipes; kills in the first moments; those while files get their names. */
const PIPES = 0.12
const EARLY = 0.1
const LATE = 0.3
/** A run that is killed a second, a third time. */
const AGAIN = 0.35
/** Of those of processes: one worker is killed. */
const WORKERS = 0.4

export function planTrial(random: Random, jobs: number, pipes: number, left: number): PlannedTrial | PlannedPipe {
  if (random() < PIPES) return { pipe: Math.floor(random() * pipes), stage: random(), delay: 0.1 + random() }
  const kills: Kill[] = []
  do {
    const executor = NAMES[Math.floor(random() * NAMES.length)]!
    const victim = executor === 'processes' && random() < WORKERS ? 'worker' : 'driver'
    kills.push({ executor, victim, delay: momentOf(random) })
  } while (kills.length < left && random() < AGAIN)
  return { job: Math.floor(random() * jobs), kills, last: NAMES[Math.floor(random() * NAMES.length)]! }
}

/** As a fraction of the whole time. */
function momentOf(random: Random): number {
  const kind = random()
  if (kind < EARLY) return 0.15 * random()
  if (kind < EARLY + LATE) return 0.7 + 0.35 * random()
  return 1.05 * random()
}
