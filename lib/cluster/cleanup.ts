/** Removes batch jobs that a run has left: its bridge was killed, or the machine went down. */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { type KnownJobs, knownStates } from './state.js'

export interface Cleaned extends KnownJobs {
  /** removed: the batch system took them away, or had none of them any more. running: the run goes on. elsewhere: it began on another
   *  machine, where it may go on. failed: the batch system refuses, or is not here. */
  readonly outcome: 'removed' | 'running' | 'elsewhere' | 'failed'
  /** What the batch system said. */
  readonly message: string
}

const CONDOR = new Set(['condor', 'lxplus', 'casa', 'lpc'])

/** everywhere: also of runs that began on other machines. Those that go on are left. */
export function cleanUp(options: { readonly dryRun: boolean; readonly everywhere: boolean }): Cleaned[] {
  return knownStates().map(state => {
    if (state.host === hostname() ? isAlive(state.pid) : !options.everywhere) {
      return {
        ...state,
        outcome: state.host === hostname() ? ('running' as const) : ('elsewhere' as const),
        message: '',
      }
    }
    if (options.dryRun) return { ...state, outcome: 'removed' as const, message: '' }
    return removeJobs(state)
  })
}

/** Has the batch system remove them, and forgets them where it did. */
export function removeJobs(state: KnownJobs): Cleaned {
  const { kind, jobs, path, schedd } = state
  const forget = () => {
    rmSync(path, { force: true })
    rmSync(path.replace(/\.json$/, ''), { recursive: true, force: true })
  }
  if (jobs.length === 0) {
    forget()
    return { ...state, outcome: 'removed', message: '' }
  }
  const argv = CONDOR.has(kind) ? ['condor_rm', ...(schedd ? ['-name', schedd] : []), ...jobs] : ['scancel', ...jobs]
  const { status, error, stdout, stderr } = spawnSync(argv[0]!, argv.slice(1), { encoding: 'utf8', timeout: 120_000 })
  if (error !== undefined) {
    return { ...state, outcome: 'failed', message: `${argv.join(' ')}: ${(error as NodeJS.ErrnoException).code}` }
  }
  const said = `${stdout}${stderr}`.trim()
  // What has ended already is not there to be removed.
  const isGone = status === 0 || /not found|Invalid job id|already completing|couldn't find/i.test(said)
  if (isGone) forget()
  return { ...state, outcome: isGone ? 'removed' : 'failed', message: said }
}

/** The bridge of that run is there: the number may be another program's by now. */
function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('bridge.py')
  } catch {
    return false
  }
}
