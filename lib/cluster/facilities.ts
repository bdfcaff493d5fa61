/** What the classes of facilities are called with: our options by their names. What is not given is left to Dask's own configuration. */

import { hostname } from 'node:os'
import { isObject } from '../core/is-object.js'
import type { ClusterFlags } from './flags.js'
import { flavourSeconds, slurmSeconds } from './sizes.js'

/** As the reference: what its users have unpacked. */
const LXPLUS_IMAGE = '/cvmfs/unpacked.cern.ch/registry.cern.ch/cms-egamma/egamma-tnp:lxplus-el9-latest'
/** As the reference. */
const DEFAULT_FLAVOUR = 'microcentury'

export type Args = Readonly<Record<string, unknown>>
export interface Facility {
  readonly args: (given: Given) => Args
  readonly seconds?: (given: Given) => number | null
  readonly sharesHome: boolean
  /** --tls is for it. */
  readonly encrypts: boolean
}

/** The flags, with what stands for those that are not given. */
export interface Given extends ClusterFlags {
  readonly cores: number
  readonly memory: string
  readonly disk: string
  readonly lifetime: readonly string[]
  readonly logs: string | null
  readonly folder: string
}

export const FACILITIES: Readonly<Record<string, Facility>> = {
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
        '+JobFlavour': `"${given.jobflavour ?? DEFAULT_FLAVOUR}"`,
      },
    }),
    seconds: ({ jobflavour = DEFAULT_FLAVOUR }) => flavourSeconds(jobflavour),
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

/** Without what is undefined: Dask's own configuration decides then. */
export function defined(args: Args): Args {
  return Object.fromEntries(Object.entries(args).filter(([, v]) => v !== undefined && !isEmptyObject(v)))
}

function isEmptyObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0
}
