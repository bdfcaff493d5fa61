/** The executor over a Dask cluster. Groups of chunks are its tasks (tasks.ts); what they give comes back as from threads, and is handed
 *  on in the order of chunks, so that outputs are those of every other executor. */
import { resolve } from 'node:path'
import type { Executor } from '../run/executor.js'
import { MOST_CHUNKS } from './bounds.js'
import { Bridge } from './bridge.js'
import { removeJobs } from './cleanup.js'
import type { ClusterOptions } from './options.js'
import { programDigest, programFiles, WORKER } from './program-files.js'
import { endState, type RunState, readState } from './state.js'
import { ClusterTasks } from './tasks.js'
import { ClusterWatch, type Voices } from './watch.js'
import { workerCredentials } from './worker-credentials.js'

/** For measuring: other workers, tasks of a fixed size. */
export interface ClusterTrial {
  /** Compiled program in place of node-worker.ts. */
  readonly worker: string
  readonly mostChunks: number
}

/** Starts the cluster. state: where its jobs are noted down, for those that start some. Throws UsageError where that cannot be done. */
export async function clusterExecutor(
  options: ClusterOptions,
  voices: Voices,
  state: RunState | null = null,
  { worker, mostChunks }: ClusterTrial = { worker: WORKER, mostChunks: MOST_CHUNKS },
): Promise<Executor> {
  const { env, files, warnings } = workerCredentials(options, state?.folder ?? '')
  for (const warning of warnings) voices.onWarning(warning)
  const bridge = new Bridge(options.python)
  const watch = new ClusterWatch(voices, options.scale ?? options.adapt?.maximum ?? options.workers)
  const tasks = new ClusterTasks(bridge, watch, mostChunks)
  const close = async () => {
    watch.close()
    await bridge.close()
    if (state !== null) tidy(state, tasks.hasFailed, voices)
  }
  try {
    await bridge.expect('ready')
    const started = bridge.expect('cluster')
    const node = {
      node: process.execPath,
      program: worker,
      digest: programDigest(worker),
      env,
      files,
      memory: options.memoryBytes,
      cwd: process.cwd(),
    }
    const { kind, args, scale, adapt, period, logs } = options
    const report = options.report === null ? null : resolve(options.report)
    const jobs = { period, state: state?.path ?? null, logs }
    bridge.send({ op: 'cluster', kind, args, node, program: programFiles(), scale, adapt, report, jobs })
    const { dashboard, scheduler } = await started
    voices.onNotice(`dashboard of the cluster: ${String(dashboard)} (scheduler ${String(scheduler)})`)
  } catch (error) {
    await close()
    throw error
  }
  return {
    name: options.name,
    workers: options.workers,
    status: () => watch.status,
    run: (segment, chunks, ctx, arrived) => tasks.run(segment, chunks, ctx, arrived),
    close,
  }
}

/** The bridge removes its jobs; where it could not, since it was killed, they are removed here. */
function tidy(state: RunState, hasFailed: boolean, { onWarning }: Voices): void {
  const known = readState(state.path)
  if (known !== null) {
    const { outcome, message } = removeJobs(known)
    if (outcome === 'failed') onWarning(`batch jobs may be left (${message}). Try: tnp-pipe cleanup`)
    return
  }
  endState(state, hasFailed)
}
