/** Which executor a job gets, and how many workers. */
import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { isRemote } from '../bytes/address.js'
import type { ClusterOptions } from '../cluster/options.js'
import type { RunState } from '../cluster/state.js'
import type { Logger } from '../core/types.js'
import type { DatasetPlan } from '../plan/dataset-plan.js'
import type { Executor } from '../run/executor.js'
import { syncExecutor } from '../run/sync.js'

const QUIET: Logger = { debug() {}, info() {}, warn() {} }

export type ExecutorChoice = 'threads' | 'processes' | 'sync'

/** Compressed bytes of wanted branches, as ZSTD, below which one thread is done before others would have started and warmed up. */
const SMALL_JOB_BYTES = 40e6
/** A job's time per compressed byte beside that with ZSTD: 20,000 events take 0.8 MB and 0.10 s with LZMA, 10,000 events the same
 *  0.8 MB and 0.011 s with ZSTD. Less than that ratio, since what is decided here is worth little near the limit. */
const RELATIVE_COST: Readonly<Record<string, number>> = { LZMA: 8 }

export async function chooseExecutor(
  plans: readonly DatasetPlan[],
  options: {
    readonly executor?: ExecutorChoice
    readonly workers?: number
    readonly cluster?: ClusterOptions
    readonly clusterState?: RunState | null
    readonly onWarning?: (message: string) => void
    readonly onNotice?: (message: string) => void
    readonly log?: Logger
  },
): Promise<Executor> {
  if (options.cluster !== undefined) {
    const { clusterExecutor } = await import('../cluster/executor.js')
    const { onWarning = () => {}, onNotice = () => {}, log = QUIET } = options
    return clusterExecutor(options.cluster, { onWarning, onNotice, log }, options.clusterState ?? null)
  }
  const kind = options.executor ?? 'threads'
  if (kind === 'sync') return syncExecutor()
  const workers = options.workers ?? availableParallelism()
  // Executors are loaded where they are chosen: node:child_process and node:worker_threads take 8 ms.
  if (kind === 'processes') return (await import('../run/processes.js')).processesExecutor(workers)
  // The results do not depend on where the work is done: a small job stays on the thread that is there already, and so does one
  // for a single worker, which as a thread of its own would take 50 MB and 20 % of CPU time more (400 files of 10,000 events).
  const small = workers === 1 || (options.workers === undefined && (await wantedBytes(plans)) < SMALL_JOB_BYTES)
  if (small) return { ...syncExecutor(), name: 'threads' }
  return (await import('../run/threads.js')).threadsExecutor(workers)
}

/** Compressed bytes that the job reads, in those of ZSTD that take as long, estimated from the first file of each dataset and the sizes of all files. */
async function wantedBytes(plans: readonly DatasetPlan[]): Promise<number> {
  let bytes = 0
  for (const plan of plans) {
    let files = 0
    // Of distant files the first stands for the others: asking for the size of each would take longer than it is worth.
    for (const file of plan.dataset.files)
      files += isRemote(file.path) ? plan.firstFile.bytes : await fileSize(file.path)
    bytes += files * plan.readFraction * (RELATIVE_COST[plan.compression ?? ''] ?? 1)
  }
  return bytes
}

async function fileSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch {
    // Whatever reads it says what is wrong.
    return 0
  }
}
