/** What the command line says of a cluster, as the bridge wants it. */
import { availableParallelism, hostname } from 'node:os'
import { resolve } from 'node:path'
import { UsageError } from '../core/errors.js'

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

/** Flags of the reference, and of our own: --tls, --image, --scheduler-host, --performance-report. */
export interface ClusterFlags {
  readonly cores?: number
  readonly memory?: string
  readonly disk?: string
  readonly scaleout?: number
  readonly adaptive?: boolean
  readonly queue?: string
  readonly walltime?: string
  readonly jobflavour?: string
  readonly logDirectory?: string
  readonly voms?: string
  readonly dashboardAddress?: string
  readonly port?: number
  readonly python?: string
  readonly tls?: boolean
  readonly image?: string
  readonly schedulerHost?: string
  readonly performanceReport?: string
}

/** A worker's Python beside its Node. */
const PYTHON_BYTES = 200e6
/** As the reference. */
const DEFAULT = { scaleout: 100, cores: 1, memory: '4GB', disk: '4GB', jobflavour: 'microcentury' }
/** As the reference: what its users have unpacked. */
const LXPLUS_IMAGE = '/cvmfs/unpacked.cern.ch/registry.cern.ch/cms-egamma/egamma-tnp:lxplus-el9-latest'
/** Seconds of CERN's job flavours (batchdocs.web.cern.ch/local/submit.html, "Job flavours"). */
const FLAVOURS: Readonly<Record<string, number>> = {
  espresso: 1200,
  microcentury: 3600,
  longlunch: 7200,
  workday: 28_800,
  tomorrow: 86_400,
  testmatch: 259_200,
  nextweek: 604_800,
}

type Args = Readonly<Record<string, unknown>>
interface Facility {
  readonly args: (given: Given) => Args
  readonly seconds?: (given: Given) => number | null
  readonly sharesHome: boolean
  /** --tls is for it. */
  readonly encrypts: boolean
}
/** The flags, with what stands for those that are not given. */
interface Given extends ClusterFlags {
  readonly cores: number
  readonly memory: string
  readonly disk: string
  readonly lifetime: readonly string[]
  readonly logs: string | null
  readonly folder: string
}

const FACILITIES: Readonly<Record<string, Facility>> = {
  slurm: {
    args: ({ queue, walltime, ...given }) => ({
      ...common(given),
      queue,
      walltime,
      ...extra(given),
      ...encrypted(given),
    }),
    seconds: ({ walltime }) => (walltime === undefined ? null : slurmSeconds(walltime)),
    sharesHome: true,
    encrypts: true,
  },
  condor: {
    args: given => ({ ...common(given), disk: given.disk, ...extra(given), ...encrypted(given) }),
    sharesHome: true,
    encrypts: true,
  },
  lxplus: {
    args: given => ({
      ...common({ ...given, schedulerHost: given.schedulerHost ?? hostname() }),
      disk: given.disk,
      container_runtime: 'singularity',
      worker_image: given.image ?? LXPLUS_IMAGE,
      death_timeout: 120,
      ...extra(given),
      ...encrypted(given),
      job_extra_directives: {
        should_transfer_files: 'Yes',
        when_to_transfer_output: 'ON_EXIT',
        '+JobFlavour': `"${given.jobflavour ?? DEFAULT.jobflavour}"`,
      },
    }),
    seconds: ({ jobflavour = DEFAULT.jobflavour }) => flavourSeconds(jobflavour),
    sharesHome: true,
    encrypts: true,
  },
  lpc: {
    args: ({ schedulerHost, port, ...given }) => ({
      ...common(given),
      disk: given.disk,
      ship_env: true,
      image: given.image,
      job_script_prologue: ['export LD_LIBRARY_PATH=/usr/local/lib:$LD_LIBRARY_PATH'],
      // Its class finds a port of its own in the range that is open there, unless host and port are given.
      scheduler_options: defined({
        dashboard_address: given.dashboardAddress,
        host: port === undefined ? schedulerHost : `${schedulerHost ?? hostname()}:${port}`,
      }),
    }),
    sharesHome: false,
    encrypts: false,
  },
  casa: {
    args: ({ port, dashboardAddress, schedulerHost, ...given }) => ({
      ...common(given),
      disk: given.disk,
      worker_image: given.image,
      // Workers are told of this one: scheduler_options alone leaves them at 8786.
      scheduler_port: port,
      scheduler_options: defined({ dashboard_address: dashboardAddress, host: schedulerHost }),
    }),
    sharesHome: false,
    encrypts: false,
  },
}

export const FACILITY_NAMES: readonly string[] = Object.keys(FACILITIES).map(name => `dask/${name}`)

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

/** What all facilities' classes take. */
function common({
  cores,
  memory,
  logs,
  dashboardAddress,
  port,
  schedulerHost,
}: Omit<Given, 'disk' | 'lifetime' | 'folder'>): Args {
  return {
    cores,
    // Their classes would make several workers of one job.
    processes: 1,
    memory,
    log_directory: logs ?? undefined,
    scheduler_options: defined({ dashboard_address: dashboardAddress, port, host: schedulerHost }),
  }
}

function extra({ lifetime }: { readonly lifetime: readonly string[] }): Args {
  return lifetime.length === 0 ? {} : { worker_extra_args: lifetime }
}

/** Certificates for this run alone; workers read theirs in the folder. */
function encrypted({ tls, folder }: { readonly tls?: boolean; readonly folder: string }): Args {
  return tls ? { security: true, protocol: 'tls://', shared_temp_directory: folder } : {}
}

/** A worker leaves before its job is ended, and not all at one time: what it has done is not lost, and its job is replaced. */
function lifetime(seconds: number | null): readonly string[] {
  if (seconds === null) return []
  const margin = Math.min(300, Math.round(seconds / 10))
  const stagger = Math.round(margin / 2)
  return ['--lifetime', `${seconds - margin - stagger}s`, '--lifetime-stagger', `${stagger}s`]
}

/** Slurm's "minutes", "minutes:seconds", "hours:minutes:seconds", "days-hours", "days-hours:minutes[:seconds]". */
export function slurmSeconds(text: string): number {
  const [, days, rest] = /^(?:(\d+)-)?(\d+(?::\d+){0,2})$/.exec(text.trim()) ?? []
  if (rest === undefined) {
    const message = `"${text}" is no time. Wanted for instance 02:00:00, or 1-12:00:00.`
    throw new UsageError([{ place: '--walltime', message }])
  }
  const parts = rest.split(':').map(Number)
  const units = days !== undefined ? [3600, 60, 1] : parts.length === 3 ? [3600, 60, 1] : [60, 1]
  return Number(days ?? 0) * 86_400 + parts.reduce((sum, part, k) => sum + part * units[k]!, 0)
}

function flavourSeconds(flavour: string): number {
  const seconds = FLAVOURS[flavour]
  if (seconds !== undefined) return seconds
  const message = `there is no "${flavour}". All: ${Object.keys(FLAVOURS).join(', ')}.`
  throw new UsageError([{ place: '--jobflavour', message }])
}

function budget({ cores = 1 }: ClusterFlags, memory: string | undefined): number | null {
  return memory === undefined ? null : Math.max(PYTHON_BYTES, bytesOf(memory) / cores - PYTHON_BYTES)
}

/** Without what is undefined: Dask's own configuration decides then. */
function defined(args: Args): Args {
  return Object.fromEntries(Object.entries(args).filter(([, v]) => v !== undefined && !isEmptyObject(v)))
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
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
