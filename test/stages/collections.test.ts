/** Lists of one collection that have different lengths: no stage takes one column's shape for another's. */
import { copyFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, ok, throws } from 'uvu/assert'
import type { Batch, BranchInfo, Column, Layout } from '../../lib/core/types.js'
import { loadJob, runJob } from '../../lib/job/index.js'
import { decodeEvents, encodeEvents, encodePairs, withOrigin } from '../../lib/shell/batches.js'
import type { StreamFacts } from '../../lib/shell/facts.js'
import { collectionOf, findDisagreement, withCollectionCounters } from '../../lib/stages/collections.js'
import { closeTrees, decodeBranches, decodeLate, defineStage, withColumns } from '../../lib/stages/index.js'
import { collectionFields, resolveVariable, type VariableSpace } from '../../lib/stages/variables.js'
import { batchOf, chunk, ctx, flat, lists, pairsOf } from '../support/batches.js'
import { scratch, tnpPipe } from '../support/cli.js'
import { parquetRows } from '../support/nano-file.js'
import { type BranchSpec, rootFile } from '../support/root-writer.js'
import { bash } from '../support/shell.js'
import { sharedDir, testIf } from '../support/tools.js'

type Events = readonly (readonly number[])[]

const counter = (name: string, events: Events): BranchSpec => ({
  name,
  ...(flat(
    'uint32',
    events.map(e => e.length),
  ) as { dtype: 'uint32'; values: Uint32Array }),
})

/** A branch of lists; its counter is written as well where the name is that of the branch. */
function listed(name: string, events: Events, by = `n${name}`): BranchSpec[] {
  const { dtype, values, offsets } = lists('float32', events)
  return [...(by === `n${name}` ? [counter(by, events)] : []), { name, dtype, values, counter: by, offsets: offsets! }]
}

async function written(branches: readonly BranchSpec[], entries = 3): Promise<{ path: string; remove: () => void }> {
  const dir = scratch()
  const path = dir.path('odd.root')
  writeFileSync(path, await rootFile([{ path: 'Events', entries, branches }]))
  return { path, remove: () => dir.remove() }
}

async function failure(work: () => Promise<unknown>): Promise<string> {
  try {
    await work()
  } catch (error) {
    return (error as Error).message
  } finally {
    await closeTrees()
  }
  throw new Error('nothing was refused')
}

const PT = [[1, 2], [3], [4, 5]]
const SHORT = [[1, 2], [3], [4]]

async function decoded(branches: readonly BranchSpec[], names: readonly string[], layout: Layout | null = null) {
  const { path, remove } = await written(branches)
  try {
    const stage = decodeBranches({ branches: names, layout, nested: true })
    return (await stage.map({ ...chunk, file: path, tree: 'Events', start: 0, stop: 3 }, ctx)) as Batch
  } finally {
    await closeTrees()
    remove()
  }
}

test('a collection is what the counter says, else what stands before the first underscore', () => {
  equal(collectionOf('Electron_pt', 'nElectron'), 'Electron')
  equal(collectionOf('Electron_pt', 'nElectron_pt'), 'Electron')
  equal(collectionOf('Electron_mvaIso_WP90', 'nElectron_mvaIso_WP90'), 'Electron')
  equal(collectionOf('Electron_HEEP_pt', 'nElectron_HEEP'), 'Electron_HEEP')
  equal(collectionOf('Electron_pt', 'nOther'), 'Electron')
  equal(collectionOf('PSWeight', 'nPSWeight'), null)
})

test('an own counter that says less or more than the collection is refused with both, file and event', async () => {
  const more = [[1, 2], [3], [4, 5, 6]]
  for (const [eta, n] of [
    [SHORT, '1 element,'],
    [more, '3 elements,'],
  ] as const) {
    const message = await failure(() =>
      decoded(
        [counter('nElectron', PT), ...listed('Electron_pt', PT, 'nElectron'), ...listed('Electron_eta', eta)],
        ['Electron_pt', 'Electron_eta'],
      ),
    )
    match(message, /odd\.root > Events: the fields of Electron are not of one length: in entry 2 /)
    match(message, `branch "Electron_eta" (counter nElectron_eta) has ${n}`)
    match(message, 'branch "Electron_pt" (counter nElectron) 2.')
  }
})

test("own counters that agree with one another are held against the collection's, which the job does not ask for", async () => {
  const own = [...listed('Electron_pt', SHORT), ...listed('Electron_eta', SHORT)]
  const names = ['Electron_pt', 'Electron_eta']
  const message = await failure(() => decoded([counter('nElectron', PT), ...own], names))
  match(message, 'in entry 2 branch "Electron_pt" (counter nElectron_pt) has 1 element, counter nElectron 2.')
  // Where they agree, one offsets object and no column more.
  const { columns } = await decoded([counter('nElectron', SHORT), ...own], names)
  equal([...columns.keys()], names)
  is(columns.get('Electron_pt')!.offsets, columns.get('Electron_eta')!.offsets)
  // Without the collection's counter they are held against one another.
  equal([...(await decoded(own, names)).columns.keys()], names)
  const other = [...listed('Electron_pt', PT), ...listed('Electron_eta', SHORT)]
  match(await failure(() => decoded(other, names)), 'branch "Electron_pt" (counter nElectron_pt) 2.')
})

test('one value an event is no field of a collection', async () => {
  const scalar: BranchSpec = { name: 'Electron_charge', dtype: 'int32', values: Int32Array.of(1, -1, 1) }
  const message = await failure(() =>
    decoded(
      [counter('nElectron', PT), ...listed('Electron_pt', PT, 'nElectron'), scalar],
      ['Electron_pt', 'Electron_charge'],
    ),
  )
  match(message, '"Electron_charge" has one value an event, "Electron_pt" a list')
  // A record of the event may have lists beside single values.
  const record = [{ ...scalar, name: 'LHE_njets' }, ...listed('LHE_pdf', SHORT)]
  equal((await decoded(record, ['LHE_njets', 'LHE_pdf'])).columns.size, 2)
})

test("a branch that is of another shape than in the dataset's first file is refused", async () => {
  const info = (name: string, by: string | null, width = 1): BranchInfo => ({
    name,
    dtype: 'float32',
    counter: by,
    width,
    totalBytes: 0,
    zipBytes: 0,
  })
  const layoutOf = (branch: BranchInfo): Layout => ({
    names: [branch.name],
    has: name => name === branch.name,
    branch: name => (name === branch.name ? branch : undefined),
  })
  const values = Float32Array.of(1, 2, 3)
  const flatBranch = [{ name: 'rho', dtype: 'float32' as const, values }]
  match(
    await failure(() => decoded(flatBranch, ['rho'], layoutOf(info('rho', 'nrho')))),
    'branch "rho" is float32, the dataset\'s first file has a list of float32',
  )
  match(
    await failure(() => decoded(listed('rho', PT), ['rho'], layoutOf(info('rho', null)))),
    'branch "rho" is a list of float32, the dataset\'s first file has float32',
  )
  match(
    await failure(() => decoded(flatBranch, ['rho'], layoutOf(info('rho', null, 3)))),
    "the dataset's first file has 3 values of float32",
  )
  equal((await decoded(flatBranch, ['rho'], layoutOf(info('rho', null)))).length, 3)
})

test('columns that are read late are held against those that were read before', async () => {
  const { path, remove } = await written([
    counter('nElectron', PT),
    ...listed('Electron_pt', PT, 'nElectron'),
    ...listed('Electron_r9', SHORT),
    ...listed('Jet_pt', SHORT),
    counter('nJet', PT),
  ])
  try {
    const at = { ...chunk, file: path, tree: 'Events', start: 0, stop: 3 }
    const late = async (name: string) => {
      const batch = (await decodeBranches({ branches: ['Electron_pt'], layout: null, nested: true }).map(
        at,
        ctx,
      )) as Batch
      return decodeLate([name]).map(pairsOf({ batch, event: [0], tag: [0], probe: [1] }), ctx)
    }
    match(await failure(() => late('Electron_r9')), 'branch "Electron_r9" (counter nElectron_r9) has 1 element')
    match(await failure(() => late('Jet_pt')), 'branch "Jet_pt" (counter nJet_pt) has 1 element, counter nJet 2.')
  } finally {
    remove()
  }
})

test('the counter of a collection is read once, and only where branches have others', () => {
  const infos = new Map<string, Partial<BranchInfo>>([
    ['nElectron', { counter: null, dtype: 'uint32', width: 1 }],
    ['Electron_pt', { counter: 'nElectron_pt' }],
    ['Electron_eta', { counter: 'nElectron_eta' }],
    ['nJet', { counter: null, dtype: 'int32', width: 1 }],
    ['Jet_pt', { counter: 'nJet' }],
    ['nSV', { counter: null, dtype: 'float32', width: 1 }],
    ['SV_pt', { counter: 'nSV_pt' }],
  ])
  const layout = { has: (n: string) => infos.has(n), branch: (n: string) => infos.get(n) as BranchInfo | undefined }
  const of = (names: string[], present: Column | null = null) =>
    withCollectionCounters(names, layout, new Map(present === null ? [] : [['Electron_phi', present]]))
  equal(of(['Electron_pt', 'Electron_eta', 'Jet_pt', 'SV_pt']).slice(4), ['nElectron'])
  equal(of(['nElectron', 'Electron_pt']), ['nElectron', 'Electron_pt'])
  equal(of(['Electron_pt'], lists('float32', [])), ['Electron_pt'])
})

const info = (name: string, by: string | null): BranchInfo => ({
  name,
  dtype: 'float32',
  counter: by,
  width: 1,
  totalBytes: 0,
  zipBytes: 0,
})

function layoutWith(...branches: BranchInfo[]): Layout {
  const known = new Map(branches.map(b => [b.name, b]))
  return { names: [...known.keys()], has: n => known.has(n), branch: n => known.get(n) }
}

const HEEP = layoutWith(
  info('nElectron', null),
  info('nElectron_HEEP', null),
  info('Electron_HEEP_pt', 'nElectron_HEEP'),
  info('Electron_pt', 'nElectron'),
  info('Electron_count', null),
)

test('branches with a counter for their own prefix are a collection of its own', () => {
  const space: VariableSpace = {
    layout: HEEP,
    tags: 'Electron',
    probes: 'Electron',
    probePrefix: 'el_',
    added: new Map(),
  }
  equal(collectionFields(space, 'Electron'), ['pt', 'count'])
  equal(collectionFields(space, 'Electron_HEEP'), ['pt'])
  equal(resolveVariable('Electron_HEEP_pt', space, 'vars').shape, 'list')
  equal(resolveVariable('el_pt', space, 'vars').shape, 'pair')
  throws(
    () => resolveVariable('el_HEEP_pt', space, 'vars'),
    (e: { problems: { message: string }[] }) =>
      /"Electron_HEEP_pt" is counted by nElectron_HEEP: it is no field of Electron/.test(e.problems[0]!.message),
  )
  throws(
    () => resolveVariable('tag_Ele_count', space, 'vars'),
    (e: { problems: { message: string }[] }) => /has one value an event/.test(e.problems[0]!.message),
  )
})

test('pairs on the shell count from their own collection, whichever column comes first', () => {
  const batch = withOrigin(
    batchOf(2, { Electron_HEEP_pt: lists('float32', [[9], []]), Electron_pt: lists('float32', [[1], [2, 3]]) }),
  )
  const pairs = pairsOf({ batch, event: [1, 1], tag: [1, 2], probe: [2, 1] })
  const encoded = encodePairs(pairs, false, HEEP)
  const record = encoded.batch.columns.at(-1)!.children[0]!
  equal([...record.children[0]!.values!].map(Number), [0, 1])
  equal([...record.children[1]!.values!].map(Number), [1, 0])
})

test('an Arrow stream whose lists of one collection differ is refused, one of ntuples is not', () => {
  const batch = withOrigin(
    batchOf(2, { Electron_pt: lists('float32', [[1], [2, 3]]), Electron_eta: lists('float32', [[1], [2]]) }),
  )
  const { fields, batch: encoded } = encodeEvents(batch)
  const facts = { dataset: { name: 'D' } } as unknown as StreamFacts
  const schema = { fields, metadata: new Map() }
  throws(
    () => decodeEvents(schema, encoded, facts, HEEP),
    (e: { problems: { message: string }[] }) =>
      /columns of Electron are not of one length: in row 1 of a record batch "Electron_eta" has 1 element, "Electron_pt" 2/.test(
        e.problems[0]!.message,
      ),
  )
  equal(decodeEvents(schema, encoded, facts, null).length, 1)
})

test('equal lists that are not one array agree', () => {
  const columns = new Map([
    ['Electron_pt', lists('float32', PT)],
    ['Electron_HEEP_pt', lists('float32', SHORT)],
    ['Electron_phi', lists('float32', PT)],
  ])
  equal(findDisagreement(columns, HEEP), null)
})

const METHOD = 'get_tnp_arrays' as const
const RUNNER = {
  workflow: 'ElectronTagNProbeFromNanoAOD' as const,
  workflow_args: { filters: { loose: 'cutBased >= 2' }, tags_pt_cut: 0, probes_pt_cut: 0 },
  methods: [{ name: METHOD, args: { vars: ['el_pt'], flat: true } }],
}

test("what a stage of the user's own gives back is held to the shapes that it is taken for", async () => {
  const dir = scratch()
  const run = (name: string, column: (batch: Batch) => Column) => {
    const stage = defineStage({
      name: 'own',
      reads: ['Electron_pt'],
      map: batch => withColumns(batch, [[name, column(batch)]]),
    })
    const fileset = { D: { files: { 'fixtures/root/nano-data.root': 'Events' }, metadata: { isMC: false } } }
    const { job } = loadJob({ config: RUNNER, fileset, output: dir.path('out'), stages: [stage] })
    return runJob(job, { executor: 'sync' })
  }
  const pt = (batch: Batch) => batch.columns.get('Electron_pt')!
  const one = (n: number) => Int32Array.from({ length: n + 1 }, (_, i) => i)
  const cases: [string, (batch: Batch) => Column, RegExp][] = [
    [
      'Electron_x',
      b => ({ dtype: 'float32', values: new Float32Array(b.length), offsets: one(b.length) }),
      /columns of Electron are not of one length: in event \d+ of the batch "Electron_x" has 1 element, "Electron_\w+" \d/,
    ],
    [
      'Electron_x',
      b => ({ dtype: 'float32', values: new Float32Array(b.length) }),
      /"Electron_x" has one value an event/,
    ],
    [
      'Electron_x',
      b => ({ ...pt(b), values: pt(b).values.subarray(1) as Float32Array }),
      /column "Electron_x" has \d+ values, its lists \d+/,
    ],
    [
      'x',
      b => ({ dtype: 'float32', values: new Float32Array(b.length - 1) }),
      /column "x" has \d+ values for \d+ rows/,
    ],
  ]
  try {
    for (const [name, column, wanted] of cases) match(await failure(() => run(name, column)), wanted)
    equal((await run('Electron_x', pt)).datasets.length, 1)
  } finally {
    dir.remove()
  }
})

const odd = sharedDir() === null ? null : `${sharedDir()}/data/odd`

testIf(
  test,
  odd,
  'the shared material',
)('files that merges and skims have left: refused, in a run and in a pipe', async () => {
  const dir = scratch()
  const cases = [
    [
      'short-eta',
      'el_pt',
      'in entry 0 branch "Electron_eta" (counter nElectron_eta) has 1 element, counter nElectron 2',
    ],
    ['short-r9', 'el_r9', 'branch "Electron_r9" (counter nElectron_r9) has 1 element'],
  ] as const
  try {
    for (const [name, variable, wanted] of cases) {
      const file = `${odd}/${name}.root`
      const config = { ...RUNNER, methods: [{ name: METHOD, args: { vars: [variable], flat: true } }] }
      const fileset = { D: { files: { [file]: 'Events' }, metadata: { isMC: false } } }
      writeFileSync(dir.path('r.json'), JSON.stringify(config))
      writeFileSync(dir.path('f.json'), JSON.stringify(fileset))
      const run = await tnpPipe([
        'run',
        '--config',
        dir.path('r.json'),
        '--fileset',
        dir.path('f.json'),
        '--output',
        dir.path('out'),
      ])
      equal(run.status, 1, run.stderr)
      ok(run.stderr.includes(wanted), run.stderr)
      const pipe = await bash(
        'tnp-pipe chunks "$1" | tnp-pipe decode --branches "Electron_*,TrigObj_*,HLT_*,n*" | tnp-pipe pair --config "$2" > /dev/null',
        [dir.path('f.json'), dir.path('r.json')],
      )
      ok(pipe.status === 1 || pipe.status === 2, pipe.stderr)
      match(pipe.stderr, /columns of Electron are not of one length/)
    }
  } finally {
    dir.remove()
  }
})

testIf(
  test,
  odd,
  'the shared material',
)('Electron_HEEP with its own counter is left out of "all" and read as lists of its own', async () => {
  const dir = scratch()
  try {
    copyFileSync(`${odd}/prefix.root`, dir.path('prefix.root'))
    const fileset = { D: { files: { [dir.path('prefix.root')]: 'Events' }, metadata: { isMC: false } } }
    const rows = async (args: { vars: 'all' | string[]; flat: boolean }) => {
      const config = { ...RUNNER, methods: [{ name: METHOD, args }] }
      const { job } = loadJob({ config, fileset, output: dir.path('out') })
      await runJob(job, { executor: 'sync' })
      return parquetRows(dir.path('out/D/get_tnp_arrays_1/NTuples-part0.parquet'))
    }
    const all = await rows({ vars: 'all', flat: true })
    ok(all.length > 100)
    ok('el_pt' in all[0]! && !Object.keys(all[0]!).some(name => name.includes('HEEP')))
    const own = await rows({ vars: ['el_pt', 'Electron_HEEP_pt'], flat: false })
    ok(own.some(row => (row.el_pt as unknown[]).length > 1))
    ok(own.every(row => (row.Electron_HEEP_pt as unknown[]).length === 1))
  } finally {
    dir.remove()
  }
})

test.run()
