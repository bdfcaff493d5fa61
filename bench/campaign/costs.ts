/** Costs as `npm run bench:cluster` measures them, and as the simulation takes them. */
import { LEAST_UNDER_WAY, MOST_HELD_BYTES, TASKS_A_THREAD, WAITING_BYTES_A_THREAD } from '../../lib/cluster/bounds.js'
import type { Bounds, Costs } from './simulate.js'

/** Milliseconds of processor time: of a task without a result, and of a byte that cannot be compressed. */
export interface MeasuredCosts {
  readonly task: Readonly<Record<Who, number>>
  readonly byte: Readonly<Record<Who, number>>
}

type Who = 'driver' | 'bridge' | 'scheduler' | 'workers'

/** The executor's. */
export const BOUNDS: Bounds = {
  tasksAThread: TASKS_A_THREAD,
  leastUnderWay: LEAST_UNDER_WAY,
  heldBytes: MOST_HELD_BYTES,
  waitingBytesAThread: WAITING_BYTES_A_THREAD,
}

export function costsOf({ task, byte }: MeasuredCosts): Costs {
  const of = (who: Who) => ({ task: task[who] / 1000, byte: byte[who] / 1000 })
  return { driver: of('driver'), bridge: of('bridge'), scheduler: of('scheduler'), worker: of('workers') }
}

/** Of docs/campaigns.md. */
export const MEASURED: MeasuredCosts = {
  task: { driver: 0.32, bridge: 1.7, scheduler: 1.7, workers: 2.4 },
  byte: { driver: 1.3e-6, bridge: 0.85e-6, scheduler: 0.47e-6, workers: 1.8e-6 },
}
