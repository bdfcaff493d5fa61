import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { test } from 'uvu'
import { equal, is, match } from 'uvu/assert'
import { findFiles } from '../../lib/cli/find-files.js'
import { filesBelow, runAnalysis, scratch, tnpPipe } from '../support/cli.js'

const files = scratch()
const out = files.path('out')
const arrays = `${out}/Data/get_tnp_arrays_1`
const target = files.path('merged.parquet')

/** Three partitions of data, of which the second cannot be read and leaves a file without rows. */
async function run(): Promise<void> {
  const config = files.json('runner.json', {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { 'cutBased >= 2': 'cutBased >= 2' } },
    methods: [
      {
        name: 'get_tnp_arrays',
        args: { vars: ['el_pt', 'el_eta', 'event'], uproot_options: { allow_read_errors_with_report: true } },
      },
      {
        name: 'get_passing_and_failing_probes',
        args: { filter: ['cutBased >= 2'], vars: ['el_pt'], uproot_options: { allow_read_errors_with_report: true } },
      },
    ],
  })
  const names = ['fixtures/root/nano-data.root', 'missing.root', 'fixtures/root/nano-data-2.root']
  const fileset = files.json('fileset.json', {
    Data: { files: Object.fromEntries(names.map(name => [name, 'Events'])), metadata: { isMC: false } },
  })
  const { status, stderr } = await runAnalysis(['--config', config, '--fileset', fileset, '--output', out])
  is(status, 0, stderr)
}
await run()

const bufferOf = (path: string) => new Uint8Array(readFileSync(path)).buffer
const rowsOf = (path: string) => parquetReadObjects({ file: bufferOf(path), compressors })

test('the files of a folder become one, a row group each, in the order of their names', async () => {
  const { status, stdout, stderr } = await tnpPipe(['merge-parquet', '--source', arrays, '--target', target])
  equal([status, stderr], [0, ''])
  const parts = [0, 1, 2].map(i => `${arrays}/NTuples-part${i}.parquet`)
  const rows = (await Promise.all(parts.map(rowsOf))).flat()
  equal(await rowsOf(target), rows)
  is(stdout, `${target}: ${rows.length} rows in 3 row groups, from 3 files\n`)
  equal(
    parquetMetadata(bufferOf(target)).row_groups.map(group => Number(group.num_rows)),
    await Promise.all(parts.map(async part => (await rowsOf(part)).length)),
  )
})

test('a pattern and a single file are taken as well', async () => {
  const folder = `${out}/Data/get_passing_and_failing_probes_1`
  const passing = await tnpPipe(['merge-parquet', '--source', `${folder}/pass*_part?.parquet`, '--target', target])
  match(passing.stdout + passing.stderr, /no file matches/)
  const found = await tnpPipe(['merge-parquet', '--source', `${folder}/pass*part[01].parquet`, '--target', target])
  match(found.stdout, /in 2 row groups, from 2 files/)
  const one = await tnpPipe(['merge-parquet', '--source', `${arrays}/NTuples-part0.parquet`, '--target', target])
  match(one.stdout, /in 1 row groups, from 1 files/)
})

test('columns that differ are told before anything is written', async () => {
  const merged = files.path('mixed.parquet')
  const { status, stderr } = await tnpPipe([
    'merge-parquet',
    '--source',
    `${out}/Data/*/*part0.parquet`,
    '--target',
    merged,
  ])
  is(status, 2)
  match(stderr, /NTuples-part0\.parquet: column "el_eta" differs from .*failing_cutBased_gte_2_NTuples-part0\.parquet/)
  is(existsSync(merged), false)
})

test('nothing to merge, other files, and a target among the sources are refused', async () => {
  mkdirSync(files.path('empty'))
  writeFileSync(files.path('text.parquet'), 'this is not a Parquet file')
  symlinkSync(arrays, files.path('link'))
  const part = `${arrays}/NTuples-part0.parquet`
  const before = filesBelow(files.dir)
  for (const [source, to, status, want] of [
    [files.path('none'), target, 2, /--source: .*none: no such file or folder/],
    [files.path('empty'), target, 2, /--source: .*empty has no \.parquet files/],
    [files.path('x*'), target, 2, /--source: no file matches/],
    [files.path('text.parquet'), target, 1, /text\.parquet: not a Parquet file/],
    [arrays, part, 2, /--target: .*part0\.parquet is one of the files to merge/],
    [files.path('link'), part, 2, /--target: .*part0\.parquet is one of the files to merge/],
    [arrays, files.path('no/where.parquet'), 2, /where\.parquet: cannot be created/],
  ] as const) {
    const got = await tnpPipe(['merge-parquet', '--source', source, '--target', to])
    equal([got.status, got.stdout], [status, ''], got.stderr)
    match(got.stderr, want)
  }
  equal(filesBelow(files.dir), before)
})

test('patterns go through folders, and hidden files are left out', async () => {
  for (const folder of ['t/a', 't/b/c', 't/.hidden']) mkdirSync(files.path(folder), { recursive: true })
  for (const name of [
    't/a/1.parquet',
    't/b/2.parquet',
    't/b/c/10.parquet',
    't/.hidden/3.parquet',
    't/a/.4.parquet',
    't/a/+.parquet',
  ]) {
    writeFileSync(files.path(name), '')
  }
  const found = async (pattern: string) =>
    (await findFiles(files.path(pattern), '.parquet', '--source')).map(path => path.slice(files.path('t/').length))
  equal(await found('t/**/*.parquet'), ['a/+.parquet', 'a/1.parquet', 'b/2.parquet', 'b/c/10.parquet'])
  equal(await found('t/*/[!1+]*.parquet'), ['b/2.parquet'])
  equal(await found('t/a/?.parquet'), ['a/+.parquet', 'a/1.parquet'])
  equal(await found('t/b/[c]'), ['b/c/10.parquet'])
  equal(await found('t/a/+.parquet'), ['a/+.parquet'])
})

test('the commands on outputs are programs of their own', () => {
  for (const name of ['merge-parquet', 'prepare-histograms', 'get-unprocessed-partitions']) {
    const program = fileURLToPath(new URL(`../../lib/cli/${name}.js`, import.meta.url))
    const { status, stdout } = spawnSync(process.execPath, [program, '--help'], { encoding: 'utf8' })
    is(status, 0)
    match(stdout, new RegExp(`^Usage: ${name} \\[options\\]`))
    const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string> }
    is(bin[name], `./dist/bin/${name}.js`)
  }
})

test.after(() => files.remove())

test.run()
