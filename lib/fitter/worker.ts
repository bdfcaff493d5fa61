/** A thread that fits bins: a task in, what came of it out. */
import { parentPort } from 'node:worker_threads'
import { UsageError } from '../core/errors.js'
import type { FitTask } from './bin-fit.js'
import { fitTask } from './fit-bin.js'

export interface FitRequest {
  readonly id: number
  readonly task: FitTask
}

parentPort!.on('message', async ({ id, task }: FitRequest) => {
  try {
    parentPort!.postMessage({ id, fit: await fitTask(task) })
  } catch (error) {
    const { message, stack } = error as Error
    const problems = error instanceof UsageError ? error.problems : undefined
    parentPort!.postMessage({ id, error: { message, stack, problems } })
  }
})
