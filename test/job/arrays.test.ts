/** Branches of arrays, one of fixed length an event, as columns of tables. */
import { writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, instance, is, match } from 'uvu/assert'
import type { RunnerDocument } from '../../lib/config/index.js'
import { UsageError } from '../../lib/core/errors.js'
import { NTUPLE_FORMATS } from '../../lib/core/ntuple-format.js'
import { loadJob, type RunOptions, runJob } from '../../lib/job/index.js'
import { openRootFile } from '../../lib/root/index.js'
import { sameByPipe } from '../shell/outputs.js'
import { flat } from '../support/batches.js'
import { scratch } from '../support/cli.js'
import { parquetRows } from '../support/nano-file.js'
import { miniRows } from '../support/ntuple-file.js'
import { type BranchSpec, rootFile } from '../support/root-writer.js'

const dir = scratch()
test.after(() => dir.remove())

/** Entry i has the vertex [i, i + 0.25, i + 0.5] and the flags [i is odd, i is even]. */
async function nanoFile(): Promise<string> {
  const file = await openRootFile('fixtures/root/nano-data-2.root')
  const tree = await file.tree('Events')
  const { entries } = tree
  const branches: BranchSpec[] = []
  for (const [name, column] of await tree.read(tree.names, 0, entries)) {
    branches.push({
      name,
      ...column,
      ...(column.offsets === undefined ? {} : { counter: tree.branch(name)!.counter! }),
    })
  }
  await file.close()
  branches.push(
    {
      name: 'vertex',
      dtype: 'float32',
      width: 3,
      values: Float32Array.from({ length: 3 * entries }, (_, k) => Math.floor(k / 3) + (k % 3) / 4),
    },
    {
      name: 'flags',
      dtype: 'bool',
      width: 2,
      values: Uint8Array.from({ length: 2 * entries }, (_, k) => (Math.floor(k / 2) + k) % 2),
    },
    { name: 'number', dtype: 'int32', values: Int32Array.from({ length: entries }, (_, k) => k) },
  )
  const path = dir.path('nano.root')
  writeFileSync(path, await rootFile([{ path: 'Events', entries, branches }]))
  return path
}
const nano = await nanoFile()

interface Asked {
  readonly workflow?: 'ElectronTagNProbeFromNanoAOD' | 'ElectronTagNProbeFromMiniNTuples'
  readonly file?: string
  readonly methods: RunnerDocument['methods']
  readonly filters?: Readonly<Record<string, string>>
  readonly format?: 'parquet' | 'rntuple' | 'ttree'
  readonly binning?: Readonly<Record<string, readonly number[]>>
  readonly how?: RunOptions
}

/** The path of the first table. */
async function run(name: string, asked: Asked): Promise<string> {
  const {
    workflow = 'ElectronTagNProbeFromNanoAOD',
    file = nano,
    methods,
    filters = {},
    format = 'parquet',
    how = {},
    binning,
  } = asked
  const isNano = workflow.endsWith('NanoAOD')
  const { job } = loadJob({
    config: { workflow, workflow_args: { filters }, methods },
    fileset: { D: { files: { [file]: isNano ? 'Events' : 'fitter_tree' }, metadata: { isMC: false } } },
    output: dir.path(name),
    ntupleFormat: format,
    ...(binning === undefined ? {} : { binning }),
  })
  await runJob(job, { executor: 'sync', ...how })
  return dir.path(`${name}/D/get_tnp_arrays_1/NTuples-part0.${format === 'parquet' ? 'parquet' : 'root'}`)
}

const arrays = (vars: string[] | 'all', isFlat: boolean): RunnerDocument['methods'] => [
  { name: 'get_tnp_arrays', args: { vars, flat: isFlat, mass_range: null } },
]
const vertexOf = (n: number) => [n, n + 0.25, n + 0.5]
const flagsOf = (n: number) => [n % 2 === 1, n % 2 === 0]

for (const isFlat of [true, false]) {
  test(`arrays of an event stand in tables${isFlat ? ' of pairs' : ' of events'}`, async () => {
    const vars = ['el_pt', 'vertex', 'number', 'flags']
    const rows = await parquetRows(await run(`nano-${isFlat}`, { methods: arrays(vars, isFlat) }))
    equal(rows.length > 20, true)
    for (const row of rows) {
      const n = row.number as number
      equal([...(row.vertex as Iterable<number>)], vertexOf(n))
      equal([...(row.flags as Iterable<boolean>)], flagsOf(n))
    }
    const numbers = rows.map(row => row.number as number)
    for (const format of NTUPLE_FORMATS.filter(one => one !== 'parquet')) {
      const path = await run(`nano-${isFlat}-${format}`, { methods: arrays(vars, isFlat), format })
      const file = await openRootFile(path)
      const tree = await file.tree('Events')
      is(tree.branch('vertex')!.width, 3)
      const columns = await tree.read(['vertex', 'flags', 'number'], 0, tree.entries)
      await file.close()
      equal([...columns.get('number')!.values], numbers)
      equal([...columns.get('vertex')!.values], numbers.flatMap(vertexOf))
      equal([...columns.get('flags')!.values].map(Boolean), numbers.flatMap(flagsOf))
    }
    for (const executor of ['threads', 'processes'] as const) {
      const how = { executor, workers: 2, maxChunkEvents: 50 }
      equal(await parquetRows(await run(`nano-${isFlat}-${executor}`, { methods: arrays(vars, isFlat), how })), rows)
    }
  })
}

test('a pipe of stages carries arrays', async () => {
  const job = {
    runner: dir.json('runner.json', {
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: { filters: {} },
      methods: [...arrays(['el_pt', 'vertex'], true), ...arrays(['el_pt', 'flags', 'vertex'], false)],
    }),
    fileset: dir.json('fileset.json', { D: { files: { [nano]: 'Events' }, metadata: { isMC: false } } }),
  }
  await sameByPipe(job)
})

async function problem(name: string, asked: Asked): Promise<string> {
  try {
    await run(name, asked)
  } catch (error) {
    instance(error, UsageError)
    return (error as Error).message
  }
  throw new Error('it ran')
}

test('nothing is computed from arrays', async () => {
  const histogram: RunnerDocument['methods'] = [
    { name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: ['vertex'] } },
  ]
  const filters = { tight: 'cutBased >= 4' }
  const binning = { vertex_bins: [0, 1, 2] }
  const told = await problem('hist', { methods: histogram, filters, binning })
  match(told, '"vertex" has an array an event, not one value a pair')
})

test('"all" of ntuples has their arrays; filters on them are refused', async () => {
  const columns = { ...miniRows(), pair_mass: flat('float32', [91, 92, 93, 94, 95, 96, 97, 98]) }
  const branches: BranchSpec[] = Object.entries(columns).map(([name, { dtype, values }]) => ({ name, dtype, values }))
  branches.push({
    name: 'el_cov',
    dtype: 'float64',
    width: 2,
    values: Float64Array.from({ length: 16 }, (_, k) => k / 2),
  })
  const file = dir.path('mini.root')
  writeFileSync(file, await rootFile([{ path: 'fitter_tree', entries: 8, branches }]))
  const workflow = 'ElectronTagNProbeFromMiniNTuples'
  const rows = await parquetRows(await run('mini', { workflow, file, methods: arrays('all', true) }))
  equal(rows.length > 0, true)
  for (const row of rows) {
    const n = Number((row.event as bigint) - 2n ** 60n)
    equal([...(row.el_cov as Iterable<number>)], [n, n + 0.5])
  }
  const filters = { odd: 'el_cov' }
  const methods = arrays(['el_pt'], true)
  match(await problem('column', { workflow, file, methods, filters }), '"el_cov" has an array an event')
  const expression = { odd: 'events.el_cov > 1' }
  match(await problem('expression', { workflow, file, methods, filters: expression }), '"el_cov" has an array an event')
})

test.run()
