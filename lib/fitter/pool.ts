/** Bins over threads. Results come in the order of the tasks, whoever is done first. */
import { Worker } from 'node:worker_threads'
import { BugError, type Problem, UsageError } from '../core/errors.js'
import type { BinFit, FitTask } from './bin-fit.js'
import { fitTask } from './fit-bin.js'
import type { FitRequest } from './worker.js'

/** Set where the program's modules have been joined into a few files, in which the worker stands beside this one. */
declare const TNP_BUNDLED: boolean | undefined
const WORKER = typeof TNP_BUNDLED === 'undefined' ? './worker.js' : './fit-worker.js'
/** A thread takes 60 ms to begin, a fit some 20; a second where a template is convolved with a shape of six parameters, or
 *  a shape is the user's own. */
const TASKS_A_THREAD = 8
const SLOW_TASKS_A_THREAD = 1

interface Reply {
  readonly id: number
  readonly fit?: BinFit
  readonly error?: { readonly message: string; readonly stack?: string; readonly problems?: readonly Problem[] }
}

export interface PoolOptions {
  readonly workers: number
  /** The fits that there will be. */
  readonly onPlanned?: (tasks: readonly FitTask[]) => void
  readonly onDone?: (fit: BinFit, task: FitTask) => void
  readonly signal?: AbortSignal
  /** Fit in a thread of its own also where that takes longer: this one has others to answer. */
  readonly apart?: boolean
}

/** All fits. Throws what a fit throws, and the signal's reason. */
export async function fitAll(tasks: readonly FitTask[], options: PoolOptions): Promise<BinFit[]> {
  const { onDone, signal } = options
  // A signal that was there before tells no listener.
  signal?.throwIfAborted()
  const each = tasks.some(isSlow) ? SLOW_TASKS_A_THREAD : TASKS_A_THREAD
  const threads = Math.min(options.workers, Math.ceil(tasks.length / each))
  const fits: BinFit[] = []
  if (threads <= 1 && options.apart !== true) {
    for (const [k, task] of tasks.entries()) {
      signal?.throwIfAborted()
      const fit = await fitTask(task)
      fits[k] = fit
      onDone?.(fit, task)
      // Ctrl-C gets its turn.
      await new Promise(resolve => setImmediate(resolve))
    }
    return fits
  }
  let next = 0
  const workers = Array.from({ length: Math.max(threads, 1) }, () => new Worker(new URL(WORKER, import.meta.url)))
  try {
    await Promise.all(
      workers.map(
        worker =>
          new Promise<void>((resolve, reject) => {
            const give = () => {
              if (next >= tasks.length) return resolve()
              const id = next++
              worker.postMessage({ id, task: tasks[id]! } satisfies FitRequest)
            }
            worker.on('message', ({ id, fit, error }: Reply) => {
              if (error !== undefined) return reject(errorOf(error))
              fits[id] = fit!
              onDone?.(fit!, tasks[id]!)
              give()
            })
            worker.on('error', reject)
            signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
            give()
          }),
      ),
    )
  } finally {
    await Promise.all(workers.map(worker => worker.terminate()))
  }
  return fits
}

/** Shapes that take many exponentials for each bin. */
function isSlow({ model: { signal, background }, prefit }: FitTask): boolean {
  const all = [signal.pass, signal.fail, background.pass, background.fail]
  return prefit !== undefined || all.some(({ shape, module }) => shape === 'templateCbExGauss' || module !== undefined)
}

function errorOf({ message, stack, problems }: NonNullable<Reply['error']>): Error {
  if (problems !== undefined) return new UsageError(problems)
  const error = new BugError(message)
  if (stack !== undefined) error.stack = stack
  return error
}
