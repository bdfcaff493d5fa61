/** The parts of batch runs one by one: what is handed to batch systems, what they answer, names by content, groups. */
import { mkdirSync, readdirSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, not, ok, unreachable } from 'uvu/assert'
import { stateOf as condorState, submitFile } from '../../lib/batch/condor.js'
import { digest } from '../../lib/batch/digest.js'
import { RunFolder } from '../../lib/batch/folder.js'
import { type BatchResources, clockText } from '../../lib/batch/options.js'
import { grouped } from '../../lib/batch/passes.js'
import { runProgram } from '../../lib/batch/programs.js'
import { stateOf as slurmState, submitArguments } from '../../lib/batch/slurm.js'
import { submissions, submitGroups } from '../../lib/batch/submissions.js'
import type { BatchSystem, JobArray } from '../../lib/batch/system.js'
import type { Chunk } from '../../lib/core/types.js'
import { scratch } from '../support/cli.js'

const RESOURCES: BatchResources = {
  cores: 1,
  memoryBytes: 4e9,
  diskBytes: null,
  scaleout: null,
  queue: null,
  walltimeSeconds: null,
  jobflavour: null,
  extra: [],
  logFolder: null,
}
const ARRAY: JobArray = {
  tag: 'tnp-pipe-abc-1',
  list: "/run/it's/1.list",
  count: 3,
  script: '/run/1.sh',
  logs: '/run/50%/1',
  resources: RESOURCES,
}

test('sbatch gets the array, its limit, its logs and what jobs need', () => {
  equal(submitArguments(ARRAY), [
    '--parsable',
    '--job-name=tnp-pipe-abc-1',
    '--array=0-2',
    '--output=/run/50%%/1-%a.log',
    '--open-mode=append',
    '--ntasks=1',
    '--cpus-per-task=1',
    '--mem=3815M',
    '/run/1.sh',
    "/run/it's/1.list",
  ])
  ok(submitArguments({ ...ARRAY, resources: { ...RESOURCES, scaleout: 7 } }).includes('--array=0-2%7'))
})

test('condor_submit gets the same in its own words', () => {
  const resources = {
    ...RESOURCES,
    diskBytes: 1e9,
    scaleout: 7,
    walltimeSeconds: 7200,
    jobflavour: 'espresso',
    extra: ['x = 1'],
  }
  const text = submitFile({ ...ARRAY, resources })
  equal(text.trimEnd().split('\n'), [
    'universe = vanilla',
    'executable = /run/1.sh',
    `arguments = "'/run/it''s/1.list' '$(ProcId)' '$(ClusterId)'"`,
    'should_transfer_files = YES',
    'when_to_transfer_output = ON_EXIT',
    'transfer_output_files = ""',
    'error = /run/50%/1-$(ProcId).err',
    'output = /dev/null',
    'notification = never',
    'batch_name = tnp-pipe-abc-1',
    '+TnpPipeTag = "tnp-pipe-abc-1"',
    'request_cpus = 1',
    'request_memory = 3815',
    'request_disk = 976563',
    'max_materialize = 7',
    '+MaxRuntime = 7200',
    'allowed_execute_duration = 7200',
    '+JobFlavour = "espresso"',
    'x = 1',
    'queue 3',
  ])
})

test("Slurm's words for a job", () => {
  const told = (state: string, reason = 'None') => slurmState(state, reason)
  equal(told('PENDING', 'Priority'), { state: 'pending', reason: 'Priority' })
  equal(told('PENDING', 'JobHeldUser'), { state: 'held', reason: 'JobHeldUser' })
  equal(told('PENDING', 'launch failed requeued held'), { state: 'held', reason: 'launch failed requeued held' })
  equal(told('REQUEUE_HOLD'), { state: 'held', reason: 'REQUEUE_HOLD' })
  equal(told('RUNNING'), { state: 'running', reason: '' })
  equal(told('COMPLETING'), { state: 'running', reason: '' })
  equal(told('TIMEOUT', 'TimeLimit'), { state: 'ended', reason: 'TIMEOUT (TimeLimit)' })
  equal(told('FAILED', 'NonZeroExitCode'), { state: 'ended', reason: 'FAILED' })
  equal(told('OUT_OF_MEMORY'), { state: 'ended', reason: 'OUT_OF_MEMORY', isMemory: true })
  equal(told('CANCELLED by 0', ''), { state: 'ended', reason: 'CANCELLED by 0' })
})

test("HTCondor's words for a job", () => {
  const told = (ad: object) => condorState({ ClusterId: 1, ProcId: 0, ...ad })
  equal(told({ JobStatus: 1 }), { state: 'pending', reason: '' })
  equal(told({ JobStatus: 2 }), { state: 'running', reason: '' })
  equal(told({ JobStatus: 6 }), { state: 'running', reason: 'status 6' })
  equal(told({ JobStatus: 5, HoldReason: 'the disk is full', HoldReasonCode: 13 }), {
    state: 'held',
    reason: 'the disk is full',
  })
  const memory = { state: 'held', reason: 'Job has gone over cgroup memory limit of 128 megabytes', isMemory: true }
  equal(told({ JobStatus: 5, HoldReason: memory.reason, HoldReasonCode: 34 }), memory)
  equal(told({ JobStatus: 3, RemoveReason: 'via condor_rm (by user x)' }), {
    state: 'ended',
    reason: 'via condor_rm (by user x)',
  })
  equal(told({ JobStatus: 4, ExitBySignal: true, ExitSignal: 9 }), { state: 'ended', reason: 'ended by signal 9' })
  equal(told({ JobStatus: 4, ExitBySignal: false, ExitCode: 1 }), { state: 'ended', reason: 'exit status 1' })
})

test('times as Slurm writes them', () => {
  equal([7200, 86401, 59].map(clockText), ['02:00:00', '1-00:00:01', '00:00:59'])
})

test('equal content has one name, however it came together', () => {
  const name = digest({ a: [1, 'x', null], m: new Map([['k', Float64Array.of(1, 2)]]) })
  is(digest({ m: new Map([['k', Float64Array.of(1, 2)]]), a: [1, 'x', null], none: undefined }), name)
  const others = [
    { a: [1, 'x', null], m: new Map([['k', Float64Array.of(1, 3)]]) },
    { a: [1, 'x', null], m: new Map([['k', Float32Array.of(1, 2)]]) },
    { a: ['1', 'x', null], m: new Map([['k', Float64Array.of(1, 2)]]) },
    { a: [1, 'x'], m: new Map([['k', Float64Array.of(1, 2)]]) },
    { a: [1, 'x', -0], m: new Map([['k', Float64Array.of(1, 2)]]) },
    { a: [1, 'x', 0], m: new Map([['k', Float64Array.of(1, 2)]]) },
    { a: [1, 'x', undefined], m: new Map([['k', Float64Array.of(1, 2)]]) },
  ].map(digest)
  is(new Set([name, ...others]).size, others.length + 1)
  not.equal(digest(['ab', 'c']), digest(['a', 'bc']))
})

function chunk(start: number, stop: number | null, more: Partial<Chunk> = {}): Chunk {
  const place = { dataset: 'A', file: 'a.root', tree: 'Events', partition: 0, partitionStart: 0, partitionStop: null }
  return { ...place, start, stop, part: 0, parts: 1, isStep: false, ...more }
}

test('groups take neighbours up to the number of events, and never cut a chunk', () => {
  const facts = { dataset: 'A', phase: 'run' as const, eventsPerJob: 100, eventsPerFile: 40 }
  const sizes = (chunks: readonly Chunk[]) => [...grouped(chunks, facts)].map(group => group.length)
  equal(sizes([]), [])
  equal(sizes([chunk(0, 50), chunk(50, 100), chunk(100, 101)]), [2, 1])
  equal(sizes([chunk(0, 500), chunk(500, 510), chunk(510, 520)]), [1, 2])
  // Of files that were not opened, the first one's entries, or those that the fileset knows.
  equal(sizes([chunk(0, null), chunk(0, null), chunk(0, null)]), [2, 1])
  const known = chunk(0, null, { expected: { uuid: null, entries: 10 } })
  equal(sizes(Array.from({ length: 12 }, () => known)), [10, 2])
})

test('more than 1000 jobs are several arrays; where one is refused, those before are taken back', async () => {
  const files = scratch()
  mkdirSync(files.path('run'))
  const folder = new RunFolder(files.path('run'))
  folder.make()
  folder.writeDocument({ ...DOCUMENT, output: files.path('out') })
  const arrays: JobArray[] = []
  const cancelled: string[] = []
  const system: BatchSystem = {
    name: 'slurm',
    submit: async array => {
      if (arrays.push(array) === 6) throw new Error('refused')
      return { id: String(arrays.length) }
    },
    find: async () => null,
    poll: async () => new Map(),
    history: async () => new Map(),
    cancel: async ({ id }) => {
      cancelled.push(id)
    },
  }
  const work = Array.from({ length: 2500 }, (_, k) => ({ group: `g${k}`, pass: 'p' }))
  const context = { folder, system, resources: { ...RESOURCES, scaleout: 10 }, cwd: '/' }
  await submitGroups(work, context)
  equal(
    arrays.map(({ count, resources }) => [count, resources.scaleout]),
    [
      [1000, 3],
      [1000, 3],
      [500, 3],
    ],
  )
  equal(
    submissions(folder).map(({ number, groups }) => [number, groups.length]),
    [
      [1, 1000],
      [2, 1000],
      [3, 500],
    ],
  )
  const before = readdirSync(folder.file('submissions', '.'))
  await submitGroups(work, context).then(
    () => unreachable('it was accepted'),
    error => is((error as Error).message, 'refused'),
  )
  equal(cancelled, ['4', '5'])
  equal(readdirSync(folder.file('submissions', '.')), before)
  files.remove()
})

test('a batch system whose programs are not here is a mistake, with where to run instead', async () => {
  const error = await runProgram('none-such-program', []).then(
    () => unreachable('it ran') as never,
    e => e as Error,
  )
  is(error.name, 'UsageError')
  match(error.message, /none-such-program cannot be run here \(ENOENT\)\. Run this where jobs are submitted\./)
})

const DOCUMENT = {
  id: 'abc',
  version: '0',
  system: 'slurm' as const,
  created: '2024-01-01T00:00:00.000Z',
  command: [],
  cwd: '/',
  datasets: ['A'],
  resources: RESOURCES,
  identity: {},
}

test.run()
