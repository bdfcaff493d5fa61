/** Pipes of stages of which one is killed: the others end by themselves, and nothing looks whole that is not. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Scratch } from './cli.js'
import { type Content, contentOf } from './crash-jobs.js'
import { bash } from './shell.js'

/** fill: histograms of one method; select: Parquet files of one; whole: what a run makes of the method. */
export interface CrashPipe {
  readonly name: string
  readonly stages: readonly string[]
  readonly whole: Content
  readonly duration: number
}

const STAGES = {
  fill: ['decode', 'weight', 'golden', 'pair', 'filter --method get_nd_tnp_histograms_1', 'fill', 'merge', 'sink'],
  select: ['decode', 'weight', 'golden', 'pair', 'filter --method get_tnp_arrays_1', 'select', 'sink'],
}
/** A pipe of which a member is gone has no reason to go on for long. */
const PATIENCE_MS = 60_000

/** Runs the pipe undisturbed. documents: options of a run without output. */
export async function preparePipe(
  out: Scratch,
  name: keyof typeof STAGES,
  documents: readonly string[],
): Promise<CrashPipe> {
  const dir = out.path(`pipe-${name}-whole`)
  const began = performance.now()
  const stages = [chunksOf(documents), ...STAGES[name]]
  const { statuses, stderr } = await runPipe(out, stages, dir)
  if (statuses.some(status => status !== 0)) throw new Error(`an undisturbed pipe ended with ${statuses}: ${stderr}`)
  return { name, stages, whole: contentOf(dir), duration: performance.now() - began }
}

/** `chunks` has the fileset for an argument. */
function chunksOf(documents: readonly string[]): string {
  const at = documents.indexOf('--fileset')
  const others = [...documents.slice(0, at), ...documents.slice(at + 2)].filter(one => !one.startsWith('--no-'))
  return ['chunks', documents[at + 1], ...others].join(' ')
}

interface PipeEnd {
  /** Of the stages, in order; 137: killed. */
  readonly statuses: readonly number[]
  readonly stderr: string
}

/** kill: the number of a stage, and after how many milliseconds. */
async function runPipe(
  out: Scratch,
  stages: readonly string[],
  dir: string,
  kill?: { readonly stage: number; readonly delay: number },
): Promise<PipeEnd> {
  const pids = out.path('pids')
  rmSync(pids, { recursive: true, force: true })
  mkdirSync(pids)
  const members = stages.map((stage, k) => {
    const command = `tnp-pipe ${stage}${stage === 'sink' ? ` '${dir}'` : ''}`
    return `{ echo $BASHPID > '${pids}/${k}'; exec ${command}; }`
  })
  const script = `${members.join(' | ')}\necho "\${PIPESTATUS[@]}"`
  let killing: Promise<void> = Promise.resolve()
  let hangs = false
  let watch: NodeJS.Timeout | undefined
  const { stdout, stderr } = await bash(script, [], {
    onStart: signal => {
      if (kill !== undefined) killing = killStage(`${pids}/${kill.stage}`, kill.delay)
      watch = setTimeout(() => {
        hangs = true
        signal('SIGKILL')
      }, PATIENCE_MS)
    },
  })
  clearTimeout(watch)
  await killing
  if (hangs)
    throw new Error(
      `the pipe did not end within ${PATIENCE_MS / 1000} s after a kill of stage ${kill?.stage}: ${stderr}`,
    )
  return { statuses: stdout.trim().split(' ').map(Number), stderr }
}

async function killStage(pidFile: string, delay: number): Promise<void> {
  await sleep(delay)
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL')
  } catch {
    // It has not begun, or has ended.
  }
}

export async function killPipe(
  out: Scratch,
  pipe: CrashPipe,
  kill: { readonly stage: number; readonly delay: number },
): Promise<{ readonly faults: string[]; readonly hits: number }> {
  const dir = out.path(`trial-pipe-${pipe.name}`)
  const { statuses, stderr } = await runPipe(out, pipe.stages, dir, kill)
  const found = [...contentOf(dir)].filter(([path]) => !path.endsWith('.tnp-tmp'))
  const label = `pipe ${pipe.name}, kill of stage ${kill.stage} (${pipe.stages[kill.stage]!.split(' ')[0]}) after ${kill.delay.toFixed(0)} ms`
  const faults = found
    .filter(([path, content]) => pipe.whole.get(path) !== content)
    .map(([path]) => `${label}: ${path} is not what the whole pipe writes`)
  const isKilled = statuses[kill.stage] === 137
  // Those before it end quietly, as with `head`; those behind say that their input ends early.
  const behind = statuses.slice(kill.stage + 1)
  if (isKilled && behind.some(status => status !== 1 && status !== 0))
    faults.push(`${label}: ended with ${statuses}: ${stderr}`)
  if (isKilled && behind.includes(1) && !/error: stdin .*the stage before/.test(stderr))
    faults.push(`${label}: said ${stderr}`)
  if (/fault of tnp-pipe|^\s+at /m.test(stderr)) faults.push(`${label}: said ${stderr}`)
  if (!isKilled && statuses.every(status => status === 0) && found.length < pipe.whole.size)
    faults.push(`${label}: status 0 without all files`)
  rmSync(dir, { recursive: true, force: true })
  return { faults, hits: isKilled ? 1 : 0 }
}
