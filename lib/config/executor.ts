/** Names of executors, as the reference spells them, to the executors that there are. */
import { nearestHint, UsageError } from '../core/errors.js'

export type ExecutorName = 'threads' | 'processes' | 'sync' | 'cluster' | 'batch'

const LOCAL: Readonly<Record<string, ExecutorName>> = {
  threads: 'threads',
  threading: 'threads',
  processes: 'processes',
  multiprocessing: 'processes',
  sync: 'sync',
  synchronous: 'sync',
  'single-threaded': 'sync',
}
/** Dask on this machine, on a facility's batch system, and schedulers that are there already. */
const FACILITIES = ['dask/slurm', 'dask/condor', 'dask/lxplus', 'dask/lpc', 'dask/casa']
const CLUSTER = /^(?:distributed$|(?:tcp|tls|ucx):\/\/.|python:.)/
/** Job arrays over a shared folder. */
const BATCH = ['batch/slurm', 'batch/condor']

/** All names but those that say where a scheduler is. */
export const EXECUTOR_NAMES: readonly string[] = [...Object.keys(LOCAL), 'distributed', ...FACILITIES, ...BATCH]

/** The executor of that name; threads where none is named. Throws UsageError. */
export function resolveExecutor(name: string | undefined): ExecutorName {
  if (name === undefined) return 'threads'
  if (Object.hasOwn(LOCAL, name)) return LOCAL[name]!
  if (CLUSTER.test(name) || FACILITIES.includes(name)) return 'cluster'
  if (BATCH.includes(name)) return 'batch'
  const all = [...EXECUTOR_NAMES, 'tcp://HOST:PORT', 'tls://HOST:PORT', 'python:/path/site.py:function']
  const message = `unknown executor "${name}".${nearestHint(name, all)} All: ${all.join(', ')}.`
  throw new UsageError([{ place: '--executor', message }])
}
