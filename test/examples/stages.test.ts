/** Stages of a user's own: the examples, README's, and what is said of mistakes. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import highland from 'highland'
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import {
  type Batch,
  closeTrees,
  defineFilter,
  defineSink,
  defineSource,
  type EventStage,
  type Hist,
  loadJob,
  openTree,
  parseUhiTree,
  partitions,
  runJob,
  sinkToWritable,
  sourceToReadable,
  toDuplex,
  UsageError,
} from '../../lib/index.js'
import { filesBelow, type Outcome, scratch, tnpPipe } from '../support/cli.js'
import { parquetRows } from '../support/nano-file.js'

const FILE = 'fixtures/root/nano-data.root'
const BUILT = fileURLToPath(new URL('../../', import.meta.url))
const TIGHT = join(BUILT, 'examples/two-tight-electrons.js')
const APART = `${join(BUILT, 'examples/opening-angle.js')}::apart`
const FILESET = {
  Data: {
    files: {
      [FILE]: {
        object_path: 'Events',
        steps: [
          [0, 100],
          [100, 240],
        ],
      },
    },
  },
}

function runner(vars: string[], filters: Record<string, string> = {}) {
  return {
    workflow: 'ElectronTagNProbeFromNanoAOD' as const,
    workflow_args: { filters: { tight: 'cutBased >= 4', ...filters } },
    methods: [{ name: 'get_tnp_arrays' as const, args: { vars, flat: true } }],
  }
}

async function command(
  verb: 'run' | 'explain',
  stages: readonly string[],
  vars = ['el_pt'],
  more: readonly string[] = [],
): Promise<Outcome & { readonly files: ReadonlyMap<string, unknown> }> {
  const dir = scratch()
  const args = ['--config', dir.json('r.json', runner(vars)), '--fileset', dir.json('f.json', FILESET)]
  const own = stages.flatMap(stage => ['--stage', stage])
  const outcome = await tnpPipe([verb, ...args, '--output', dir.path('out'), ...own, ...more])
  const files = outcome.status === 0 && verb === 'run' ? filesBelow(dir.path('out')) : new Map()
  dir.remove()
  return { ...outcome, files }
}

async function cutflow(stages: readonly string[]): Promise<Map<string, number>> {
  const dir = scratch()
  const { job } = loadJob({ config: runner(['el_pt']), fileset: FILESET, output: dir.path('out'), stages })
  const { datasets } = await runJob(job, { executor: 'sync' })
  dir.remove()
  return new Map(datasets[0]!.cutflow)
}

test('a stage on events leaves events out, and the rest of the run follows it', async () => {
  const all = await cutflow([])
  const cut = await cutflow([TIGHT])
  const left = cut.get('stage:two-tight-electrons')!
  ok(left > 0 && left < all.get('decode')!, String(left))
  ok(cut.get('pair')! > 0 && cut.get('pair')! < all.get('pair')!)
})

test('a stage and an extra_filter with the same cut write the same files', async () => {
  const dir = scratch()
  const door = JSON.stringify(new URL('../../lib/index.js', import.meta.url).href)
  const body = `defineStage({ name: 'three', reads: ['Electron_pt'], map: batch => {
    const at = offsetsOf(batch, 'Electron_pt')
    return keepEvents(batch, positions(Uint8Array.from({ length: batch.length }, (_, i) => (at[i + 1] - at[i] >= 3 ? 1 : 0))))
  } })`
  const names = 'defineStage, keepEvents, offsetsOf, positions'
  writeFileSync(dir.path('three.mjs'), `import { ${names} } from ${door}\nexport default ${body}\n`)
  const config = runner(['el_pt', 'tag_Ele_pt'])
  const filter = { extra_filter: 'fixtures/filters/two-electrons.mjs::asMask', extra_filter_args: { min: 3 } }
  const filtered = { ...config, workflow_args: { ...config.workflow_args, ...filter } }
  const none = loadJob({ config, fileset: FILESET, output: dir.path('none') })
  const own = loadJob({ config, fileset: FILESET, output: dir.path('own'), stages: [dir.path('three.mjs')] })
  const extra = loadJob({ config: filtered, fileset: FILESET, output: dir.path('extra') })
  for (const { job } of [none, own, extra]) await runJob(job, { executor: 'sync' })
  ok(filesBelow(dir.path('own')).size > 0)
  equal(filesBelow(dir.path('own')), filesBelow(dir.path('extra')))
  not.equal(filesBelow(dir.path('own')), filesBelow(dir.path('none')))
  dir.remove()
})

test('a stage on pairs leaves pairs out', async () => {
  const cut = await cutflow([APART])
  ok(cut.get('stage:apart')! > 0 && cut.get('stage:apart')! < cut.get('pair')!)
})

test('filters and vars may name a column that a stage adds', async () => {
  const dir = scratch()
  const door = JSON.stringify(new URL('../../lib/index.js', import.meta.url).href)
  const body = `defineStage({ name: 'half', reads: ['Electron_pt'], adds: { Electron_halfPt: 'float32' }, map: batch => {
    const pt = columnOf(batch, 'Electron_pt')
    return withColumns(batch, [['Electron_halfPt', { ...pt, values: pt.values.map(x => x / 2) }]])
  } })`
  const path = dir.path('half.mjs')
  writeFileSync(path, `import { columnOf, defineStage, withColumns } from ${door}\nexport default ${body}\n`)
  // Halving is exact, so the two filters must pass the same probes.
  const config = runner(['el_pt', 'el_halfPt'], { whole: 'pt > 40', half: 'halfPt > 20' })
  const { job } = loadJob({ config, fileset: FILESET, output: dir.path('out'), stages: [path] })
  const { datasets } = await runJob(job, { executor: 'sync' })
  const [, whole, half] = datasets[0]!.windows[0]!.filters
  ok(whole!.passing > 0 && whole!.failing > 0)
  equal({ ...half, filter: '' }, { ...whole, filter: '' })
  const bare = loadJob({ config, fileset: FILESET, output: dir.path('out') }).job
  let problem = ''
  await runJob(bare, { executor: 'sync' }).catch((error: Error) => (problem = error.message))
  match(problem, /halfPt/)
  dir.remove()
})

test('the built programs give the same files with every executor', async () => {
  const vars = ['el_pt', 'nTightElectrons']
  const sync = await command('run', [TIGHT, APART], vars, ['--executor', 'sync'])
  equal(sync.status, 0, sync.stderr)
  ok(sync.files.size > 0)
  for (const executor of ['threads', 'processes']) {
    const other = await command('run', [TIGHT, APART], vars, ['--executor', executor, '--workers', '2'])
    equal(other.status, 0, other.stderr)
    equal(other.files, sync.files)
  }
})

test('explain shows the stage, what it reads and where it stands', async () => {
  const { status, stdout, stderr } = await command('explain', [TIGHT, APART])
  equal(status, 0, stderr)
  match(stdout, /stage:two-tight-electrons {2}\[map\] {2}at least 2 electrons/)
  match(stdout, /stage:apart[\s\S]*reads Electron_phi/)
})

test('what is wrong with a stage is said in a line', async () => {
  const dir = scratch()
  const write = (name: string, body: string) => {
    const path = dir.path(name)
    const door = JSON.stringify(new URL('../../lib/index.js', import.meta.url).href)
    writeFileSync(path, `import { DataError, UsageError, defineStage } from ${door}\nexport default ${body}\n`)
    return path
  }
  const stage = (rest: string) => `defineStage({ name: 'own', ${rest} })`
  const cases: readonly (readonly [string, number, RegExp])[] = [
    ['nowhere.mjs', 2, /file "nowhere\.mjs" not found/],
    [`${TIGHT}::missing`, 2, /"missing" is no stage.*exports: default/],
    [write('a.mjs', stage(`reads: ['Electron_ptt'], map: b => b`)), 1, /"Electron_ptt" not found.*stage:own/],
    [write('b.mjs', stage(`map: () => { throw new Error('cucumber') }`)), 2, /failed on .*nano-data\.root: cucumber/],
    [write('c.mjs', stage(`map: () => 5`)), 2, /returned number, wanted a batch or null/],
    [
      write('d.mjs', stage(`map: () => { throw new UsageError([{ place: 'mine', message: 'no' }]) }`)),
      2,
      /error: mine: no/,
    ],
    [write('e.mjs', stage(`map: () => { throw new DataError('OSError', 'torn') }`)), 1, /error: torn \(OSError\)/],
  ]
  for (const [path, want, text] of cases) {
    for (const executor of ['sync', 'threads']) {
      const { status, stderr } = await command('run', [path], ['el_pt'], ['--executor', executor])
      equal(status, want, stderr)
      match(stderr, text)
      not.match(stderr, /\n\s+at /)
    }
  }
  dir.remove()
})

test("a source and a sink of one's own are the ends of a stream.pipeline", async () => {
  const seen: number[] = []
  const source = defineSource<number>({
    name: 'numbers',
    open: async function* () {
      for (let i = 0; i < 5; i++) yield i
    },
  })
  const sink = defineSink<number>({
    name: 'collect',
    drain: async items => {
      for await (const item of items) seen.push(item)
    },
  })
  const ctx = { signal: new AbortController().signal, log: { debug() {}, info() {}, warn() {} } }
  await pipeline(sourceToReadable(source, ctx), sinkToWritable(sink, ctx))
  equal(seen, [0, 1, 2, 3, 4])
  const failing = defineSink<number>({ name: 'failing', drain: () => Promise.reject(new Error('full')) })
  let message = ''
  await pipeline(sourceToReadable(source, ctx), sinkToWritable(failing, ctx)).catch((e: Error) => (message = e.message))
  equal(message, 'full')
})

test('a stage that a program gives runs on its thread, as one of a module does', async () => {
  const { default: stage } = (await import(pathToFileURL(TIGHT).href)) as { default: EventStage }
  const dir = scratch()
  const config = runner(['el_pt', 'nTightElectrons'])
  const load = (name: string, stages: (string | EventStage)[]) =>
    loadJob({ config, fileset: FILESET, output: dir.path(name), stages }).job
  const { executor } = await runJob(load('given', [stage]))
  equal(executor, 'sync')
  await runJob(load('module', [TIGHT]))
  ok(filesBelow(dir.path('given')).size > 0)
  equal(filesBelow(dir.path('given')), filesBelow(dir.path('module')))
  const problem = await runJob(load('two', [stage]), { workers: 2 }).then(
    () => null,
    (error: unknown) => error,
  )
  ok(problem instanceof UsageError)
  match((problem as UsageError).message, /stage two-tight-electrons: was given by the program/)
  dir.remove()
})

test('columns that a stage adds: their values, as axes, and counts event by event', async () => {
  const dir = scratch()
  const config = {
    ...runner(['el_pt', 'nTightElectrons']),
    methods: [
      { name: 'get_tnp_arrays' as const, args: { vars: ['nTightElectrons', 'nElectron'], flat: true } },
      {
        name: 'get_nd_tnp_histograms' as const,
        args: { filter: ['tight'], vars: ['nTightElectrons'], cut_and_count: true },
      },
    ],
  }
  const binning = { nTightElectrons_bins: [0, 1, 2, 3, 10] }
  const { job } = loadJob({ config, binning, fileset: FILESET, output: dir.path('out'), stages: [TIGHT] })
  const { datasets } = await runJob(job)
  const { tree, file } = await openTree(FILE, 'Events')
  const level = (await tree.read(['Electron_cutBased'], 0, 240)).get('Electron_cutBased')!
  const counts = Array.from({ length: 240 }, (_, i) => {
    const [first, stop] = [level.offsets![i]!, level.offsets![i + 1]!]
    return Array.from(level.values.subarray(first, stop) as Int32Array).filter(x => x >= 4).length
  })
  await file.close()
  await closeTrees()
  equal(new Map(datasets[0]!.cutflow).get('stage:two-tight-electrons'), counts.filter(n => n >= 2).length)
  const parts = [0, 1].map(p => dir.path(`out/Data/get_tnp_arrays_1/NTuples-part${p}.parquet`))
  const rows = (await Promise.all(parts.map(parquetRows))).flat()
  ok(rows.length > 0)
  for (const row of rows)
    ok((row.nTightElectrons as number) >= 2 && (row.nTightElectrons as number) <= Number(row.nElectron))
  const hists = parseUhiTree(readFileSync(dir.path('out/Data/get_nd_tnp_histograms_1/tight_histos.json'), 'utf8'), 'h')
  const { passing } = hists as { passing: Hist }
  equal(passing.axes[0]!.name, 'nTightElectrons')
  equal(
    passing.value.reduce((a, b) => a + b, 0),
    datasets[0]!.windows.find(w => w.window.startsWith('|mass'))!.filters[0]!.passing,
  )
  equal(passing.value.slice(0, 3), new Float64Array(3))
  dir.remove()
})

test("a stage goes through highland's .through, and a filter with its branches into extra_filter", async () => {
  const { default: stage } = (await import(pathToFileURL(TIGHT).href)) as { default: EventStage }
  const ctx = { signal: new AbortController().signal, log: { debug() {}, info() {}, warn() {} } }
  const { tree } = await openTree(FILE, 'Events')
  const columns = await tree.read(['Electron_cutBased'], 0, 100)
  await closeTrees()
  const [chunk] = partitions('Data', [{ path: FILE, tree: 'Events', steps: null }])
  const batch = { chunk: chunk!, length: 100, columns, events: null } as Batch
  const direct = (await stage.map(batch, ctx)) as Batch
  const duplex = toDuplex(stage, ctx) as unknown as (x: Highland.Stream<Batch>) => Highland.Stream<Batch>
  const through: Batch[] = []
  await new Promise<void>(done => {
    highland([batch])
      .through(duplex)
      .each(item => through.push(item))
      .done(done)
  })
  equal(through[0]!.events, direct.events)
  const filter = defineFilter(['Electron_pt'], ({ length }) => new Uint8Array(length))
  equal(filter.reads, ['Electron_pt'])
})

test('a TypeScript module that this Node cannot import says so', async () => {
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number]
  if (major > 22 || (major === 22 && minor >= 18)) return
  const { status, stderr } = await command('run', ['examples/two-tight-electrons.ts'])
  equal(status, 2)
  match(stderr, /TypeScript needs Node 22\.18 or later\. Compile it to JavaScript\./)
})

test.run()
