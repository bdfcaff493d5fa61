/** Folders of part files in filesets. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, throws } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import { loadJob } from '../../lib/job/index.js'
import { type Scratch, scratch } from '../support/cli.js'

function folder(names: readonly string[]): Scratch {
  const dir = scratch()
  mkdirSync(dir.path('tables'))
  for (const name of names) writeFileSync(dir.path(`tables/${name}`), '')
  return dir
}

function filesOf(fileset: object, workflow = 'ElectronTagNProbeFromNanoNTuples') {
  const { job } = loadJob({
    config: { workflow, workflow_args: { filters: null }, methods: [{ name: 'get_tnp_arrays', args: {} }] } as never,
    fileset: fileset as never,
  })
  return job.datasets.map(d => d.files.map(f => f.path))
}

test('a folder stands for its Parquet files in the order of their numbers', () => {
  const dir = folder(['NTuples-part10.parquet', 'NTuples-part2.parquet', 'NTuples-part0.parquet', 'report.json'])
  const want = [0, 2, 10].map(k => dir.path(`tables/NTuples-part${k}.parquet`))
  equal(filesOf({ A: { files: { [dir.path('tables')]: null } }, B: { files: { [dir.path('tables/')]: '' } } }), [
    want,
    want,
  ])
  dir.remove()
})

test('files without numbers are taken as they are', () => {
  const dir = folder(['b.parquet', 'a.parquet'])
  equal(filesOf({ A: { files: { [dir.path('tables')]: null } } }), [
    [dir.path('tables/a.parquet'), dir.path('tables/b.parquet')],
  ])
  dir.remove()
})

test('a folder that is not there is left: reading it says so', () => {
  equal(filesOf({ A: { files: { 'no/such/folder': null } } }), [['no/such/folder']])
})

function problem(names: readonly string[], file: unknown = null): string {
  const dir = folder(names)
  const path = dir.path('tables')
  let text = ''
  throws(
    () => filesOf({ A: { files: { [path]: file } } }),
    (error: unknown) => {
      text = (error as Error).message.replace(path, 'TABLES')
      return error instanceof UsageError
    },
  )
  dir.remove()
  return text
}

test('a folder without part files, of several tables, or with steps is a mistake', () => {
  const place = 'fileset, dataset "A", TABLES: '
  equal(
    problem(['report.json']),
    `${place}the folder has no Parquet files and no ROOT files of a run. Name the folder of one method: <dataset>/<method>_<k>.`,
  )
  equal(
    problem(['passing_x_NTuples-part0.parquet', 'failing_x_NTuples-part0.parquet']),
    `${place}the folder has part files of 2 tables (failing_x_NTuples, passing_x_NTuples). List the files of one.`,
  )
  equal(
    problem(['a-part0.parquet', 'a-part0.root']),
    `${place}the folder has part files in Parquet and in ROOT files. List the files of one.`,
  )
  equal(
    problem(['a-part0.parquet'], { object_path: '', steps: [[0, 5]] }),
    `${place}steps are those of a file, this is a folder. Remove them, or list the files.`,
  )
})

test.run()
