/** What the command line says of a cluster, as the bridge wants it. */
import { availableParallelism } from 'node:os'
import { UsageError } from '../core/errors.js'

export interface ClusterOptions {
  /** As the user gave it: "distributed", "tcp://host:8786". */
  readonly name: string
  /** Of the bridge: "local", or the address of a scheduler. */
  readonly kind: string
  /** Of the cluster's constructor. */
  readonly args: Readonly<Record<string, unknown>>
  /** Expected threads, for messages. */
  readonly workers: number
  /** That a Node worker may take; null: no limit. */
  readonly memoryBytes: number | null
  readonly python: string
}

/** Flags of the reference. */
export interface ClusterFlags {
  readonly cores?: number
  readonly memory?: string
  readonly scaleout?: number
  readonly dashboardAddress?: string
  readonly port?: number
  readonly python?: string
}

/** A worker's Python beside its Node. */
const PYTHON_BYTES = 200e6

/** For `distributed`, `tcp://` and `tls://`. Throws UsageError for a memory that is no size. */
export function clusterOptions(
  name: string,
  flags: ClusterFlags,
  env: NodeJS.ProcessEnv = process.env,
): ClusterOptions {
  const python = flags.python ?? env.TNP_PYTHON ?? 'python3'
  const threads = flags.cores ?? 1
  const memory = flags.memory === undefined ? null : bytesOf(flags.memory)
  const memoryBytes = memory === null ? null : Math.max(PYTHON_BYTES, memory / threads - PYTHON_BYTES)
  if (name.includes('://')) return { name, kind: name, args: {}, workers: 1, memoryBytes, python }
  const workers = flags.scaleout ?? availableParallelism()
  const args = {
    n_workers: workers,
    threads_per_worker: threads,
    ...(flags.memory === undefined ? {} : { memory_limit: flags.memory }),
    ...(flags.port === undefined ? {} : { scheduler_port: flags.port }),
    dashboard_address: flags.dashboardAddress ?? ':0',
    host: '127.0.0.1',
  }
  return { name, kind: 'local', args, workers: workers * threads, memoryBytes, python }
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  m: 1e6,
  mb: 1e6,
  g: 1e9,
  gb: 1e9,
  t: 1e12,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}

/** "4GB", "2 GiB". */
export function bytesOf(text: string): number {
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? []
  const factor = unit === undefined ? undefined : UNITS[unit.toLowerCase()]
  if (number !== undefined && factor !== undefined) return Number(number) * factor
  throw new UsageError([{ place: '--memory', message: `"${text}" is no size. Wanted for instance 4GB.` }])
}
