/** What the command line says of batch jobs. */
import { bytesOf, slurmSeconds } from '../cluster/sizes.js'
import { UsageError } from '../core/errors.js'

export type SystemName = 'slurm' | 'condor'

/** What each job asks the batch system for. */
export interface BatchResources {
  readonly cores: number
  readonly memoryBytes: number
  /** null: nothing is asked for. */
  readonly diskBytes: number | null
  /** Most jobs at a time; null: as many as there is room for. */
  readonly scaleout: number | null
  /** Slurm's partition. */
  readonly queue: string | null
  readonly walltimeSeconds: number | null
  /** lxplus. */
  readonly jobflavour: string | null
  /** Lines for the batch system, as they are: options of sbatch, or of a submit file. */
  readonly extra: readonly string[]
  /** Folder of what jobs print; null: in the run's folder. */
  readonly logFolder: string | null
}

/** Flags of the reference, and a few more. */
export interface BatchFlags {
  readonly cores?: number
  readonly memory?: string
  readonly disk?: string
  readonly scaleout?: number
  readonly queue?: string
  readonly walltime?: string
  readonly jobflavour?: string
  readonly logDirectory?: string
  readonly jobOption?: readonly string[]
}

const DEFAULT_MEMORY = '4GB'

export function systemOf(executor: string): SystemName {
  return executor === 'batch/condor' ? 'condor' : 'slurm'
}

/** Throws UsageError for sizes and times that are none, and for options that the system does not have. */
export function batchResources(system: SystemName, flags: BatchFlags): BatchResources {
  const { cores = 1, memory = DEFAULT_MEMORY, disk, scaleout, queue, walltime, jobflavour, logDirectory } = flags
  const problems = [
    ...(cores < 1 ? [{ place: '--cores', message: `${cores}: wanted 1 or more.` }] : []),
    ...(scaleout !== undefined && scaleout < 1
      ? [{ place: '--scaleout', message: `${scaleout}: wanted 1 or more.` }]
      : []),
    ...(system === 'condor' && queue !== undefined
      ? [{ place: '--queue', message: 'HTCondor has no queues. At lxplus give --jobflavour, else --walltime.' }]
      : []),
    ...(system === 'slurm' && jobflavour !== undefined
      ? [{ place: '--jobflavour', message: 'is of HTCondor at lxplus. Slurm has --queue and --walltime.' }]
      : []),
  ]
  if (problems.length > 0) throw new UsageError(problems)
  return {
    cores,
    memoryBytes: bytesOf(memory),
    diskBytes: disk === undefined ? null : sizeOf('--disk', disk),
    scaleout: scaleout ?? null,
    queue: queue ?? null,
    walltimeSeconds: walltime === undefined ? null : slurmSeconds(walltime),
    jobflavour: jobflavour ?? null,
    extra: flags.jobOption ?? [],
    logFolder: logDirectory ?? null,
  }
}

function sizeOf(place: string, text: string): number {
  try {
    return bytesOf(text)
  } catch {
    throw new UsageError([{ place, message: `"${text}" is no size. Wanted for instance 4GB.` }])
  }
}

/** For sbatch and submit files: MiB, rounded up. */
export function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20)
}

/** "1-02:03:04". */
export function clockText(seconds: number): string {
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  const days = Math.floor(seconds / 86400)
  const clock = `${two((seconds % 86400) / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`
  return days > 0 ? `${days}-${clock}` : clock
}
