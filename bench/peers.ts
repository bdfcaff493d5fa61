/** `npm run bench:peers [-- --runs N] [--only PATTERN] [--quick] [--json FILE] [--write]`: this program and its peers on the same
 *  files in turns, as ratios with their targets. Peers that are not there are left out, and stderr says so. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Compression } from '../test/support/root-compress.js'
import { countOption, patternOption } from './arguments.js'
import { eventFiles, FULL, generated, QUICK, WORK } from './inputs.js'
import { BRANCHES, type JobKind, jobArguments } from './job.js'
import { machine, machineText } from './machine.js'
import { betweenMarkers, type Claim, claimTable } from './peers/claims.js'
import { RUN_ANALYSIS, runCommand, runMeasured, runMicro } from './processes.js'
import { median } from './summary.js'

const { values: options } = parseArgs({
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
const python = process.env.TNP_PYTHON ?? 'python3'
const claims: Claim[] = []

type Times = Readonly<Record<string, number>>
const repeat = <T>(work: () => T): T[] => Array.from({ length: runs }, work)
const hasUproot = available('uproot', python, ['-c', 'import uproot'])
const hasEgamma = available('egamma-tnp', python, ['-c', 'import egamma_tnp'])

function available(name: string, command: string, args: readonly string[]): boolean {
  if (spawnSync(command, args).status === 0) return true
  process.stderr.write(`skipped: ${name} (${command} cannot import it; set TNP_PYTHON)\n`)
  return false
}

function uproot(files: readonly string[], branches: readonly string[], repeats = 0): Times {
  const input = JSON.stringify({ files: files.map(path => resolve(path)), branches, repeats })
  return JSON.parse(runCommand(python, ['bench/peers/uproot-read.py', input]).stdout) as Times
}

async function job(
  kind: JobKind,
  files: number,
  ...args: string[]
): Promise<() => { seconds: number; megabytes: number }> {
  const given = jobArguments(kind, await eventFiles(files, size, data), data.length === 0)
  const output = join(WORK, 'output')
  return () => {
    rmSync(output, { recursive: true, force: true })
    const { seconds, usage } = runMeasured(RUN_ANALYSIS, [...given, ...args, '--output', output])
    return { seconds, megabytes: usage.peakMiB * 1.048576 }
  }
}

async function claim(
  what: string,
  unit: string,
  sense: Claim['sense'],
  target: number,
  measure: () => Promise<number[]>,
) {
  if (only !== null && !only.test(what)) return
  process.stderr.write(`${what} ...\n`)
  claims.push({ what, value: median(await measure()), unit, sense, target })
}

const wholeJobs: readonly (readonly [files: number, kind: JobKind, target: number])[] = [
  [10, 'main', 0.1],
  [1, 'main', 0.6],
  [10, 'all', 1.2],
]
for (const [files, kind, target] of hasUproot ? wholeJobs : []) {
  const branches = kind === 'all' ? [...BRANCHES, 'Electron_*'] : BRANCHES
  await claim(`${kind} job, ${files} files / uproot reading its branches`, '', 'at most', target, async () => {
    const [ours, paths] = [await job(kind, files), await eventFiles(files, size, data)]
    return repeat(() => (1000 * ours().seconds) / uproot(paths, branches).total!)
  })
}
if (hasEgamma) {
  await claim("egamma-tnp's run-analysis / main job, 10 files", '', 'at least', 150, async () => {
    const ours = await job('main', 10)
    const given = jobArguments('main', await eventFiles(10, size, data), data.length === 0)
    const command = join(dirname(python), 'run-analysis')
    return [
      runCommand(command, [...given, '--output', join(WORK, 'peer-output')]).seconds /
        median(repeat(ours).map(run => run.seconds)),
    ]
  })
}
for (const [workers, target] of [
  [1, 150],
  [2, 200],
] as const) {
  for (const files of quick ? [2] : [10, 400]) {
    await claim(`peak memory, ${files} files, ${workers} workers`, 'MB', 'at most', target, async () => {
      const run = await job('main', files, ...(workers === 1 ? ['--executor', 'sync'] : ['--workers', '2']))
      return repeat(() => run().megabytes)
    })
  }
}
const [few, many, most] = quick ? [1, 2, 2] : [10, 100, 400]
await claim('events per second on one worker, beyond the start', 'events/s', 'at least', 800_000, async () => {
  const [short, long] = [await job('main', few!, '--executor', 'sync'), await job('main', many!, '--executor', 'sync')]
  return repeat(() => ((many! - few!) * size.eventsPerFile) / (long().seconds - short().seconds))
})
await claim(`one worker / two workers, ${most} files`, '', 'at least', 1.5, async () => {
  const [one, two] = [await job('main', most!, '--executor', 'sync'), await job('main', most!, '--workers', '2')]
  return repeat(() => one().seconds / two().seconds)
})
const wide = join(shared, 'data', 'nano_tt_v15.root')
const wideFile = async () =>
  existsSync(wide)
    ? wide
    : generated(0, { events: 100, branches: quick ? 100 : 2656, electronFields: 0, compression: 'zlib' })
const open = (path: string): number => runMicro('read', { path, branches: ['run'], repeats: 1 }).openFirst!
await claim('opening a wide tree, first', 'ms', 'at most', 15, async () => {
  const path = await wideFile()
  return repeat(() => open(path))
})
await claim('jsroot / opening a wide tree, first', '', 'at least', 8, async () => {
  const path = await wideFile()
  return repeat(() => {
    const { stdout } = runCommand(process.execPath, ['bench/peers/jsroot-open.mjs', resolve(path)])
    return (JSON.parse(stdout) as Times).openFirst! / open(path)
  })
})
const codecs: (readonly [name: string, path: () => Promise<string> | string, target: number])[] = (
  ['zstd', 'zlib', 'lz4'] satisfies Compression[]
).map(name => [
  name,
  () => generated(0, { events: size.eventsPerFile, branches: 40, electronFields: 0, compression: name }),
  1.5,
])
const lzma = join(shared, 'data', 'bench', 'dy20k_lzma.root')
codecs.push(['lzma', () => (existsSync(lzma) ? lzma : join('fixtures', 'root', 'nano-data.root')), 0.6])
for (const [name, file, target] of hasUproot ? codecs : []) {
  await claim(`uproot / reading 18 branches, ${name}`, '', 'at least', target, async () => {
    const path = await file()
    return repeat(
      () =>
        uproot([path], BRANCHES, 15).readAgain! /
        runMicro('read', { path, branches: BRANCHES, repeats: 15 }).readAgain!,
    )
  })
}
for (const [kind, columns] of [
  ['flat', 150],
  ['lists', 20],
] as const) {
  await claim(
    `writing Parquet, ${columns} ${kind === 'flat' ? 'flat' : 'list'} columns`,
    'rows/s',
    'at least',
    150_000,
    async () => {
      const rows = quick ? 200 : 200_000
      mkdirSync(WORK, { recursive: true })
      const input = { kind, columns, rows, repeats: 3, path: join(WORK, 'columns.parquet') }
      return repeat(() => (1000 * rows) / runMicro('parquet', input).again!)
    },
  )
}

const example = join(shared, 'cases', '01-cli-example')
if (existsSync(example) && !quick) {
  await claim('example command: 1,000 events, five methods, two datasets', 's', 'at most', 0.6, async () => {
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
for (const page of options.write ? ['README.md', join('docs', 'benchmarks.md')] : []) {
  writeFileSync(page, betweenMarkers(readFileSync(page, 'utf8'), text, page))
}
