/** What is known of clusters beyond the life of a run: the numbers of their batch jobs, in one file a run, and the jobs' logs. Kept in the
 *  user's folder for such things (XDG Base Directory Specification, "state"), which the nodes of a cluster see as a rule. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../core/errors.js'
import { makeLocalFolderSync } from '../core/make-folder.js'

export interface RunState {
  /** The bridge writes it: see jobs.py. */
  readonly path: string
  /** Logs of jobs, certificates of the run, a copy of the proxy. Others may not look. */
  readonly folder: string
}

/** What the bridge has written down. */
export interface KnownJobs {
  readonly path: string
  /** Of the cluster: slurm, condor, lxplus, lpc, casa. */
  readonly kind: string
  /** The bridge's, and its machine. */
  readonly pid: number
  readonly host: string
  readonly jobs: readonly string[]
  /** Of LPC, whose jobs are at a schedd of another machine. */
  readonly schedd?: string
}

export function stateFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env.XDG_STATE_HOME || (env.HOME ? join(env.HOME, '.local/state') : '')
  return base === '' ? join(homedirOr(tmpdir()), '.local/state/tnp-pipe/clusters') : join(base, 'tnp-pipe', 'clusters')
}

function homedirOr(other: string): string {
  try {
    return homedir()
  } catch {
    return other
  }
}

/** For a run that begins. Throws UsageError where the folder cannot be made. */
export function beginState(env: NodeJS.ProcessEnv = process.env): RunState {
  const all = stateFolder(env)
  const id = `${new Date().toISOString().replace(/[-:]|\..*$/g, '')}-${process.pid}`
  const folder = join(all, id)
  try {
    makeLocalFolderSync(folder, { mode: 0o700 })
  } catch (error) {
    const message = `${folder} cannot be made (${(error as NodeJS.ErrnoException).code}): the cluster's jobs are noted down there. Set XDG_STATE_HOME to a folder of yours that the cluster's nodes see.`
    throw new UsageError([{ place: '--executor', message }])
  }
  return { path: `${folder}.json`, folder }
}

/** isKept: something went wrong, so that the logs are wanted. */
export function endState({ path, folder }: RunState, isKept: boolean): void {
  const hasJobs = readState(path) !== null
  if (!isKept && !hasJobs) rmSync(folder, { recursive: true, force: true })
}

/** All runs of which jobs may be left. */
export function knownStates(env: NodeJS.ProcessEnv = process.env): KnownJobs[] {
  const all = stateFolder(env)
  let names: string[]
  try {
    names = readdirSync(all)
  } catch {
    return []
  }
  return names
    .filter(name => name.endsWith('.json'))
    .map(name => readState(join(all, name)))
    .filter(state => state !== null)
}

export function readState(path: string): KnownJobs | null {
  try {
    return { path, ...(JSON.parse(readFileSync(path, 'utf8')) as Omit<KnownJobs, 'path'>) }
  } catch {
    return null
  }
}
