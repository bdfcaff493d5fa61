/** `npm run bench:peers [-- --runs N] [--only PATTERN] [--quick] [--json FILE] [--write]`: this program and its peers on the same
 *  files in turns, as ratios with their targets. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Compression } from '../test/support/root-compress.js'
import { countOption, parseCommandLine, patternOption } from './arguments.js'
import { eventFiles, FULL, generated, QUICK, WORK } from './inputs.js'
import { BRANCHES, type JobKind, jobArguments } from './job.js'
import { machine, machineText } from './machine.js'
import { betweenMarkers, type Claim, claimTable } from './peers/claims.js'
import { egammaCommand, findPython, grootReader, type Reading, type Times, uprootReader } from './peers/peers.js'
import { RUN_ANALYSIS, runCommand, runMeasured, runMicro } from './processes.js'
import { median } from './summary.js'

const USAGE = `npm run bench:peers [-- OPTIONS]: this program and its peers on the same files in turns, as ratios
  --runs N        runs of each (default 3, with --quick 1)
  --only PATTERN  lines that match
  --quick         small files
  --json FILE     results as JSON (default .work/bench/peers.json)
  --write         put the tables into README.md and docs/benchmarks.md`

const { values: options } = parseCommandLine(USAGE, {
  options: {
    runs: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const { quick } = options
const runs = countOption('runs', options.runs ?? (quick ? '1' : '3'))
const only = patternOption(options.only)
const size = quick ? QUICK : FULL
const shared = resolve('..', 'shared')
const sample = join(shared, 'data', 'bench', 'dy10k_zstd.root')
const data = !quick && existsSync(sample) ? [sample] : []
const claims: Claim[] = []

mkdirSync(WORK, { recursive: true })
const python = findPython()
const uproot = python === null ? null : uprootReader(python)
const groot = grootReader()

const repeat = <T>(work: () => T): T[] => Array.from({ length: runs }, work)
/** first / second, whose order changes from one to the next. */
const ratios = (first: () => number, second: () => number): number[] =>
  Array.from({ length: runs }, (_, k) => {
    if (k % 2 === 0) return first() / second()
    const below = second()
    return first() / below
  })

async function job(kind: JobKind, files: number, ...args: string[]) {
  const given = jobArguments(kind, await eventFiles(files, size, data), data.length === 0)
  const output = join(WORK, 'output')
  const run = (...more: string[]) => {
    rmSync(output, { recursive: true, force: true })
    return runMeasured(RUN_ANALYSIS, [...given, ...args, ...more, '--output', output])
  }
  const seconds = () => run().seconds
  const megabytes = () => run().usage.peakMiB * 1.048576
  /** What the job reads, as it says itself. */
  const branches = () => [...run('--print-necessary-columns').stderr.matchAll(/^ {2}(\w+)$/gm)].map(m => m[1]!)
  return { given, output, seconds, megabytes, branches }
}

async function claim(
  what: string,
  unit: string,
  sense: Claim['sense'],
  target: number | null,
  measure: () => Promise<number[]>,
) {
  if (only !== null && !only.test(what)) return
  process.stderr.write(`${what} ...\n`)
  claims.push({ what, value: median(await measure()), unit, sense, target })
}

const wholeJobs: readonly (readonly [what: string, files: number, kind: JobKind, target: number])[] = [
  ['100,000 events in ten files: job / uproot opening and reading the 18 branches', 10, 'main', 0.1],
  ['10,000 events in one file: job / uproot opening and reading the 18 branches', 1, 'main', 0.6],
  ['all columns of 100,000 events to Parquet: job / uproot opening and reading their branches', 10, 'all', 1.2],
]
for (const [what, files, kind, target] of uproot === null ? [] : wholeJobs) {
  await claim(what, '', 'at most', target, async () => {
    const [ours, paths] = [await job(kind, files), await eventFiles(files, size, data)]
    const branches = kind === 'all' ? ours.branches() : BRANCHES
    return ratios(ours.seconds, () => uproot!({ files: paths, branches }).total! / 1000)
  })
}
if (uproot !== null) {
  await claim('importing uproot / 100,000 events: whole job', '', 'at least', null, async () => {
    const [ours, paths] = [await job('main', 10), await eventFiles(1, size, data)]
    return ratios(() => uproot({ files: paths, branches: ['run'] }).import! / 1000, ours.seconds)
  })
}
if (python !== null) {
  await claim("100,000 events: egamma-tnp's run-analysis / job", '', 'at least', 150, async () => {
    const { given, seconds } = await job('main', 10)
    const output = join(WORK, 'peer-output')
    const theirs = () =>
      runCommand(egammaCommand(python), [...given, '--output', output, '--executor', 'threads']).seconds
    const between = [...repeat(seconds), theirs(), ...repeat(seconds)]
    const [peer] = between.splice(runs, 1)
    return [peer! / median(between)]
  })
}
for (const [workers, args, target] of [
  ['one worker', ['--executor', 'sync'], 150],
  ['two workers', ['--workers', '2'], 200],
] as const) {
  for (const files of quick ? [2] : [10, 400]) {
    await claim(`peak memory, ${files} files, ${workers}`, 'MB', 'at most', target, async () => {
      const { megabytes } = await job('main', files, ...args)
      return repeat(megabytes)
    })
  }
}
const [many, most] = quick ? [2, 2] : [100, 400]
await claim('1 M events on one worker, second pass of the process', 'events/s', 'at least', 800_000, async () => {
  const { given, output } = await job('main', many)
  const [, config, , settings, , fileset] = given
  const input = { config, settings, fileset, output, repeats: 1 }
  return repeat(() => (1000 * many * size.eventsPerFile) / runMicro('job', input).again!)
})
await claim('4 M events: one worker / two workers', '', 'at least', 1.5, async () => {
  const [one, two] = [await job('main', most, '--executor', 'sync'), await job('main', most, '--workers', '2')]
  return ratios(one.seconds, two.seconds)
})
for (const [what, files] of quick
  ? []
  : ([
      ['100,000 events', 10],
      ['4 M events', 400],
    ] as const)) {
  await claim(`${what}: default / the faster of one and two workers`, '', 'at most', null, async () => {
    const [given, one, two] = [
      await job('main', files),
      await job('main', files, '--executor', 'sync'),
      await job('main', files, '--workers', '2'),
    ]
    return ratios(given.seconds, () => Math.min(one.seconds(), two.seconds()))
  })
}

const wide = join(shared, 'data', 'nano_tt_v15.root')
const wideFile = async () =>
  existsSync(wide)
    ? wide
    : generated(0, { events: 100, branches: quick ? 100 : 2656, electronFields: 0, compression: 'zlib' })
const open = (path: string): number => runMicro('read', { path, branches: ['run'], repeats: 1 }).openFirst!
const jsroot = (path: string): number =>
  (JSON.parse(runCommand(process.execPath, ['bench/peers/jsroot-open.mjs', resolve(path)]).stdout) as Times).openFirst!
await claim('opening a tree of 2,656 branches, first in the process', 'ms', 'at most', 15, async () => {
  const path = await wideFile()
  return repeat(() => open(path))
})
await claim('opening it: jsroot / here', '', 'at least', 8, async () => {
  const path = await wideFile()
  return ratios(
    () => jsroot(path),
    () => open(path),
  )
})

const lzma = join(shared, 'data', 'bench', 'dy20k_lzma.root')
const codecs: (readonly [name: string, path: () => Promise<string> | string, target: number])[] = (
  ['zstd', 'zlib', 'lz4'] satisfies Compression[]
).map(name => [
  name.toUpperCase(),
  () => generated(0, { events: size.eventsPerFile, branches: 40, electronFields: 0, compression: name }),
  1.5,
])
codecs.push(['LZMA', () => (existsSync(lzma) ? lzma : join('fixtures', 'root', 'nano-data.root')), 0.6])
const ownRead = ({ files: [path], branches, repeats }: Reading) =>
  runMicro('read', { path, branches, repeats }).readAgain!
for (const [name, file, target] of codecs) {
  for (const [peer, read, least] of [
    ['uproot', uproot, target],
    ['groot', groot, null],
  ] as const) {
    if (read === null) continue
    await claim(`reading 18 branches again, ${name}: ${peer} / here`, '', 'at least', least, async () => {
      const reading = { files: [await file()], branches: BRANCHES, repeats: 15 }
      return ratios(
        () => read(reading).readAgain!,
        () => ownRead(reading),
      )
    })
  }
}
for (const [kind, columns, what] of [
  ['flat', 150, '150 flat columns'],
  ['lists', 20, '20 list columns'],
] as const) {
  await claim(`writing Parquet, ${what}`, 'rows/s', 'at least', 150_000, async () => {
    const rows = quick ? 200 : 200_000
    const input = { kind, columns, rows, repeats: 3, path: join(WORK, 'columns.parquet') }
    return repeat(() => (1000 * rows) / runMicro('parquet', input).again!)
  })
}

const example = join(shared, 'cases', '01-cli-example')
if (existsSync(example) && !quick) {
  await claim('example command: 2 x 1,000 events, five methods', 's', 'at most', 0.6, async () => {
    const given = ['runner:config', 'settings:settings', 'fileset:fileset', 'binning:binning'].flatMap(pair => {
      const [file, option] = pair.split(':')
      return [`--${option}`, resolve(example, `${file}.json`)]
    })
    const output = resolve(WORK, 'output')
    return repeat(() => {
      rmSync(output, { recursive: true, force: true })
      const args = [resolve(RUN_ANALYSIS), ...given, '--output', output]
      return runCommand(process.execPath, args, {}, join(shared, 'data')).seconds
    })
  })
}

if (claims.length === 0) throw new Error(`--only ${options.only}: nothing of that name could be measured`)
const facts = machine()
const text = `${machineText(facts)}; medians of ${runs} runs\n\n${claimTable(claims)}`
process.stdout.write(`${text}\n`)
const json = options.json ?? join(WORK, 'peers.json')
mkdirSync(dirname(json), { recursive: true })
writeFileSync(json, `${JSON.stringify({ machine: facts, runs, claims }, null, 2)}\n`)
// README has what is promised, the page everything.
const promised = `${machineText(facts)}; medians of ${runs} runs\n\n${claimTable(claims.filter(c => c.target !== null))}`
const pages = [
  ['README.md', promised],
  [join('docs', 'benchmarks.md'), text],
] as const
for (const [page, table] of options.write ? pages : []) {
  writeFileSync(page, betweenMarkers(readFileSync(page, 'utf8'), table, page))
}
