/** Costs as `npm run bench:cluster` measures them, and as the simulation takes them. */
import type { Bounds, Costs } from './simulate.js'

/** Milliseconds of processor time: of a task without a result, and of a byte that cannot be compressed. */
export interface MeasuredCosts {
  readonly task: Readonly<Record<Who, number>>
  readonly byte: Readonly<Record<Who, number>>
}

type Who = 'driver' | 'bridge' | 'scheduler' | 'workers'

/** Those of lib/cluster/executor.ts. */
export const BOUNDS: Bounds = { tasksAThread: 3, leastUnderWay: 8, heldBytes: 16e6, waitingBytesAThread: 32e6 }

export function costsOf({ task, byte }: MeasuredCosts): Costs {
  const of = (who: Who) => ({ task: task[who] / 1000, byte: byte[who] / 1000 })
  return { driver: of('driver'), bridge: of('bridge'), scheduler: of('scheduler'), worker: of('workers') }
}

/** Of docs/campaigns.md. */
export const MEASURED: MeasuredCosts = {
  task: { driver: 0.43, bridge: 1.63, scheduler: 2.01, workers: 2.62 },
  byte: { driver: 1.15e-6, bridge: 0.71e-6, scheduler: 0.3e-6, workers: 1.46e-6 },
}
