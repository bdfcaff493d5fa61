/** HTCondor: condor_submit, condor_q, condor_history, condor_rm. */
import { ClusterError, UsageError } from '../core/errors.js'
import { writeWhole } from './folder.js'
import { type BatchResources, mebibytes } from './options.js'
import { runProgram, wordsOf } from './programs.js'
import { type ArrayId, type BatchSystem, type JobArray, type JobState, jobKey } from './system.js'

/** What is asked of a job's description. */
interface JobAd {
  readonly ClusterId: number
  /** Absent in the description of the array itself. */
  readonly ProcId?: number
  readonly JobStatus?: number
  readonly HoldReason?: string
  readonly HoldReasonCode?: number
  readonly HoldReasonSubCode?: number
  readonly RemoveReason?: string
  readonly ExitBySignal?: boolean
  readonly ExitSignal?: number
  readonly ExitCode?: number
  readonly GlobalJobId?: string
  /** Jobs of the array that the queue has made so far, and all that it will make. */
  readonly JobMaterializeNextProcId?: number
  readonly TotalSubmitProcs?: number
}

const ATTRIBUTES: readonly (keyof JobAd)[] = [
  'ClusterId',
  'ProcId',
  'JobStatus',
  'HoldReason',
  'HoldReasonCode',
  'HoldReasonSubCode',
  'RemoveReason',
  'ExitBySignal',
  'ExitSignal',
  'ExitCode',
  'GlobalJobId',
  'JobMaterializeNextProcId',
  'TotalSubmitProcs',
]

/** Entries that condor_history looks through, from the newest on. */
const HISTORY_ENTRIES = 50_000
const TAG = 'TnpPipeTag'

export const condor: BatchSystem = {
  name: 'condor',
  async submit(array) {
    const path = array.list.replace(/\.list$/, '.sub')
    writeWhole(path, submitFile(array))
    const answer = await runProgram('condor_submit', ['-terse', path])
    const id = /^(\d+)\.\d+ - /m.exec(answer.stdout)?.[1]
    if (answer.status !== 0 || id === undefined) {
      throw new UsageError([{ place: '--executor', message: `HTCondor refuses the jobs: ${wordsOf(answer)}` }])
    }
    return (await findWhere(`ClusterId == ${id}`)) ?? { id }
  },
  find: tag => findWhere(`${TAG} == ${JSON.stringify(tag)}`),
  async poll(arrays) {
    const view = new Map<string, JobState>()
    for (const [schedd, ids] of bySchedd(arrays)) {
      for (const ad of await query('condor_q', [...named(schedd), ...ids])) addJob(view, ad)
      const factories = await query('condor_q', [...named(schedd), '-factory', ...ids])
      for (const ad of factories) addUnmade(view, ad)
    }
    return view
  },
  async history(arrays) {
    const view = new Map<string, JobState>()
    for (const [schedd, ids] of bySchedd(arrays)) {
      const limit = ['-scanlimit', String(HISTORY_ENTRIES)]
      const ads = await query('condor_history', [...named(schedd), ...limit, ...ids]).catch(() => [])
      for (const ad of ads) addJob(view, ad)
    }
    return view
  },
  async cancel({ id, schedd }, jobs) {
    const names = jobs === undefined ? [id] : jobs.map(job => `${id}.${job}`)
    const answer = await runProgram('condor_rm', [...named(schedd), ...names])
    if (
      answer.status !== 0 &&
      !/not found|all jobs .* have been|no jobs|couldn't find/i.test(answer.stderr + answer.stdout)
    ) {
      throw new ClusterError(`condor_rm: ${wordsOf(answer)}`)
    }
  },
}

/** What condor_submit reads. */
export function submitFile({ tag, list, count, script, logs, resources }: JobArray): string {
  const lines = [
    'universe = vanilla',
    // The script travels, so that a host without the shared folder can say so.
    `executable = ${script}`,
    `arguments = "${[list, '$(ProcId)', '$(ClusterId)'].map(quoted).join(' ')}"`,
    'should_transfer_files = YES',
    'when_to_transfer_output = ON_EXIT',
    'transfer_output_files = ""',
    `error = ${logs}-$(ProcId).err`,
    `output = /dev/null`,
    'notification = never',
    `batch_name = ${tag}`,
    `+${TAG} = ${JSON.stringify(tag)}`,
    ...resourceLines(resources),
    `queue ${count}`,
  ]
  return `${lines.join('\n')}\n`
}

function resourceLines({
  cores,
  memoryBytes,
  diskBytes,
  scaleout,
  walltimeSeconds,
  jobflavour,
  extra,
}: BatchResources): string[] {
  return [
    `request_cpus = ${cores}`,
    `request_memory = ${mebibytes(memoryBytes)}`,
    ...(diskBytes === null ? [] : [`request_disk = ${Math.ceil(diskBytes / 1024)}`]),
    ...(scaleout === null ? [] : [`max_materialize = ${scaleout}`]),
    // Of lxplus, and of HTCondor 10 and later.
    ...(walltimeSeconds === null
      ? []
      : [`+MaxRuntime = ${walltimeSeconds}`, `allowed_execute_duration = ${walltimeSeconds}`]),
    ...(jobflavour === null ? [] : [`+JobFlavour = ${JSON.stringify(jobflavour)}`]),
    ...extra,
  ]
}

/** An argument in the syntax of submit files. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll('"', '""')}'`
}

async function findWhere(constraint: string): Promise<ArrayId | null> {
  const [ad] = await query('condor_q', ['-constraint', constraint])
  if (ad === undefined) return null
  // "schedd#cluster.job#time"
  const schedd = ad.GlobalJobId?.split('#')[0]
  return { id: String(ad.ClusterId), ...(schedd === undefined ? {} : { schedd }) }
}

/** Logins to a pool may come to different queues: each array is asked for where it was submitted. */
function named(schedd: string | undefined): string[] {
  return schedd === undefined ? [] : ['-name', schedd]
}

function bySchedd(arrays: readonly ArrayId[]): Map<string | undefined, string[]> {
  const out = new Map<string | undefined, string[]>()
  for (const { id, schedd } of arrays) out.set(schedd, [...(out.get(schedd) ?? []), id])
  return out
}

async function query(program: 'condor_q' | 'condor_history', args: readonly string[]): Promise<JobAd[]> {
  const answer = await runProgram(program, [...args, '-json', '-attributes', ATTRIBUTES.join(',')])
  if (answer.status !== 0) throw new ClusterError(`${program}: ${wordsOf(answer)}`)
  try {
    return answer.stdout.trim() === '' ? [] : (JSON.parse(answer.stdout) as JobAd[])
  } catch {
    throw new ClusterError(`${program}: its answer is no JSON`)
  }
}

function addJob(view: Map<string, JobState>, ad: JobAd): void {
  if (ad.ProcId !== undefined) view.set(jobKey(String(ad.ClusterId), ad.ProcId), stateOf(ad))
}

/** Jobs of an array that the queue makes only when others have ended (--scaleout). */
function addUnmade(view: Map<string, JobState>, ad: JobAd): void {
  const { ClusterId, JobMaterializeNextProcId: next, TotalSubmitProcs: total } = ad
  if (next === undefined || total === undefined) return
  for (let job = next; job < total; job++) {
    view.set(jobKey(String(ClusterId), job), { state: 'pending', reason: 'waits for others (--scaleout)' })
  }
}

/** Codes of holds for memory: by the job's own limit, by the node, by the site's policy where its words say so. */
const MEMORY_CODES = [34]
const [IDLE, RUNNING, REMOVED, COMPLETED, HELD] = [1, 2, 3, 4, 5]

export function stateOf(ad: JobAd): JobState {
  const { JobStatus: status, HoldReason: held = '', HoldReasonCode: code = 0, RemoveReason: removed } = ad
  if (status === IDLE) return { state: 'pending', reason: '' }
  if (status === HELD) {
    const isMemory = MEMORY_CODES.includes(code) || /memory/i.test(held)
    return { state: 'held', reason: held, ...(isMemory ? { isMemory } : {}) }
  }
  if (status === REMOVED) return { state: 'ended', reason: removed ?? 'removed' }
  if (status === COMPLETED) {
    const { ExitBySignal, ExitSignal, ExitCode } = ad
    const reason = ExitBySignal === true ? `ended by signal ${ExitSignal}` : `exit status ${ExitCode ?? 'unknown'}`
    return { state: 'ended', reason }
  }
  // Running, giving back its files, or suspended.
  return { state: 'running', reason: status === RUNNING ? '' : `status ${status}` }
}
