/** `--ntuple-format`: output tables as RNTuples and TTrees, by commands and pipes, beside the same tables in Parquet. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'uvu'
import { equal, is, match, not, ok } from 'uvu/assert'
import { readJournal } from '../../lib/journal/read.js'
import { openResults } from '../../lib/page/results.js'
import { sameFiles } from '../support/case-runs.js'
import { type CliOptions, filesBelow, jobOptions, type Outcome, runAnalysis, scratch, tnpPipe } from '../support/cli.js'
import { bash } from '../support/shell.js'
import { cellsOf, withoutNaN } from '../support/table-files.js'

const FORMATS = ['rntuple', 'ttree'] as const
const JOB = [...jobOptions('fixtures/config'), '--no-progress', '--no-summary']
const dir = scratch()
test.after(() => dir.remove())

async function done(outcome: Promise<Outcome>): Promise<Outcome> {
  const got = await outcome
  is(got.status, 0, got.stderr)
  return got
}

/** Names of tables' files, in folders below. */
function tablesIn(folder: string): string[] {
  return [...filesBelow(folder).keys()].filter(name => /\.(parquet|root)$/.test(name))
}

/** Equal values in all tables of two outputs, the first of which is in Parquet. */
async function sameTables(parquet: string, root: string, format: string): Promise<number> {
  const names = tablesIn(parquet)
  equal(
    tablesIn(root),
    names.map(name => name.replace(/\.parquet$/, '.root')),
  )
  let columns = 0
  for (const name of names) {
    const place = `${format} ${name}`
    const [want, got] = [
      await cellsOf(join(parquet, name)),
      await cellsOf(join(root, name.replace(/parquet$/, 'root'))),
    ]
    equal([...got.keys()].sort(), [...want.keys()].sort(), place)
    for (const [column, cells] of withoutNaN(want)) equal(withoutNaN(got).get(column), cells, `${place} ${column}`)
    columns += want.size
  }
  return columns
}

/** The jobs of all workflows with every method that writes tables. */
function workflowJob(name: string): { readonly args: string[]; readonly isTagAndProbe: boolean } {
  const folder = `fixtures/config/workflows/${name}`
  const runner = JSON.parse(readFileSync(`${folder}/runner.json`, 'utf8'))
  const isTagAndProbe = name !== 'scale-smearing'
  const [filter] = Object.keys(runner.workflow_args.filters ?? {})
  const method = (name: string, args: object) => ({ name, args })
  const vars = { Electron: ['pt', 'r9', 'charge'], Photon: ['r9'] }
  runner.methods = isTagAndProbe
    ? [
        method('get_tnp_arrays', { vars: 'all', flat: true }),
        method('get_tnp_arrays', { flat: false }),
        method('get_passing_and_failing_probes', { filter, vars: 'all', flat: true }),
      ]
    : [
        method('get_ntuples', { vars }),
        method('get_ntuples', { vars, drop_empty: true }),
        method('get_ntuples', { vars: { Electron: ['pt'], Jet: ['pt'] }, flat: false }),
      ]
  const path = dir.json(`${name}-runner.json`, runner)
  return { args: ['--config', path, '--fileset', `${folder}/fileset.json`], isTagAndProbe }
}

for (const name of readdirSync('fixtures/config/workflows')) {
  test(`${name}: tables have the values of the Parquet files`, async () => {
    const { args } = workflowJob(name)
    const run = (format: string) =>
      done(
        runAnalysis([
          ...args,
          ...['--output', dir.path(`${name}-${format}`), '--ntuple-format', format],
          ...['--executor', 'sync', '--no-progress', '--no-summary'],
        ]),
      )
    await run('parquet')
    for (const format of FORMATS) {
      await run(format)
      ok((await sameTables(dir.path(`${name}-parquet`), dir.path(`${name}-${format}`), format)) > 20, name)
    }
  })
}

/** Two datasets in 34 and 30 partitions, some of which share a file. */
function stepped(): string[] {
  const steps = (entries: number) => Array.from({ length: entries / 10 }, (_, i) => [10 * i, 10 * (i + 1)])
  const file = (name: string, entries: number) => [
    `fixtures/root/${name}.root`,
    { object_path: 'Events', steps: steps(entries) },
  ]
  const fileset = {
    Data: {
      files: Object.fromEntries([file('nano-data', 240), file('nano-data-2', 100)]),
      metadata: { isMC: false, goldenJSON: 'fixtures/root/golden.json' },
    },
    MC: { files: Object.fromEntries([file('nano-mc', 300)]), metadata: { isMC: true } },
  }
  const path = dir.json('stepped.json', fileset)
  return [...JOB.map(arg => (arg === 'fixtures/config/fileset.json' ? path : arg)), '--repartition-n-to-one', '4']
}

/** Of every format. */
const whole = new Map<string, Map<string, Buffer>>()

test('every executor writes the same bytes, one cluster a partition', async () => {
  const job = stepped()
  for (const format of FORMATS) {
    const run = async (name: string, args: readonly string[]) => {
      const out = dir.path(`${format}-${name}`)
      await done(runAnalysis([...job, '--output', out, '--ntuple-format', format, ...args]))
      return filesBelow(out)
    }
    whole.set(format, await run('sync', ['--executor', 'sync']))
    sameFiles(await run('threads', ['--executor', 'threads', '--workers', '2']), whole.get(format)!, format)
    sameFiles(await run('processes', ['--executor', 'processes', '--workers', '2']), whole.get(format)!, format)
  }
  await done(runAnalysis([...job, '--output', dir.path('stepped-parquet')]))
  for (const format of FORMATS) await sameTables(dir.path('stepped-parquet'), dir.path(`${format}-sync`), format)
})

async function chunksDone(out: string): Promise<number> {
  return (await readJournal(join(out, '.tnp-journal/journal')).catch(() => null))?.known.size ?? 0
}

/** Stops the run once so many chunks are in its journal. */
async function stopAt(chunks: number, out: string, args: readonly string[]): Promise<Outcome> {
  let ended = false
  const onStart: CliOptions['onStart'] = async kill => {
    while (!ended && (await chunksDone(out)) < chunks) await sleep(1)
    kill('SIGKILL')
  }
  return runAnalysis([...args, '--output', out], { onStart }).finally(() => {
    ended = true
  })
}

test('a run that is killed leaves no file under its name, and is continued', async () => {
  for (const format of FORMATS) {
    const out = dir.path(`killed-${format}`)
    const args = [...stepped(), '--ntuple-format', format, '--workers', '2']
    let resumed = 0
    for (const chunks of [9, 21, 30]) {
      const { status } = await stopAt(chunks, out, existsSync(out) ? [...args, '--resume'] : args)
      if (status !== null) break
      equal(
        tablesIn(out).filter(name => name.startsWith('Data/')),
        [],
        `${format} ${chunks}`,
      )
      resumed++
    }
    ok(resumed > 0)
    const { stderr } = await done(runAnalysis([...args.filter(a => a !== '--no-summary'), '--output', out, '--resume']))
    match(stderr, /resumed: \d\d of \d+ chunks/)
    sameFiles(filesBelow(out), whole.get(format)!, format)
  }
})

test('a stopped run is not continued in another format', async () => {
  const out = dir.path('changed')
  const { status } = await stopAt(5, out, [...stepped(), '--ntuple-format', 'rntuple'])
  is(status, null)
  const other = await runAnalysis([...stepped(), '--ntuple-format', 'ttree', '--output', out, '--resume'])
  is(other.status, 2)
  match(other.stderr, /ntupleFormat: "rntuple" in the journal, "ttree" now\./)
  const { stderr } = await done(runAnalysis([...stepped(), '--ntuple-format', 'ttree', '--output', out]))
  match(stderr, /a stopped run had done \d+ chunks, which are done again/)
  sameFiles(filesBelow(out), whole.get('ttree')!, 'changed')
})

test('a run takes the place of one in another format, and leaves what is not its own', async () => {
  const out = dir.path('stale')
  const own = join(out, 'Data/get_tnp_arrays_1/mine.root')
  const run = (format: string) => done(runAnalysis([...stepped(), '--output', out, '--ntuple-format', format]))
  await run('parquet')
  writeFileSync(own, 'mine')
  await run('rntuple')
  const names = tablesIn(out)
  equal(
    names.filter(name => name.endsWith('.parquet')),
    [],
  )
  is(readFileSync(own, 'utf8'), 'mine')
  await run('parquet')
  equal(
    tablesIn(out).filter(name => name.endsWith('.root')),
    ['Data/get_tnp_arrays_1/mine.root'],
  )
})

test('names that ROOT cannot have are told once, names that would be one are refused before anything is read', async () => {
  const filters = { 'cutBased >= 2': 'cutBased >= 2', 'a.b': 'cutBased >= 3' }
  const runner = (filters: object) =>
    dir.json('runner.json', {
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: { filters },
      methods: [{ name: 'get_tnp_arrays', args: { vars: ['el_pt'] } }],
    })
  const job = [
    '--fileset',
    'fixtures/config/fileset.json',
    '--output',
    dir.path('names'),
    '--no-progress',
    '--no-summary',
  ]
  const told = await done(runAnalysis([...job, '--config', runner(filters), '--ntuple-format', 'rntuple']))
  is(told.stderr.match(/names of columns in ROOT files/g)?.length, 1, told.stderr)
  match(told.stderr, /C\+\+ identifiers: "cutBased >= 2" is cutBased_gte_2, "a\.b" is a_b\n/)
  const clash = [...job, '--config', runner({ ...filters, a_b: 'cutBased >= 4' })]
  const refused = await runAnalysis([...clash, '--ntuple-format', 'ttree'])
  is(refused.status, 2)
  match(
    refused.stderr,
    /column "a_b".*: and "a\.b" would both be called a_b in ROOT files\. Rename one of them, or write Parquet/,
  )
  const plain = await done(runAnalysis([...clash, '--ntuple-format', 'parquet']))
  not.match(plain.stderr, /ROOT/)
})

test('explain names the files; an unknown format is refused', async () => {
  const args = ['explain', '--config', 'fixtures/config/workflows/electron-nanoaod/runner.json']
  const { stdout } = await done(tnpPipe([...args, '--ntuple-format', 'ttree']))
  match(stdout, /get_tnp_arrays_1\/ttree/)
  match(stdout, /writes DATASET\/get_tnp_arrays_1\/NTuples-part0\.root/)
  const wrong = await runAnalysis([...JOB, '--output', dir.path('wrong'), '--ntuple-format', 'csv'])
  is(wrong.status, 2)
  match(wrong.stderr, /--ntuple-format <name>' argument 'csv' is invalid\. Allowed choices are parquet, rntuple, ttree/)
})

test('get-unprocessed-partitions finds lost files; merge-parquet says what it cannot do', async () => {
  const fileset = dir.path('stepped.json')
  const out = dir.path('rntuple-sync')
  const check = (output: string, folder: string) =>
    done(
      tnpPipe([
        ...['get-unprocessed-partitions', '--input-json', fileset, '--output-location', folder],
        ...['--output-json', output, '--repartition-n-to-one', '4'],
      ]),
    )
  await check(dir.path('none.json'), out)
  equal(JSON.parse(readFileSync(dir.path('none.json'), 'utf8')), {})
  // Part 2 of those that four partitions share: entries 80 to 120 of the first file.
  rmSync(dir.path('rntuple-threads/Data/get_tnp_arrays_1/NTuples-part2.root'))
  await check(dir.path('lost.json'), dir.path('rntuple-threads'))
  const lost = JSON.parse(readFileSync(dir.path('lost.json'), 'utf8'))
  equal(Object.keys(lost), ['Data'])
  const [entry] = Object.values(lost.Data.files) as { steps: [number, number][] }[]
  equal([entry!.steps[0], entry!.steps.at(-1), entry!.steps.length], [[80, 90], [110, 120], 4])
  const folder = join(out, 'Data/get_tnp_arrays_1')
  const error = await tnpPipe(['merge-parquet', '--source', folder, '--target', dir.path('m.parquet')])
  is(error.status, 2)
  match(
    error.stderr,
    /has no \.parquet files\. Only Parquet files are joined here\. ROOT's own `hadd` joins ROOT files/,
  )
  const file = await tnpPipe(['merge-parquet', '--source', join(folder, '*.root'), '--target', dir.path('m.parquet')])
  is(file.status, 2)
  match(file.stderr, /NTuples-part0\.root: is a ROOT file\. Only Parquet/)
})

test('pipes write the same bytes', async () => {
  const script = dir.path('whole-run.sh')
  const text = readFileSync('examples/whole-run.sh', 'utf8')
  for (const [name, format] of [
    ['scale-smearing', 'rntuple'],
    ['electron-nanoaod', 'ttree'],
  ] as const) {
    const runner = dir.path(`${name}-runner.json`)
    const fileset = `fixtures/config/workflows/${name}/fileset.json`
    // Sinks of reports and histograms take the option as well.
    writeFileSync(script, text.replaceAll('tnp-pipe sink', `tnp-pipe sink --ntuple-format ${format}`))
    await done(bash('bash "$@"', [script, runner, fileset, dir.path(`piped-${name}`)]))
    sameFiles(filesBelow(dir.path(`piped-${name}`)), filesBelow(dir.path(`${name}-${format}`)), name)
  }
})

test('the page shows tables of ROOT files', async () => {
  const { results } = (await openResults({ places: [dir.path('ttree-sync')] })).model()
  const data = results!.runs[0]!.datasets.find(({ name }) => name === 'Data')!
  const { tables } = data.methods.find(({ name }) => name === 'get_tnp_arrays_1')!
  equal(
    tables.map(({ name, parts }) => [name, parts]),
    [['NTuples', 9]],
  )
})

test('folders of part files are inputs of ntuple workflows, whatever their format', async () => {
  const first = (format: string) =>
    done(
      runAnalysis([
        ...['--config', dir.json('arrays.json', ARRAYS), '--fileset', 'fixtures/config/fileset.json'],
        ...['--output', dir.path(`flat-${format}`), '--ntuple-format', format, '--no-progress', '--no-summary'],
      ]),
    )
  const second = async (format: string) => {
    const fileset = {
      Data: { files: { [dir.path(`flat-${format}/Data/get_tnp_arrays_1`)]: null }, metadata: { isMC: false } },
    }
    const out = dir.path(`again-${format}`)
    await done(
      runAnalysis([
        ...['--config', dir.json('again.json', AGAIN), '--fileset', dir.json('folder.json', fileset)],
        ...['--output', out, '--no-progress', '--no-summary', '--skip-report'],
      ]),
    )
    return filesBelow(out)
  }
  await first('parquet')
  const want = await second('parquet')
  ok(want.size > 0)
  for (const format of FORMATS) {
    await first(format)
    sameFiles(await second(format), want, format)
  }
  mkdirSync(dir.path('both'))
  for (const ending of ['parquet', 'root']) writeFileSync(dir.path(`both/NTuples-part0.${ending}`), '')
  const both = { Data: { files: { [dir.path('both')]: null }, metadata: { isMC: false } } }
  const refused = await runAnalysis([
    ...['--config', dir.path('again.json'), '--fileset', dir.json('both.json', both), '--output', dir.path('x')],
  ])
  is(refused.status, 2)
  match(refused.stderr, /the folder has part files in Parquet and in ROOT files\. List the files of one\./)
})

const ARRAYS = {
  workflow: 'ElectronTagNProbeFromNanoAOD',
  workflow_args: { filters: { tight: 'cutBased >= 4' } },
  methods: [{ name: 'get_tnp_arrays', args: { vars: 'all', flat: true } }],
}
const AGAIN = {
  workflow: 'ElectronTagNProbeFromNanoNTuples',
  workflow_args: { filters: { tight: 'tight' } },
  methods: [{ name: 'get_nd_tnp_histograms', args: { filter: 'tight', vars: ['el_pt', 'el_eta'] } }],
}

test.run()
