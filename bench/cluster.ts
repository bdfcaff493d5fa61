/** `npm run bench:cluster [-- --runs N] [--only PATTERN] [--quick] [--json FILE]`: what tasks, partials and whole jobs cost on a real
 *  Dask, with everything on this machine; docs/campaigns.md says how to read it. The costs go to a JSON file for `bench:campaign`. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { countOption, parseCommandLine, patternOption } from './arguments.js'
import { BOUNDS, costsOf, MEASURED, type MeasuredCosts } from './campaign/costs.js'
import { simulate } from './campaign/simulate.js'
import { startDask } from './cluster/dask.js'
import { KINDS, type PartialKind } from './cluster/partials.js'
import type { Work } from './cluster/worker.js'
import { eventFiles, FULL, generated, QUICK, WORK } from './inputs.js'
import { type JobKind, jobArguments } from './job.js'
import { machine, machineText } from './machine.js'
import { RUN_ANALYSIS, runMeasured, runMicro } from './processes.js'
import { median } from './summary.js'

const USAGE = `npm run bench:cluster [-- OPTIONS]: what tasks, partials and jobs cost on Dask
  --runs N        runs of each, of which the median counts (default 3, with --quick 1)
  --only PATTERN  parts that match: tasks, partials, merge, slow, validate, workloads,
                  overhead
  --quick         few and small ones: whether everything runs, not how fast
  --json FILE     costs as JSON (default .work/bench/cluster.json; written where tasks and merge were measured)
TNP_PYTHON names a Python with distributed, else it is python3.`

const { values: options } = parseCommandLine(USAGE, {
  options: {
    runs: { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})
const { quick } = options
const runs = countOption('runs', options.runs ?? (quick ? '1' : '3'))
const only = patternOption(options.only)
const python = process.env.TNP_PYTHON || 'python3'
if (spawnSync(python, ['-c', 'import distributed']).status !== 0) {
  process.stderr.write(`${python} has no Dask: set TNP_PYTHON, or ${python} -m pip install distributed\n`)
  process.exit(2)
}
const PARTIAL_BYTES = 15e6
/** 20,000 events; the generator does not write LZMA. */
const LZMA = join('..', 'shared', 'data', 'bench', 'dy20k_lzma.root')
/** Workers, tasks, seconds and bytes of each. */
const VALIDATION = [
  [2, 60, 0.5, 0],
  [4, 120, 0.5, 0],
  [2, 200, 0.1, 1e6],
  [4, 400, 0.2, 1e6],
] as const
const UNLIMITED = {
  spread: 0,
  networkBytesPerSecond: Infinity,
  storageBytesPerSecond: Infinity,
  startSeconds: 0,
  workersPerSecond: Infinity,
}
const lines: string[] = []
const say = (...cells: readonly string[]) => {
  lines.push(`| ${cells.join(' | ')} |`)
  process.stderr.write(`${lines.at(-1)}\n`)
}
const wanted = (part: string) => only === null || only.test(part)
const ms = (value: number) => `${value < 10 ? value.toPrecision(2) : value.toFixed(0)} ms`

type Times = Readonly<Record<string, number>>

/** Medians, key by key. */
function repeated(work: () => Times): Times {
  const all = Array.from({ length: runs }, work)
  return Object.fromEntries(Object.keys(all[0]!).map(key => [key, median(all.map(one => one[key]!))]))
}

/** One driver on `workers` workers. */
async function drive(workers: number, tasks: number, work: Partial<Work>): Promise<Times> {
  const dask = await startDask(python, workers)
  try {
    const { address, scheduler, workers: pids } = dask
    const all = { kind: 'data', bytes: 0, seconds: 0, firstSeconds: work.seconds ?? 0, ...work } satisfies Work
    return repeated(() => runMicro('cluster-driver', { python, address, scheduler, workers: pids, tasks, work: all }))
  } finally {
    await dask.stop()
  }
}

const perTask = (times: Times, tasks: number, key: string) => times[key]! / tasks

process.stderr.write(`${machineText(machine())}; ${runs} runs each\n`)
say('what', 'measured')
say('---', '---')
const measured: { -readonly [K in keyof MeasuredCosts]?: MeasuredCosts[K] } = {}
const STATIONS = ['driver', 'bridge', 'scheduler', 'workers'] as const

if (wanted('tasks')) {
  const tasks = quick ? 50 : 2000
  const times = await drive(2, tasks, {})
  say('tiny tasks, two workers', `${((1000 * tasks) / times.wall!).toFixed(0)} tasks/s`)
  const each = Object.fromEntries(STATIONS.map(key => [key, perTask(times, tasks, key)])) as Record<string, number>
  for (const key of STATIONS) say(`a task, processor time: ${key}`, ms(each[key]!))
  measured.task = { driver: each.driver!, bridge: each.bridge!, scheduler: each.scheduler!, workers: each.workers! }
}
if (wanted('partials')) {
  for (const kind of KINDS) {
    const bytes = quick ? 1e5 : PARTIAL_BYTES
    const found = repeated(() => runMicro('partial', { kind, bytes, repeats: quick ? 1 : 9 }))
    const { bytes: sent, pack, encode, decode, merge, mergePlain } = found as Record<string, number>
    const worker = `packed in ${ms(pack!)}, encoded in ${ms(encode!)}`
    const plain = kind === 'noise' ? '' : ` (unpacked ${ms(mergePlain!)})`
    const driver = `decoded in ${ms(decode!)}, merged in ${ms(merge!)}${plain}`
    say(`a partial of ${bytes / 1e6} MB, ${kind}`, `${(sent! / 1e6).toFixed(2)} MB sent; ${worker}; ${driver}`)
  }
}
if (wanted('merge')) {
  for (const kind of ['data', 'spread', 'noise'] satisfies PartialKind[]) {
    const [tasks, bytes] = quick ? [10, 1e6] : [200, PARTIAL_BYTES]
    const times = await drive(2, tasks, { kind, bytes })
    const memory = `driver ${times.driverMB!.toFixed(0)} MB + bridge ${times.bridgeMB!.toFixed(0)} MB`
    say(`${tasks} partials of ${bytes / 1e6} MB, ${kind}`, `${(times.wall! / 1000).toFixed(1)} s, ${memory}`)
    if (kind === 'noise') {
      const perByte = (key: string) => times[key]! / (tasks * bytes)
      const each = { driver: perByte('driver'), bridge: perByte('bridge'), scheduler: perByte('scheduler') }
      measured.byte = { ...each, workers: perByte('workers') }
      for (const key of STATIONS) say(`a MB, processor time: ${key}`, ms(1e6 * measured.byte[key]))
    }
  }
}
if (wanted('slow')) {
  const [tasks, bytes] = quick ? [10, 1e6] : [200, PARTIAL_BYTES]
  const times = await drive(2, tasks, { kind: 'noise', bytes, firstSeconds: quick ? 1 : 10 })
  const memory = `driver ${times.driverMB!.toFixed(0)} MB + bridge ${times.bridgeMB!.toFixed(0)} MB`
  say(`the same, the first task takes 10 s`, `${(times.wall! / 1000).toFixed(1)} s, ${memory}`)
}
if (wanted('validate')) {
  // Where they were not measured in this run: those of the page.
  const costs = costsOf({ ...MEASURED, ...measured })
  for (const [workers, tasks, seconds, bytes] of quick ? [[2, 8, 0.1, 0] as const] : VALIDATION) {
    const times = await drive(workers, tasks, { kind: 'noise', bytes, seconds })
    const campaign = { workers, tasks, task: { seconds, inputBytes: 0, resultBytes: bytes }, ...UNLIMITED }
    const simulated = simulate(campaign, costs, BOUNDS).seconds
    const ratio = `simulated ${simulated.toFixed(2)} s: ${((1000 * simulated) / times.wall!).toFixed(2)} of it`
    const what = `${tasks} sleeping tasks of ${seconds} s, ${bytes / 1e6} MB each, ${workers} workers`
    say(what, `${(times.wall! / 1000).toFixed(2)} s; ${ratio}`)
  }
}
if (wanted('workloads')) {
  const shape = { events: quick ? 2000 : 400_000, branches: 120, electronFields: 66, compression: 'zstd' } as const
  const zstd = quick ? (await eventFiles(1, QUICK, []))[0]! : await generated(0, shape)
  const of = (name: string, kind: JobKind, path: string) => {
    const given = jobArguments(kind, [path], false)
    const documents = Object.fromEntries(given.flatMap((arg, k) => (k % 2 === 0 ? [[arg.slice(2), given[k + 1]]] : [])))
    const found = repeated(() => runMicro('workload', { ...documents, output: join(WORK, 'output') }))
    const { eventsPerSecond, inputBytes, resultBytes, chunkEvents } = found as Record<string, number>
    const sizes = `${inputBytes!.toFixed(0)} B read, ${resultBytes!.toFixed(2)} B sent an event`
    say(name, `${eventsPerSecond!.toFixed(0)} events/s; ${sizes}; chunks of ${chunkEvents!.toFixed(0)}`)
  }
  of('histograms, ZSTD', 'main', zstd)
  of('all columns to Parquet, ZSTD', 'all', zstd)
  if (existsSync(LZMA)) of('histograms, LZMA', 'main', LZMA)
}
if (wanted('overhead')) {
  const files = quick ? 2 : 400
  const given = jobArguments('main', await eventFiles(files, quick ? QUICK : FULL, []), true)
  const output = join(WORK, 'output')
  const cluster = ['--executor', 'distributed', '--scaleout', '2', '--python', python]
  const times = repeated(() => {
    const timed = (args: readonly string[]) => {
      rmSync(output, { recursive: true, force: true })
      return runMeasured(RUN_ANALYSIS, [...given, ...args, '--output', output]).seconds
    }
    return { local: timed(['--workers', '2']), cluster: timed(cluster) }
  })
  const events = files * (quick ? QUICK : FULL).eventsPerFile
  say(
    `${events} events, two workers: local, distributed`,
    `${times.local!.toFixed(1)} s, ${times.cluster!.toFixed(1)} s`,
  )
}
process.stdout.write(`${lines.join('\n')}\n`)
if (measured.task !== undefined && measured.byte !== undefined) {
  const json = options.json ?? join(WORK, 'cluster.json')
  mkdirSync(dirname(json), { recursive: true })
  writeFileSync(json, `${JSON.stringify({ machine: machine(), runs, ...measured }, null, 2)}\n`)
  process.stderr.write(`costs: ${json}\n`)
}
