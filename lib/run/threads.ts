/** The pool over worker threads, of which the calling thread is one: over 400 files, two workers take 190 MB so, and 205 MB as two
 *  threads beside it. */
import { Worker } from 'node:worker_threads'
import { WorkerError } from '../core/errors.js'
import type { Executor } from './executor.js'
import type { Reply } from './messages.js'
import { endedUnexpectedly, type PoolWorker, poolExecutor } from './pool.js'

const NAME = 'threads'

export function threadsExecutor(workers: number): Executor {
  return poolExecutor(NAME, workers, startThread, { own: true })
}

function startThread(): PoolWorker {
  const thread = new Worker(new URL('./worker.js', import.meta.url), {
    // Columns live outside the heap and are freed when it is collected: a small young generation collects more often. Over
    // 400 files it keeps two workers at 194 MB, where 4 MB take 213 and the default 250.
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  })
  return {
    post: request => thread.postMessage(request),
    onReply: listener => thread.on('message', (reply: Reply) => listener(reply)),
    onDeath: listener => {
      thread.on('error', error => listener(reasonOf(error)))
      thread.on('exit', code => listener(endedUnexpectedly(NAME, `exit code ${code}`)))
    },
    stop: async () => {
      await thread.terminate()
    },
  }
}

function reasonOf(error: Error): Error {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY')
    return endedUnexpectedly(NAME, error.message)
  return new WorkerError(
    'a worker thread ran out of memory. Use fewer --workers, or allow more: NODE_OPTIONS=--max-old-space-size=4096.',
  )
}
