/** A thread that fits bins: a task in, what came of it out. */
import { parentPort } from 'node:worker_threads'
import { UsageError } from '../core/errors.js'
import { type FitTask, fitBin, type ModelSettings } from './fit-bin.js'

export interface FitRequest {
  readonly id: number
  readonly task: FitTask
  readonly settings: ModelSettings
  readonly wantIntervals: boolean
}

parentPort!.on('message', ({ id, task, settings, wantIntervals }: FitRequest) => {
  try {
    parentPort!.postMessage({ id, fit: fitBin(task, settings, wantIntervals) })
  } catch (error) {
    const { message, stack } = error as Error
    const problems = error instanceof UsageError ? error.problems : undefined
    parentPort!.postMessage({ id, error: { message, stack, problems } })
  }
})
