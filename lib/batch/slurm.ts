/** Slurm: sbatch --array, squeue, sacct, scancel. */
import { userInfo } from 'node:os'
import { ClusterError, UsageError } from '../core/errors.js'
import { type BatchResources, clockText, mebibytes } from './options.js'
import { runProgram, wordsOf } from './programs.js'
import { type BatchSystem, type JobArray, type JobState, jobKey } from './system.js'

export const slurm: BatchSystem = {
  name: 'slurm',
  async submit(array) {
    const answer = await runProgram('sbatch', submitArguments(array))
    const id = /^(\d+)(?:;|$)/m.exec(answer.stdout)?.[1]
    if (answer.status !== 0 || id === undefined) {
      throw new UsageError([{ place: '--executor', message: `Slurm refuses the jobs: ${wordsOf(answer)}` }])
    }
    return { id }
  },
  async find(tag) {
    const { stdout } = await squeue(['--name', tag, '-o', '%F'])
    const id = stdout.trim().split('\n')[0]!
    return id === '' ? null : { id }
  },
  async poll(arrays) {
    const { stdout } = await squeue(['-r', '-t', 'all', '-o', '%F|%K|%T|%r'])
    const wanted = new Set(arrays.map(array => array.id))
    const view = new Map<string, JobState>()
    for (const line of stdout.split('\n')) {
      const [id = '', job = '', state = '', ...reason] = line.split('|')
      if (wanted.has(id)) view.set(jobKey(id, Number(job)), stateOf(state, reason.join('|')))
    }
    return view
  },
  async history(arrays) {
    const view = new Map<string, JobState>()
    if (arrays.length === 0) return view
    // Sites without accounting have no history.
    const ids = arrays.map(array => array.id).join(',')
    const { stdout } = await runProgram('sacct', ['-n', '-P', '-X', '-j', ids, '-o', 'JobID,State']).catch(() => ({
      stdout: '',
    }))
    for (const line of stdout.split('\n')) {
      const [, id, job, state] = /^(\d+)_(\d+)\|(.+)$/.exec(line) ?? []
      if (id !== undefined) view.set(jobKey(id, Number(job)), stateOf(state!, ''))
    }
    return view
  },
  async cancel({ id }, jobs) {
    const names = jobs === undefined ? [id] : jobs.map(job => `${id}_${job}`)
    const answer = await runProgram('scancel', names)
    if (answer.status !== 0 && !/Invalid job id|already completing|completed/i.test(answer.stderr)) {
      throw new ClusterError(`scancel: ${wordsOf(answer)}`)
    }
  },
}

/** Of sbatch. */
export function submitArguments({ tag, list, count, script, logs, resources }: JobArray): string[] {
  const limit = resources.scaleout === null ? '' : `%${resources.scaleout}`
  return [
    '--parsable',
    `--job-name=${tag}`,
    `--array=0-${count - 1}${limit}`,
    // What Slurm itself has to say of a job, such as the end of its time, goes to the same file.
    `--output=${logs.replaceAll('%', '%%')}-%a.log`,
    '--open-mode=append',
    ...resourceArguments(resources),
    script,
    list,
  ]
}

function resourceArguments({ cores, memoryBytes, diskBytes, queue, walltimeSeconds, extra }: BatchResources): string[] {
  return [
    '--ntasks=1',
    `--cpus-per-task=${cores}`,
    `--mem=${mebibytes(memoryBytes)}M`,
    // Many sites do not say how much room for temporary files nodes have, and refuse whoever asks.
    ...(diskBytes === null ? [] : [`--tmp=${mebibytes(diskBytes)}M`]),
    ...(queue === null ? [] : [`--partition=${queue}`]),
    ...(walltimeSeconds === null ? [] : [`--time=${clockText(walltimeSeconds)}`]),
    ...extra,
  ]
}

async function squeue(args: readonly string[]) {
  const answer = await runProgram('squeue', ['-h', '-u', userName(), ...args])
  if (answer.status !== 0) throw new ClusterError(`squeue: ${wordsOf(answer)}`)
  return answer
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A user without a name.
    return String(process.getuid?.() ?? 0)
  }
}

const RUNNING = /^(RUNNING|COMPLETING|SUSPENDED|STOPPED|SIGNALING|STAGE_OUT|RESIZING)/
const PENDING = /^(PENDING|CONFIGURING|REQUEUE|RESV_DEL_HOLD|REVOKED)/

/** Of squeue's and sacct's words. */
export function stateOf(state: string, reason: string): JobState {
  const why = reason === 'None' ? '' : reason
  if (/HOLD/.test(state) || (PENDING.test(state) && /held/i.test(why))) return { state: 'held', reason: why || state }
  if (PENDING.test(state)) return { state: 'pending', reason: why }
  if (RUNNING.test(state)) return { state: 'running', reason: '' }
  const words = why === '' || why === 'NonZeroExitCode' ? state : `${state} (${why})`
  return { state: 'ended', reason: words, ...(/OUT_OF_MEM/.test(state) ? { isMemory: true } : {}) }
}
