/** Names of executors, as the reference spells them, to the executors that there are. */
import { nearestHint, UsageError } from '../core/errors.js'

export type ExecutorName = 'threads' | 'processes' | 'sync' | 'cluster'

const LOCAL: Readonly<Record<string, ExecutorName>> = {
  threads: 'threads',
  threading: 'threads',
  processes: 'processes',
  multiprocessing: 'processes',
  sync: 'sync',
  synchronous: 'sync',
  'single-threaded': 'sync',
}
/** Dask on this machine, and schedulers that are there already. */
const CLUSTER = /^(?:distributed$|(?:tcp|tls|ucx):\/\/.)/
const BATCH = /^dask\//

/** The executor of that name; threads where none is named. Throws UsageError. */
export function resolveExecutor(name: string | undefined): ExecutorName {
  if (name === undefined) return 'threads'
  if (Object.hasOwn(LOCAL, name)) return LOCAL[name]!
  if (CLUSTER.test(name)) return 'cluster'
  const all = [...Object.keys(LOCAL), 'distributed', 'tcp://HOST:PORT', 'tls://HOST:PORT']
  const message = BATCH.test(name)
    ? `"${name}": this version does not start batch jobs yet. Start Dask there and give the scheduler's address, tcp://HOST:PORT, or use another executor: ${all.join(', ')}.`
    : `unknown executor "${name}".${nearestHint(name, all)} All: ${all.join(', ')}.`
  throw new UsageError([{ place: '--executor', message }])
}
