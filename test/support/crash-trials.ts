/** Kills of the real programs, and what must hold after them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { readJournal } from '../../lib/journal/read.js'
import { type Outcome, PROGRAMS, type Scratch } from './cli.js'
import { beginFolder, type CrashJob, faultsOfStopped, faultsOfWhole } from './crash-jobs.js'

/** A program that has not ended by then hangs. */
const PATIENCE_MS = 120_000

export const EXECUTORS = {
  sync: ['--executor', 'sync'],
  threads: ['--executor', 'threads', '--workers', '2'],
  processes: ['--executor', 'processes', '--workers', '2'],
} as const
export type ExecutorName = keyof typeof EXECUTORS

export interface Ended extends Outcome {
  readonly signal: NodeJS.Signals | null
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Called when the program has been started. */
  readonly onStart?: (child: ChildProcess) => void
}

/** Runs run-analysis. Throws where it does not end. */
export async function start(args: readonly string[], { env = {}, onStart }: StartOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, [PROGRAMS.runAnalysis, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', chunk => (stdout += chunk))
  child.stderr.on('data', chunk => (stderr += chunk))
  let hangs = false
  const watch = setTimeout(() => {
    hangs = true
    child.kill('SIGKILL')
  }, PATIENCE_MS)
  onStart?.(child)
  const ended = await new Promise<Ended>(done =>
    child.on('close', (status, signal) => done({ status, signal, stdout, stderr })),
  )
  clearTimeout(watch)
  if (hangs) throw new Error(`did not end within ${PATIENCE_MS / 1000} s: ${args.join(' ')}\n${stderr}`)
  return ended
}

/** Does something when so many chunks are in the journal of an output folder; gives up after a minute. */
export async function whenDone(dir: string, chunks: number, act: () => void): Promise<void> {
  const journal = `${dir}/.tnp-journal/journal`
  const done = async () => (await readJournal(journal).catch(() => null))?.known.size ?? 0
  const end = performance.now() + 60_000
  while ((await done()) < chunks && performance.now() < end) await sleep(1)
  act()
}

export type Victim = 'driver' | 'worker'

export interface Kill {
  readonly executor: ExecutorName
  readonly victim: Victim
  /** Milliseconds from the start of the program. */
  readonly delay: number
}

/** Processes whose parent it is. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

async function killAfter(child: ChildProcess, { victim, delay }: Kill): Promise<void> {
  await sleep(delay)
  if (victim === 'driver') {
    child.kill('SIGKILL')
    return
  }
  // Workers come a little after the driver.
  while (child.exitCode === null && child.signalCode === null) {
    const worker = childrenOf(child.pid!).at(-1)
    if (worker !== undefined) return void process.kill(worker, 'SIGKILL')
    await sleep(2)
  }
}

export interface TrialResult {
  readonly faults: readonly string[]
  /** Kills that found the program running. */
  readonly hits: number
}

/** The job is killed again and again, then continued to its end. */
export async function killTrial(
  out: Scratch,
  job: CrashJob,
  kills: readonly Kill[],
  last: ExecutorName,
): Promise<TrialResult> {
  const dir = out.path(`trial-${job.name}`)
  const faults: string[] = []
  let hits = 0
  beginFolder(job, dir)
  for (const [k, kill] of kills.entries()) {
    const args = [...job.args, ...EXECUTORS[kill.executor], '--output', dir, ...(k > 0 ? ['--resume'] : [])]
    let killing: Promise<void> = Promise.resolve()
    const ended = await start(args, {
      onStart: child => {
        killing = killAfter(child, kill)
      },
    })
    await killing
    if (ended.status === 0) continue
    hits++
    const label = `kill ${k + 1} (${kill.victim} of ${kill.executor} after ${kill.delay.toFixed(0)} ms)`
    faults.push(...faultsOfStopped(job, dir).map(fault => `${label}: ${fault}`))
    if (kill.victim === 'worker') faults.push(...faultsOfWorkerless(ended).map(fault => `${label}: ${fault}`))
  }
  faults.push(...(await faultsOfResumed(job, dir, last)))
  return { faults, hits }
}

/** A run that lost a worker says so, and how to go on. */
function faultsOfWorkerless({ status, stderr }: Ended): string[] {
  const wanted = /a worker process .*SIGKILL/
  return status === 1 && wanted.test(stderr) && !/fault of tnp-pipe/.test(stderr)
    ? []
    : [`status ${status}, it said: ${stderr}`]
}

export async function faultsOfResumed(job: CrashJob, dir: string, executor: ExecutorName): Promise<string[]> {
  const { status, signal, stderr } = await start([...job.args, ...EXECUTORS[executor], '--resume', '--output', dir])
  if (status !== 0) return [`--resume ended with ${status ?? signal}: ${stderr}`]
  return faultsOfWhole(job, dir).map(fault => `after --resume: ${fault}`)
}
