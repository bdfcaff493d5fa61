/** NanoAOD whose collections have fields that are vectors beside their counter, as RDataFrame's Snapshot writes what a user has
 *  defined: jobs on it give what jobs on the same columns with counters give. */
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, instance, is, match, ok } from 'uvu/assert'
import { DataError, UsageError } from '../../lib/core/errors.js'
import type { Column } from '../../lib/core/types.js'
import { loadJob, runJob } from '../../lib/job/index.js'
import { openRootFile } from '../../lib/root/index.js'
import { filesBelow, scratch } from '../support/cli.js'
import { parquetRows } from '../support/nano-file.js'
import { type BranchSpec, rootFile } from '../support/root-writer.js'

const SNAPSHOT = 'fixtures/root/snapshot.root'
const JOBS = ['electron-nanoaod', 'photon-nanoaod', 'scale-smearing'] as const

interface Snapshot {
  readonly entries: number
  readonly columns: ReadonlyMap<string, Column>
  readonly counters: ReadonlyMap<string, string | null>
}

/** All columns that can be read, and what counts them. */
async function readSnapshot(): Promise<Snapshot> {
  const file = await openRootFile(SNAPSHOT)
  const tree = await file.tree('Events')
  const names = tree.names.filter(name => !['Electron_label', 'note'].includes(name))
  const columns = await tree.read(names, 0, tree.entries)
  const counters = new Map(names.map(name => [name, tree.branch(name)!.counter]))
  const { entries } = tree
  await file.close()
  return { entries, columns, counters }
}

/** The same file with each vector as `write` wants it. */
async function written(
  path: string,
  { entries, columns, counters }: Snapshot,
  write: (name: string) => Partial<BranchSpec>,
) {
  const branches: BranchSpec[] = []
  for (const [name, { dtype, values, offsets }] of columns) {
    const counter = counters.get(name)!
    if (offsets === undefined) branches.push({ name, dtype, values })
    else if (counter === name) branches.push({ name, dtype, values, offsets, ...write(name) })
    else branches.push({ name, dtype, values, offsets, counter })
  }
  writeFileSync(path, await rootFile([{ path: 'Events', entries, branches }]))
}

const counted = (name: string): Partial<BranchSpec> =>
  name === 'leading' ? { vector: 'vector<float>' } : { counter: 'nElectron' }

async function outputs(job: (typeof JOBS)[number], file: string, to: string, methods?: object[]): Promise<string[]> {
  const config = JSON.parse(readFileSync(`fixtures/config/workflows/${job}/runner.json`, 'utf8'))
  const fileset = {
    D: { files: { [file]: 'Events' }, metadata: { isMC: false, goldenJSON: 'fixtures/root/golden.json' } },
  }
  const { job: loaded } = loadJob({
    config: methods === undefined ? config : { ...config, methods },
    fileset,
    output: to,
  })
  const warnings: string[] = []
  await runJob(loaded, { executor: 'sync', onWarning: message => warnings.push(message) })
  return warnings
}

const ALL = {
  'electron-nanoaod': [{ name: 'get_tnp_arrays', args: { vars: 'all', flat: false } }],
  'photon-nanoaod': [{ name: 'get_tnp_arrays', args: { vars: 'all', flat: true } }],
  'scale-smearing': [{ name: 'get_ntuples', args: { vars: { Electron: 'all', Photon: 'all' } } }],
}

for (const job of JOBS) {
  test(`${job}: vectors are fields of their collection, of "all" as well`, async () => {
    const dir = scratch()
    try {
      await written(dir.path('counted.root'), await readSnapshot(), counted)
      for (const [k, methods] of [undefined, ALL[job]].entries()) {
        const warnings = await outputs(job, SNAPSHOT, dir.path(`vectors-${k}`), methods)
        await outputs(job, dir.path('counted.root'), dir.path(`counted-${k}`), methods)
        const files = filesBelow(dir.path(`vectors-${k}`))
        const wanted = filesBelow(dir.path(`counted-${k}`))
        ok(files.size > 0)
        equal([...files.keys()], [...wanted.keys()])
        for (const [name, bytes] of files) ok(bytes.equals(wanted.get(name)!), `${job} ${k} ${name}`)
        const told = warnings.filter(text => text.includes('leaves out'))
        if (methods !== undefined)
          equal(told, ['dataset "D": "all" leaves out what cannot be a column: Electron_label'])
        const table = [...files.keys()].find(name => name.endsWith('.parquet'))!
        const [row] = await parquetRows(dir.path(`vectors-${k}/${table}`))
        if (methods !== undefined) {
          ok(
            Object.keys(row!).some(name => name.endsWith('_corr')),
            Object.keys(row!).join(' '),
          )
          ok(!Object.keys(row!).some(name => name.endsWith('_label')))
        }
      }
    } finally {
      dir.remove()
    }
  })
}

test('a text that is named is a column of strings, one an event or repeated for its pairs', async () => {
  const { columns } = await readSnapshot()
  const wanted = new Map(
    [...(columns.get('event')!.values as BigUint64Array)].map(e => [e, 'é'.repeat(Number(e % 4n))]),
  )
  for (const flat of [true, false]) {
    const dir = scratch()
    const methods = [{ name: 'get_tnp_arrays', args: { vars: ['el_pt', 'note'], flat, mass_range: [0, 1000] } }]
    await outputs('electron-nanoaod', SNAPSHOT, dir.path('out'), methods)
    const rows = await parquetRows(dir.path('out/D/get_tnp_arrays_1/NTuples-part0.parquet'))
    ok(rows.length > 5)
    for (const { note, event } of rows) is(note, wanted.get(BigInt(event as bigint)), `${event}`)
    ok(new Set(rows.map(row => row.note)).size > 1)
    dir.remove()
  }
})

test('nothing is computed from a text', async () => {
  const dir = scratch()
  const histogram = [{ name: 'get_nd_tnp_histograms', args: { filter: ['tight'], vars: ['el_pt', 'note'] } }]
  try {
    await outputs('electron-nanoaod', SNAPSHOT, dir.path('out'), histogram)
    throw new Error('no error was thrown')
  } catch (error) {
    match((error as Error).message, /note/)
    instance(error, UsageError)
  } finally {
    dir.remove()
  }
})

test('an unreadable branch that is named stays an error, which names it', async () => {
  const dir = scratch()
  const methods = [{ name: 'get_tnp_arrays', args: { vars: ['el_pt', 'el_label'], flat: true } }]
  try {
    await outputs('electron-nanoaod', SNAPSHOT, dir.path('out'), methods)
    throw new Error('no error was thrown')
  } catch (error) {
    instance(error, DataError)
    match((error as Error).message, /Electron_label: a branch of vector<string> cannot be read/)
  } finally {
    dir.remove()
  }
})

test('a vector that is longer or shorter than its counter says is refused, naming both', async () => {
  const snapshot = await readSnapshot()
  const columns = new Map(snapshot.columns)
  const { values, offsets, dtype } = columns.get('Electron_corr')!
  const late = offsets!.findIndex((o, i) => i > 30 && offsets![i + 1]! > o)
  const wrong = offsets!.map((o, i) => (i > late ? o - 1 : o))
  columns.set('Electron_corr', { dtype, values: values.slice(0, -1), offsets: wrong })
  const dir = scratch()
  try {
    const file = dir.path('wrong.root')
    await written(file, { ...snapshot, columns }, name => ({
      vector: `ROOT::VecOps::RVec<${name === 'Electron_good' ? 'bool' : 'float'}>`,
    }))
    const methods = (vars: unknown) => [{ name: 'get_tnp_arrays', args: { vars, flat: true } }]
    for (const vars of ['all', ['el_pt', 'el_corr']]) {
      try {
        await outputs('electron-nanoaod', file, dir.path('out'), methods(vars))
        throw new Error('no error was thrown')
      } catch (error) {
        instance(error, DataError)
        const text = (error as Error).message
        match(
          text,
          new RegExp(`wrong\\.root > Events: the fields of Electron are not of one length: in entry ${late} `),
        )
        ok(/"Electron_corr" \(a list that counts itself\)/.test(text) && /Electron_\w+|nElectron/.test(text), text)
      }
    }
    // Whoever does not read it is not concerned.
    equal(await outputs('electron-nanoaod', file, dir.path('out'), methods(['el_pt'])), [])
    is(filesBelow(dir.path('out')).size > 0, true)
  } finally {
    dir.remove()
  }
})

test.run()
