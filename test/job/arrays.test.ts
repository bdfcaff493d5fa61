/** Branches of arrays of fixed length, one an event or one an object, as columns of tables. */
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

/** Entry i has the vertex [i, i + 0.25, i + 0.5] and the flags [i is odd, i is even]; electron e of the file the index e and the
 *  covariance [e, e + 0.25, e + 0.5]. */
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
  const { offsets } = branches.find(({ name }) => name === 'Electron_pt')!
  const electrons = offsets!.at(-1)!
  branches.push(
    {
      name: 'Electron_index',
      dtype: 'int32',
      counter: 'nElectron',
      offsets: offsets!,
      values: Int32Array.from({ length: electrons }, (_, k) => k),
    },
    {
      name: 'Electron_cov',
      dtype: 'float32',
      width: 3,
      counter: 'nElectron',
      offsets: offsets!,
      values: threes(electrons),
      baskets: [0, 40, 90],
    },
    {
      name: 'vertex',
      dtype: 'float32',
      width: 3,
      values: threes(entries),
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

function threes(n: number): Float32Array {
  return Float32Array.from({ length: 3 * n }, (_, k) => Math.floor(k / 3) + (k % 3) / 4)
}

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

/** Lists and arrays as arrays. */
const nested = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? Array.from(value as Iterable<unknown>, nested) : value

for (const isFlat of [true, false]) {
  test(`arrays of objects stand in tables${isFlat ? ' of pairs' : ' of events, as lists of arrays'}`, async () => {
    const vars = ['el_index', 'el_cov', 'tag_Ele_index', 'tag_Ele_cov', 'Electron_index', 'Electron_cov']
    const asked = isFlat ? vars.slice(0, 4) : vars
    const rows = await parquetRows(await run(`objects-${isFlat}`, { methods: arrays(asked, isFlat) }))
    equal(rows.length > 20, true)
    const covOf = (index: unknown): unknown =>
      typeof index === 'number' ? vertexOf(index) : (index as unknown[]).map(covOf)
    for (const row of rows) {
      equal(nested(row.el_cov), covOf(nested(row.el_index)))
      equal(nested(row.tag_Ele_cov), covOf(nested(row.tag_Ele_index)))
      if (!isFlat) equal(nested(row.Electron_cov), covOf(nested(row.Electron_index)))
    }
    for (const format of NTUPLE_FORMATS.filter(one => one !== 'parquet')) {
      const path = await run(`objects-${isFlat}-${format}`, { methods: arrays(asked, isFlat), format })
      const file = await openRootFile(path)
      const tree = await file.tree('Events')
      const columns = await tree.read(asked, 0, tree.entries)
      await file.close()
      for (const name of ['el', 'tag_Ele']) {
        const cov = columns.get(`${name}_cov`)!
        const index = columns.get(`${name}_index`)!
        is(cov.width, 3)
        equal(cov.offsets, index.offsets)
        is(cov.offsets === undefined, isFlat)
        equal([...cov.values], [...(index.values as Int32Array)].flatMap(vertexOf))
      }
    }
    for (const executor of ['threads', 'processes'] as const) {
      const how = { executor, workers: 2, maxChunkEvents: 50 }
      const path = await run(`objects-${isFlat}-${executor}`, { methods: arrays(asked, isFlat), how })
      equal(await parquetRows(path), rows)
    }
  })
}

test('nothing is computed from arrays of objects, and no table of pairs has their lists', async () => {
  const expression = { odd: 'cov > 1' }
  match(
    await problem('of-objects', { methods: arrays(['el_pt'], true), filters: expression }),
    'lists of 3 values each',
  )
  const histogram: RunnerDocument['methods'] = [
    { name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: ['el_cov'] } },
  ]
  const asked = { methods: histogram, filters: { tight: 'cutBased >= 4' }, binning: { el_cov_bins: [0, 1] } }
  match(await problem('hist-objects', asked), '"el_cov" has an array a pair, not one value a pair')
  match(await problem('lists', { methods: arrays(['Electron_cov'], true) }), '"Electron_cov": a list an event cannot')
})

test('"all" has the arrays of objects', async () => {
  for (const isFlat of [true, false]) {
    const [row] = await parquetRows(await run(`all-${isFlat}`, { methods: arrays('all', isFlat) }))
    is('el_cov' in row! && 'tag_Ele_cov' in row, true)
  }
})

test('a pipe of stages carries arrays', async () => {
  const job = {
    runner: dir.json('runner.json', {
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: { filters: {} },
      methods: [
        ...arrays(['el_pt', 'vertex', 'tag_Ele_cov'], true),
        ...arrays(['el_pt', 'flags', 'vertex', 'el_cov', 'Electron_cov'], false),
      ],
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
