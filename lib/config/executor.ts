/** Names of executors, as the reference spells them, to the executors that there are. */
import { nearestHint, UsageError } from '../core/errors.js'

export type ExecutorName = 'threads' | 'processes' | 'sync'

const LOCAL: Readonly<Record<string, ExecutorName>> = {
  threads: 'threads',
  threading: 'threads',
  processes: 'processes',
  multiprocessing: 'processes',
  sync: 'sync',
  synchronous: 'sync',
  'single-threaded': 'sync',
}
const CLUSTER = /^(?:distributed$|dask\/|tcp:\/\/|tls:\/\/|ucx:\/\/)/

/** The executor of that name; threads where none is named. Throws UsageError. */
export function resolveExecutor(name: string | undefined): ExecutorName {
  if (name === undefined) return 'threads'
  if (Object.hasOwn(LOCAL, name)) return LOCAL[name]!
  const all = Object.keys(LOCAL)
  const message = CLUSTER.test(name)
    ? `"${name}" is a cluster, and this version does not run on clusters yet. Use a local executor: ${all.join(', ')}.`
    : `unknown executor "${name}".${nearestHint(name, all)} All: ${all.join(', ')}.`
  throw new UsageError([{ place: '--executor', message }])
}
