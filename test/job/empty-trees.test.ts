/** Files whose trees have neither entries nor branches, as skims leave them: they hold no events, wherever they are used. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { loadJob, runJob } from '../../lib/job/index.js'
import { preprocess } from '../../lib/preprocess/index.js'
import { filesBelow, type Scratch, scratch, tnpPipe } from '../support/cli.js'
import { parquetRows } from '../support/nano-file.js'
import { rootFile } from '../support/root-writer.js'
import { bash } from '../support/shell.js'
import { sharedDir, testIf } from '../support/tools.js'

const ALLOW = { allow_read_errors_with_report: true }
const RUNNER = {
  workflow: 'ElectronTagNProbeFromNanoAOD' as const,
  workflow_args: { filters: { loose: 'cutBased >= 2' }, tags_pt_cut: 20, probes_pt_cut: 10 },
  methods: [
    {
      name: 'get_tnp_arrays' as const,
      args: { vars: ['el_pt', 'el_r9', 'Jet_pt', 'el_jetIdxG'], uproot_options: ALLOW },
    },
    { name: 'get_nd_tnp_histograms' as const, args: { filter: 'loose', uproot_options: ALLOW } },
  ],
}

interface Files {
  readonly good: string
  readonly empty: string
}

async function files(dir: Scratch, source = 'fixtures/root/nano-data.root'): Promise<Files> {
  const good = dir.path('good.root')
  const empty = dir.path('empty.root')
  copyFileSync(source, good)
  writeFileSync(empty, await rootFile([{ path: 'Events', entries: 0, branches: [] }]))
  return { good, empty }
}

const fileset = (...paths: string[]) => ({
  D: { files: Object.fromEntries(paths.map(path => [path, 'Events'])), metadata: {} },
})

async function run(dir: Scratch, set: object, out: string, runner: object = RUNNER) {
  const { job } = loadJob({ config: runner as never, fileset: set as never, output: dir.path(out) })
  return runJob(job, { executor: 'sync' })
}

/** The parts with rows, and the histograms. */
async function content(dir: Scratch, out: string, dataset = 'D') {
  const found = filesBelow(dir.path(`${out}/${dataset}`))
  const tables = [...found.keys()].filter(name => name.endsWith('.parquet'))
  const rows = await Promise.all(tables.map(name => parquetRows(dir.path(`${out}/${dataset}/${name}`))))
  const hists = [...found].filter(([name]) => /\.(pkl|json)$/.test(name) && !name.endsWith('report.json'))
  return {
    tables: tables.length,
    rows: rows.flat(),
    hists: hists.map(([name, bytes]) => [name, bytes.toString('latin1')]),
  }
}

test('in a run, whatever its place: the other files alone', async () => {
  const dir = scratch()
  try {
    const { good, empty } = await files(dir)
    await run(dir, fileset(good), 'alone')
    const wanted = await content(dir, 'alone')
    ok(wanted.rows.length > 10)
    for (const [i, paths] of [
      [empty, good],
      [good, empty],
    ].entries()) {
      const { datasets } = await run(dir, fileset(...paths), `out${i}`)
      equal(
        datasets.map(d => d.events),
        [240],
      )
      const got = await content(dir, `out${i}`)
      equal(got.rows, wanted.rows)
      equal(got.hists, wanted.hists)
      equal(got.tables, 2)
      const report = JSON.parse(readFileSync(dir.path(`out${i}/D/get_tnp_arrays_1/report.json`), 'utf8')) as object[]
      equal(
        report.map(r => (r as { exception: unknown }).exception),
        [null, null],
      )
    }
  } finally {
    dir.remove()
  }
})

test('a dataset of nothing else has the columns of the others; without others it is told', async () => {
  const dir = scratch()
  try {
    const { good, empty } = await files(dir)
    const both = { Empty: { files: { [empty]: 'Events' } }, ...fileset(good) }
    const { datasets } = await run(dir, both, 'out')
    equal(
      datasets.map(d => [d.name, d.events]),
      [
        ['Empty', 0],
        ['D', 240],
      ],
    )
    const got = await content(dir, 'out', 'Empty')
    equal([got.tables, got.rows.length], [1, 0])
    try {
      await run(dir, fileset(empty), 'none')
      throw new Error('nothing was told')
    } catch (error) {
      match((error as Error).message, /dataset "D": none of its files has events or branches/)
    }
    equal(existsSync(dir.path('none')), false)
  } finally {
    dir.remove()
  }
})

test('simulation: the sum of weights, and a filter of the user', async () => {
  const dir = scratch()
  try {
    const { good, empty } = await files(dir, 'fixtures/root/nano-mc.root')
    await run(dir, fileset(good), 'alone')
    await run(dir, fileset(empty, good), 'out')
    equal((await content(dir, 'out')).rows, (await content(dir, 'alone')).rows)
    writeFileSync(dir.path('f.mjs'), 'export const all = batch => new Uint8Array(batch.length).fill(1)\n')
    const args = { ...RUNNER.workflow_args, extra_filter: `${dir.path('f.mjs')}::all` }
    await run(dir, fileset(empty, good), 'filtered', { ...RUNNER, workflow_args: args })
    equal((await content(dir, 'filtered')).rows, (await content(dir, 'alone')).rows)
  } finally {
    dir.remove()
  }
})

test('preprocess: no entries, and no say in the form', async () => {
  const dir = scratch()
  try {
    const { good, empty } = await files(dir)
    const alone = await preprocess(fileset(good))
    for (const paths of [
      [empty, good],
      [good, empty],
    ]) {
      const { available } = await preprocess(fileset(...paths))
      const { files: found, compressed_form: form } = available.D!
      equal(found[empty]!.steps, [[0, 0]])
      equal(found[empty]!.num_entries, 0)
      equal(form, alone.available.D!.compressed_form)
      ok(form !== null)
      const { datasets } = await run(dir, available, 'out')
      equal(
        datasets.map(d => d.events),
        [240],
      )
    }
    equal((await preprocess(fileset(empty))).available.D!.compressed_form, null)
  } finally {
    dir.remove()
  }
})

test('in a pipe', async () => {
  const dir = scratch()
  try {
    const { good, empty } = await files(dir)
    const [runner, set] = [dir.json('r.json', RUNNER), dir.json('f.json', fileset(empty, good))]
    const { status, stderr } = await bash(
      `tnp-pipe chunks "$2" --config "$1" | tnp-pipe decode | tnp-pipe pair | tnp-pipe filter --method get_tnp_arrays_1 |
        tnp-pipe select | tnp-pipe sink "$3"`,
      [runner, set, dir.path('piped')],
    )
    equal(status, 0, stderr)
    const bare = await bash('tnp-pipe chunks "$1" | tnp-pipe decode --branches "Electron_*,run" | wc -c', [set])
    equal(bare.status, 0, bare.stderr)
    await run(dir, fileset(empty, good), 'out')
    const tables = (out: string) =>
      [...filesBelow(dir.path(`${out}/D/get_tnp_arrays_1`))].filter(([n]) => n.endsWith('.parquet'))
    equal(
      tables('piped').map(([name, bytes]) => [name, bytes.toString('latin1')]),
      tables('out').map(([name, bytes]) => [name, bytes.toString('latin1')]),
    )
  } finally {
    dir.remove()
  }
})

const odd = sharedDir() === null ? null : `${sharedDir()}/data/odd`

testIf(
  test,
  odd,
  'the shared material',
)('a file that a skim has left', async () => {
  const dir = scratch()
  try {
    const paths = [`${odd}/nobranch.root`, `${odd}/ok.root`]
    for (const order of [paths, paths.toReversed()]) {
      const set = dir.json('f.json', fileset(...order))
      const ran = await tnpPipe([
        'run',
        '--config',
        dir.json('r.json', RUNNER),
        '--fileset',
        set,
        '--output',
        dir.path('out'),
      ])
      equal(ran.status, 0, ran.stderr)
      match(ran.stdout + ran.stderr, /2 files, 240 events/)
      const made = await tnpPipe(['preprocess', set, '--available', dir.path('p.json')])
      equal(made.status, 0, made.stderr)
      const again = await tnpPipe([
        'run',
        '--config',
        dir.json('r.json', RUNNER),
        '--fileset',
        dir.path('p.json'),
        '--output',
        dir.path('again'),
      ])
      equal(again.status, 0, again.stderr)
      match(again.stdout + again.stderr, /2 files, 240 events/)
    }
  } finally {
    dir.remove()
  }
})

test.run()
