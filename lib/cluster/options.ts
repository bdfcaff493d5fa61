/** What the command line says of a cluster, as the bridge wants it. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { UsageError } from '../core/errors.js'
import { type Args, defined, FACILITIES, type Given } from './facilities.js'
import type { ClusterFlags } from './flags.js'
import { bytesOf } from './sizes.js'

export interface ClusterOptions {
  /** As the user gave it: "distributed", "dask/slurm", "tcp://host:8786". */
  readonly name: string
  /** Of the bridge: see clusters.py; or the address of a scheduler. */
  readonly kind: string
  /** Of the cluster's constructor. */
  readonly args: Readonly<Record<string, unknown>>
  /** Workers that are started and kept; null: those that there are, or as many as there is work for. */
  readonly scale: number | null
  /** As many workers as there is work for, within these limits. */
  readonly adapt: { readonly minimum: number; readonly maximum: number } | null
  /** Expected threads, for messages. */
  readonly workers: number
  /** That a Node worker may take; null: no limit. */
  readonly memoryBytes: number | null
  readonly python: string
  /** What is said between driver, scheduler and workers is encrypted. */
  readonly isEncrypted: boolean
  /** Workers see the files of this machine's shared folders: the home folder at least. */
  readonly sharesHome: boolean
  /** Where jobs write what they print; null: wherever the facility's class has it. */
  readonly logs: string | null
  /** A proxy that is named on the command line. */
  readonly proxy: string | null
  /** Seconds that a batch job may take; null: not known here. */
  readonly jobSeconds: number | null
  readonly report: string | null
  /** Seconds between two questions to the batch system. */
  readonly period: number
}

/** A worker's Python beside its Node. */
const PYTHON_BYTES = 200e6
/** As the reference. */
const DEFAULT = { scaleout: 100, cores: 1, memory: '4GB', disk: '4GB' }
/** folder: for the logs of jobs, unless the user names one. Throws one UsageError with all that is wrong. */
export function clusterOptions(
  name: string,
  flags: ClusterFlags,
  folder = '',
  env: NodeJS.ProcessEnv = process.env,
): ClusterOptions {
  const python = flags.python ?? env.TNP_PYTHON ?? 'python3'
  const common = {
    name,
    python,
    proxy: flags.voms ?? null,
    report: flags.performanceReport ?? null,
    period: Number(env.TNP_BATCH_PERIOD ?? 10),
  }
  if (name.includes('://')) {
    const isEncrypted = name.startsWith('tls:')
    const none = { args: {}, scale: null, adapt: null, workers: 1, sharesHome: false, logs: null, jobSeconds: null }
    return { ...common, ...none, kind: name, memoryBytes: budget(flags, flags.memory), isEncrypted }
  }
  if (name === 'distributed') return { ...common, ...localCluster(flags) }
  return { ...common, ...facilityCluster(name, flags, folder) }
}

function localCluster(flags: ClusterFlags) {
  const workers = flags.scaleout ?? availableParallelism()
  const threads = flags.cores ?? 1
  const args = defined({
    n_workers: workers,
    threads_per_worker: threads,
    memory_limit: flags.memory,
    scheduler_port: flags.port,
    dashboard_address: flags.dashboardAddress ?? ':0',
    host: flags.schedulerHost ?? '127.0.0.1',
    ...(flags.tls ? { security: true, protocol: 'tls://' } : {}),
  })
  return {
    kind: 'local',
    args,
    scale: null,
    adapt: null,
    workers: workers * threads,
    memoryBytes: budget(flags, flags.memory),
    isEncrypted: flags.tls ?? false,
    sharesHome: true,
    logs: null,
    jobSeconds: null,
  }
}

function facilityCluster(name: string, flags: ClusterFlags, folder: string) {
  const isOwn = name.startsWith('python:')
  const kind = isOwn ? ownKind(name) : name.slice('dask/'.length)
  const facility = isOwn ? null : FACILITIES[kind]!
  const { scaleout = DEFAULT.scaleout, cores = DEFAULT.cores, memory = DEFAULT.memory, disk = DEFAULT.disk } = flags
  // Its class has a folder of its own, which the facility's schedulers can reach.
  const logs = flags.logDirectory !== undefined ? resolve(flags.logDirectory) : kind === 'casa' || isOwn ? null : folder
  const given: Given = { ...flags, cores, memory, disk, logs, folder, lifetime: [] }
  if (flags.tls && facility !== null && !facility.encrypts) {
    const message = `${name} has its own way to encrypt: leave --tls out.`
    throw new UsageError([{ place: '--tls', message }])
  }
  const jobSeconds = facility?.seconds?.(given) ?? null
  const args = facility === null ? ownArgs(flags) : facility.args({ ...given, lifetime: lifetime(jobSeconds) })
  const isAdaptive = flags.adaptive ?? true
  return {
    kind,
    args: defined(args),
    scale: isAdaptive ? null : scaleout,
    adapt: isAdaptive ? { minimum: 0, maximum: scaleout } : null,
    workers: scaleout * cores,
    memoryBytes: isOwn && flags.memory === undefined ? null : budget(flags, memory),
    isEncrypted: flags.tls ?? kind === 'casa',
    sharesHome: facility?.sharesHome ?? false,
    logs,
    jobSeconds,
  }
}

/** For any other facility: python:/path/site.py:function, whose own path may be relative. */
function ownKind(name: string): string {
  const [, path, fn] = /^python:(.+):([A-Za-z_]\w*)$/.exec(name) ?? []
  if (path !== undefined) return `python:${resolve(path)}:${fn}`
  const message = `"${name}" names no function. Wanted python:/path/site.py:function, which gives a Dask cluster or client.`
  throw new UsageError([{ place: '--executor', message }])
}

/** What the user gave, by the names of dask-jobqueue. */
function ownArgs(flags: ClusterFlags): Args {
  const { cores, memory, disk, queue, walltime, logDirectory, dashboardAddress, port, schedulerHost } = flags
  const scheduler = defined({ dashboard_address: dashboardAddress, port, host: schedulerHost })
  const options = Object.keys(scheduler).length === 0 ? {} : { scheduler_options: scheduler }
  return { ...defined({ cores, memory, disk, queue, walltime, log_directory: logDirectory }), ...options }
}

/** A worker leaves before its job is ended, and not all at one time: what it has done is not lost, and its job is replaced. */
function lifetime(seconds: number | null): readonly string[] {
  if (seconds === null) return []
  const margin = Math.min(300, Math.round(seconds / 10))
  const stagger = Math.round(margin / 2)
  return ['--lifetime', `${seconds - margin - stagger}s`, '--lifetime-stagger', `${stagger}s`]
}

function budget({ cores = 1 }: ClusterFlags, memory: string | undefined): number | null {
  return memory === undefined ? null : Math.max(PYTHON_BYTES, bytesOf(memory) / cores - PYTHON_BYTES)
}
