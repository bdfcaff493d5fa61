/** Runs on a file system that fails, and what must hold after them. */
import { rmSync } from 'node:fs'
import type { Scratch } from './cli.js'
import { beginFolder, type CrashJob, faultsOfFailed, faultsOfStopped, faultsOfWhole } from './crash-jobs.js'
import { EXECUTORS, type ExecutorName, faultsOfResumed, start } from './crash-trials.js'
import { type Counted, countedCalls, type Faults, failing } from './faults.js'

/** The calls of an undisturbed run that `faults` are about. */
export async function callsOf(out: Scratch, job: CrashJob, executor: ExecutorName, faults: Faults): Promise<Counted[]> {
  const dir = out.path(`calls-${job.name}`)
  const log = out.path('calls')
  beginFolder(job, dir)
  const env = failing({ ...faults, log })
  const { status, stderr } = await start([...job.args, ...EXECUTORS[executor], '--output', dir], { env })
  if (status !== 0) throw new Error(`without faults it ended with ${status}: ${stderr}`)
  rmSync(dir, { recursive: true })
  const calls = countedCalls(log)
  rmSync(log)
  return calls
}

/** Calls that change something. */
export const MUTATIONS = 'create|write|writev|truncate|writeFile|mkdir|rename|link|rm|rmdir|unlink|copyFile'
/** Those that need room on the disk. */
export const WRITES = 'create|write|writev|truncate|writeFile|mkdir|link'

/** The process kills itself at a call. */
export async function killCallTrial(
  out: Scratch,
  job: CrashJob,
  executor: ExecutorName,
  faults: Faults,
): Promise<string[]> {
  const dir = out.path(`trial-${job.name}`)
  rmSync(dir, { recursive: true, force: true })
  beginFolder(job, dir)
  const { status, signal, stderr } = await start([...job.args, ...EXECUTORS[executor], '--output', dir], {
    env: failing(faults),
  })
  const unkilled = signal === 'SIGKILL' || status === 0 ? [] : [`ended with ${status}: ${stderr}`]
  return [...unkilled, ...faultsOfStopped(job, dir), ...(await faultsOfResumed(job, dir, executor))]
}

/** says: what an error is to say. */
export async function faultTrial(
  out: Scratch,
  job: CrashJob,
  executor: ExecutorName,
  faults: Faults,
  says: RegExp,
): Promise<{ readonly faults: string[]; readonly status: number | null }> {
  const dir = out.path(`trial-${job.name}`)
  rmSync(dir, { recursive: true, force: true })
  beginFolder(job, dir)
  const { status, signal, stderr } = await start([...job.args, ...EXECUTORS[executor], '--output', dir], {
    env: failing(faults),
  })
  if (signal === 'SIGKILL' && faults.error === 'kill')
    return { faults: [...(await faultsOfResumed(job, dir, executor))], status }
  if (status === 0) {
    // What is not needed for the outputs may be left.
    const left = faultsOfWhole(job, dir).filter(fault => !/\.tnp-\S* is left|the journal is left/.test(fault))
    return { faults: left, status }
  }
  const wrong = []
  if (status !== 1) wrong.push(`status ${status}`)
  if (!says.test(stderr)) wrong.push(`said ${stderr}`)
  if (/fault of tnp-pipe|^\s+at /m.test(stderr)) wrong.push(`calls it a fault of its own: ${stderr}`)
  // What cannot be removed is left, for the run that continues.
  const isStuck = /\brm\b|unlink/.test(faults.calls)
  const left = faultsOfFailed(job, dir).filter(fault => !isStuck || !/\.tnp-tmp is left/.test(fault))
  return { faults: [...wrong, ...left, ...(await faultsOfResumed(job, dir, executor))], status }
}
