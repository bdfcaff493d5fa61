/** Stages of a user's own: the examples, README's, and what is said of mistakes. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import { equal, match, not, ok } from 'uvu/assert'
import { defineSink, defineSource, loadJob, runJob, sinkToWritable, sourceToReadable } from '../../lib/index.js'
import { filesBelow, type Outcome, scratch, tnpPipe } from '../support/cli.js'

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

test("README's stage runs as it is printed", () => {
  const code = /<!-- example: stage -->\n```js\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))?.[1]
  ok(code, 'no example')
  const dir = scratch()
  mkdirSync(dir.path('node_modules/tnp-pipe'), { recursive: true })
  const exports = './dist/lib/index.js'
  dir.json('node_modules/tnp-pipe/package.json', { name: 'tnp-pipe', type: 'module', exports })
  symlinkSync(BUILT, dir.path('node_modules/tnp-pipe/dist'))
  symlinkSync(resolve('fixtures'), dir.path('fixtures'))
  writeFileSync(dir.path('two-electrons.mjs'), code)
  const job = 'fixtures/config/workflows/electron-nanoaod'
  const args = ['run', '--config', `${job}/runner.json`, '--fileset', `${job}/fileset.json`, '--output', 'out']
  for (const executor of ['sync', 'threads']) {
    const own = ['--stage', 'two-electrons.mjs', '--executor', executor, '--profile']
    const argv = [join(BUILT, 'bin/tnp-pipe.js'), ...args, ...own]
    const { status, stderr } = spawnSync(process.execPath, argv, { cwd: dir.dir, encoding: 'utf8' })
    equal(status, 0, stderr)
    match(stderr, /stage:two-electrons/)
  }
  dir.remove()
})

test.run()
