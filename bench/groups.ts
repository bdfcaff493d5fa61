/** The benchmarks, in the order of the table: starting, opening, reading, the stages, writing, whole jobs. */
import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Compression } from '../test/support/root-compress.js'
import type { Group } from './group.js'
import { eventFiles, FULL, generated, QUICK, type Size, WORK } from './inputs.js'
import { BRANCHES, type JobKind, jobArguments } from './job.js'
import { RUN_ANALYSIS, runMeasured, runMicro } from './processes.js'

export interface SuiteOptions {
  /** Small inputs and few of them: to see that everything works. */
  readonly quick: boolean
  /** Event files to use in place of generated ones; empty: none. */
  readonly data: readonly string[]
  /** Further files to open and read the job's branches of. */
  readonly files: readonly string[]
}

/** Compressed with LZMA, which the generator cannot write. */
const LZMA_FILE = join('fixtures', 'root', 'nano-data.root')
const EXPRESSIONS = ['zcands.probe.cutBased >= 4', '(zcands.probe.pt > 30) & (np.abs(zcands.probe.eta) < 1.4442)']

export function allGroups(options: SuiteOptions): Group[] {
  const size = options.quick ? QUICK : FULL
  const repeats = options.quick ? 1 : 15
  return [
    ...startGroups(),
    ...openGroups(options.quick, repeats),
    ...readGroups(size, repeats, options.files),
    ...stageGroups(options.quick ? 1000 : 100_000, repeats),
    ...parquetGroups(options.quick ? 200 : 200_000, options.quick ? 1 : 3),
    ...jobGroups(size, options),
  ]
}

function startGroups(): Group[] {
  const version = { what: 'start: run-analysis --version', key: 'wall' }
  return [
    {
      lines: [version],
      run: () => {
        const { seconds, usage } = runMeasured(RUN_ANALYSIS, ['--version'])
        return { ms: { wall: 1000 * seconds }, events: null, usage }
      },
    },
    micro('start-worker', { bin: pathToFileURL(RUN_ANALYSIS).href }, null, [['start: a worker thread', 'ready']]),
  ]
}

function openGroups(quick: boolean, repeats: number): Group[] {
  return (quick ? [100] : [1600, 2700]).map(branches => ({
    lines: [
      { what: `open: ${branches} branches, first`, key: 'openFirst' },
      { what: `open: ${branches} branches, again`, key: 'openAgain' },
    ],
    run: async () => {
      const shape = { events: quick ? 100 : 1000, branches, electronFields: 0, compression: 'zstd' } as const
      return { ms: runMicro('read', { path: await generated(0, shape), branches: ['run'], repeats }), events: null }
    },
  }))
}

const range = (n: number, name: (k: number) => string): string[] => Array.from({ length: n }, (_, k) => name(k))

function readGroups(size: Size, repeats: number, files: readonly string[]): Group[] {
  const compressions: Compression[] = ['zstd', 'lz4', 'zlib', 'none']
  const codecFile = (compression: Compression) => () =>
    generated(0, { events: size.eventsPerFile, branches: 40, electronFields: 0, compression })
  const eventFile = async (): Promise<string> => (await eventFiles(1, size, []))[0]!
  const kinds: [what: string, branches: string[]][] = [
    ['20 flat float32 branches', range(20, k => `Quantity_x${20 * k + 1}`)],
    ['20 jagged float32 branches', range(20, k => `Electron_quantity${4 * Math.floor(k / 3) + (k % 3)}`)],
    ['20 bool branches', range(20, k => `HLT_Path${20 * k + 2}`)],
    ['2 64-bit branches', ['event', 'TrigObj_filterBits']],
  ]
  return [
    ...compressions.map(name => readGroup(`read: 18 branches, ${name}`, codecFile(name), BRANCHES, repeats)),
    ...[LZMA_FILE, ...files].map(path =>
      readGroup(
        `read: 18 branches of ${basename(path)}${path === LZMA_FILE ? ' (lzma)' : ''}`,
        path,
        BRANCHES,
        repeats,
      ),
    ),
    ...kinds.map(([what, branches]) => readGroup(`read: ${what}`, eventFile, branches, repeats)),
  ]
}

function readGroup(
  what: string,
  file: string | (() => Promise<string>),
  branches: readonly string[],
  repeats: number,
): Group {
  return {
    lines: [
      { what: `${what}, first`, key: 'readFirst' },
      { what: `${what}, again`, key: 'readAgain' },
    ],
    run: async () => {
      const ms = runMicro('read', { path: typeof file === 'string' ? file : await file(), branches, repeats })
      return { ms, events: ms.entries! }
    },
  }
}

function stageGroups(events: number, repeats: number): Group[] {
  const size = { events, repeats }
  const rows = 10 * events
  const fills = (['regular', 'variable'] as const).flatMap(kind =>
    [1, 2, 3, 4].map(dimensions =>
      micro('fill', { kind, dimensions, rows, repeats }, rows, again(`fill: ${dimensions} ${kind} axes`)),
    ),
  )
  return [
    micro('pair', size, events, again('pair: electrons')),
    micro('filter', { ...size, expression: null }, events, again('filter: HLT match')),
    ...EXPRESSIONS.map(text => micro('filter', { ...size, expression: text }, events, again(`filter: ${text}`))),
    ...fills,
  ]
}

function parquetGroups(rows: number, repeats: number): Group[] {
  const path = join(WORK, 'columns.parquet')
  return [
    micro('parquet', { kind: 'flat', columns: 150, rows, repeats, path }, rows, again('parquet: 150 flat columns')),
    micro('parquet', { kind: 'lists', columns: 20, rows, repeats, path }, rows, again('parquet: 20 list columns')),
  ]
}

const again = (what: string): [string, string][] => [
  [`${what}, first`, 'first'],
  [`${what}, again`, 'again'],
]

function micro(
  name: string,
  input: object,
  events: number | null,
  lines: readonly [what: string, key: string][],
): Group {
  return { lines: lines.map(([what, key]) => ({ what, key })), run: () => ({ ms: runMicro(name, input), events }) }
}

/** "1 worker" is the program's own thread, as the program chooses by itself for small jobs. */
const WORKERS: readonly (readonly [what: string, args: readonly string[]])[] = [
  ['1 worker', ['--executor', 'sync']],
  ['2 workers', ['--workers', '2']],
]

function jobGroups(size: Size, { quick, data }: SuiteOptions): Group[] {
  const counts = quick ? [1, 2] : [1, 10, 100]
  const main = counts.flatMap(files => WORKERS.map(([what, args]) => jobGroup('main', files, what, args, size, data)))
  return [...main, jobGroup('all', quick ? 1 : 10, ...WORKERS[0]!, size, data)]
}

export function jobGroup(
  kind: JobKind,
  files: number,
  workers: string,
  args: readonly string[],
  size: Size,
  data: readonly string[],
): Group {
  const what = kind === 'main' ? 'job' : 'job, all columns to Parquet'
  const events = data.length === 0 ? `${files * size.eventsPerFile} events` : `${files} files`
  const output = join(WORK, 'output')
  return {
    lines: [{ what: `${what}: ${events}, ${workers}`, key: 'wall' }],
    run: async () => {
      const given = jobArguments(kind, await eventFiles(files, size, data), data.length === 0)
      rmSync(output, { recursive: true, force: true })
      const { seconds, usage, stdout, stderr } = runMeasured(RUN_ANALYSIS, [...given, ...args, '--output', output])
      return { ms: { wall: 1000 * seconds }, events: eventsIn(stdout + stderr), usage }
    },
  }
}

/** What the program's summary says of the events. */
function eventsIn(text: string): number | null {
  const found = /^(\d+) events in /m.exec(text)
  return found === null ? null : Number(found[1])
}
