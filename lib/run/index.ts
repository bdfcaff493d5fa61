/** Executors, and running a graph on one. */
export { type ExecuteOptions, executeGraph, type GraphResult, type RunningPass } from './execute.js'
export type { Arrived, Executor, GraphSpec, Segment, WorkerStatus } from './executor.js'
export { LookAhead } from './look-ahead.js'
export { processesExecutor } from './processes.js'
export { syncExecutor } from './sync.js'
export { threadsExecutor } from './threads.js'
