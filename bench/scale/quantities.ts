/** What is doubled, and how one amount of it is measured. */
import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { eventFiles, generated, WORK, writeJson } from '../inputs.js'
import { type MeasuredRun, RUN_ANALYSIS, runMeasured, runPipe, TNP_PIPE } from '../processes.js'
import {
  argumentsOf,
  documentsOf,
  filesetOf,
  HISTOGRAMS,
  MASS_BINS,
  manyCells,
  manyFilters,
  manyVariables,
  type ScaleJob,
  TABLES,
} from './jobs.js'

export interface Quantity {
  readonly what: string
  /** Each the double of the one before. */
  readonly amounts: readonly number[]
  readonly run: (amount: number) => Promise<MeasuredRun>
  /** Peak memory does not depend on the amount. */
  readonly isConstant: boolean
}

/** Small files, so that what a file costs is seen, not what its events cost. */
const SMALL = { eventsPerFile: 100, branches: 150, electronFields: 66 }
const TWO = ['--workers', '2'] as const
const FILES = [1250, 2500, 5000, 10_000]
const DATASETS = [38, 75, 150, 300]
const FILTERS = [63, 125, 250, 500]
const VARIABLES = [125, 250, 500, 1000]
const ETA_BINS = 50
const CELLS = [31, 63, 125, 250].map(ptBins => ptBins * ETA_BINS * MASS_BINS)
const QUICK_DIVISOR = 20

/** quick: small amounts, to see that everything works. */
export function quantities(quick: boolean): Quantity[] {
  const of = (amounts: readonly number[]) => (quick ? amounts.map(n => Math.ceil(n / QUICK_DIVISOR)) : amounts)
  const files = of(FILES)
  const datasets = of(DATASETS)
  return [
    quantity('files, histograms', files, true, n => runJob(HISTOGRAMS, n, n, TWO)),
    quantity('files, tables', files, true, n => runJob(TABLES, n, n, TWO)),
    quantity('files, tables, one worker', files, true, n => runJob(TABLES, n, n, ['--executor', 'sync'])),
    quantity('files, tables, two processes', files, true, n =>
      runJob(TABLES, n, n, ['--executor', 'processes', ...TWO]),
    ),
    quantity('files, continued from the journal', files, false, resumed),
    quantity('files, preprocess', files, true, n => preprocess(n, n)),
    quantity('files, explain', files, false, explain),
    quantity('files, pipe from chunks to merge', files, true, pipe),
    quantity('datasets, histograms', datasets, true, n => runJob(HISTOGRAMS, n, 1, TWO)),
    quantity('datasets, tables', datasets, true, n => runJob(TABLES, n, 1, TWO)),
    quantity('datasets, preprocess', datasets, true, n => preprocess(n, 1)),
    quantity('filters', of(FILTERS), false, n => onOneFile(manyFilters(n))),
    quantity('cells of a histogram', of(CELLS), false, n => onOneFile(manyCells(n / ETA_BINS / MASS_BINS, ETA_BINS))),
    quantity('variables of a table', of(VARIABLES), false, n => onOneFile(manyVariables(n))),
  ]
}

function quantity(
  what: string,
  amounts: readonly number[],
  isConstant: boolean,
  run: (amount: number) => Promise<MeasuredRun>,
): Quantity {
  return { what, amounts, run, isConstant }
}

function output(): string {
  const folder = join(WORK, 'output')
  rmSync(folder, { recursive: true, force: true })
  return folder
}

async function filesetFor(files: number, filesEach: number): Promise<object> {
  return filesetOf(await eventFiles(files, SMALL, []), filesEach)
}

async function runJob(job: ScaleJob, files: number, filesEach: number, args: readonly string[]): Promise<MeasuredRun> {
  const given = argumentsOf(job, await filesetFor(files, filesEach))
  return runMeasured(RUN_ANALYSIS, [...given, ...args, '--output', output()])
}

/** One file, whose electrons have as many fields as the largest table asks for. */
async function onOneFile(job: ScaleJob): Promise<MeasuredRun> {
  const most = VARIABLES.at(-1)!
  const path = await generated(0, { events: 1000, branches: most + 100, electronFields: most, compression: 'zstd' })
  return runMeasured(RUN_ANALYSIS, [
    ...argumentsOf(job, filesetOf([path], 1)),
    '--executor',
    'sync',
    '--output',
    output(),
  ])
}

/** Stops before its last file, as if it were killed there, where BENCH_STOP names it. */
const STOPPING_STAGE = `let stop = process.env.BENCH_STOP
export default {
  kind: 'map',
  on: 'events',
  name: 'stopping',
  adds: [],
  addedTypes: {},
  map: batch => {
    if (batch.chunk.file === stop) throw new Error('stopped')
    return batch
  },
}
`

/** What is measured is the run that continues one which was stopped at its last file. */
async function resumed(files: number): Promise<MeasuredRun> {
  const stage = resolve(WORK, 'stopping.mjs')
  writeFileSync(stage, STOPPING_STAGE)
  const paths = await eventFiles(files, SMALL, [])
  const given = [...argumentsOf(TABLES, filesetOf(paths, files)), '--stage', stage, '--executor', 'sync']
  const folder = output()
  let wasStopped = false
  try {
    runMeasured(RUN_ANALYSIS, [...given, '--output', folder], undefined, { BENCH_STOP: paths.at(-1)! })
  } catch (error) {
    wasStopped = (error as Error).message.includes('stopped')
    if (!wasStopped) throw error
  }
  if (!wasStopped) throw new Error('the run to be continued was not stopped')
  return runMeasured(RUN_ANALYSIS, [...given, '--output', folder, '--resume'])
}

async function preprocess(files: number, filesEach: number): Promise<MeasuredRun> {
  const fileset = writeJson('scale-fileset.json', await filesetFor(files, filesEach))
  return runMeasured(TNP_PIPE, ['preprocess', fileset, '--available', join(WORK, 'scale-preprocessed.json.gz')])
}

async function explain(files: number): Promise<MeasuredRun> {
  const documents = documentsOf(TABLES, await filesetFor(files, files))
  return runMeasured(TNP_PIPE, ['explain', ...documents, '--output', output()])
}

async function pipe(files: number): Promise<MeasuredRun> {
  const [, config, , settings, , fileset] = documentsOf(HISTOGRAMS, await filesetFor(files, files))
  const chunks = ['chunks', fileset!, '--config', config!, '--settings', settings!, '--duplicate-files', 'keep']
  const stages = ['decode', 'golden', 'pair', 'filter', 'fill', 'merge'].map(name => [name])
  return runPipe(TNP_PIPE, [chunks, ...stages], join(WORK, 'scale-merged.jsonl'))
}
