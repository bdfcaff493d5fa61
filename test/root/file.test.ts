import { test } from 'uvu'
import { equal, is, match } from 'uvu/assert'
import { openRootFile } from '../../lib/root/index.js'
import { rootFile, type TreeSpec } from '../support/root-writer.js'
import { sharedDir, testIf } from '../support/tools.js'
import { dataError, memorySource } from './memory-source.js'

function tree(path: string, ...values: number[]): TreeSpec {
  return { path, entries: values.length, branches: [{ name: 'x', dtype: 'int32', values: Int32Array.from(values) }] }
}

test('a file tells its UUID, its version and all its objects, in folders too', async () => {
  const file = await openRootFile('fixtures/root/folders.root')
  is(file.uuid, '00000000-0000-1000-8000-000000000000')
  is(file.version, 62400)
  is(file.name, 'fixtures/root/folders.root')
  equal(
    (await file.keys()).map(({ path, cycle, className }) => [path, cycle, className]),
    [
      ['nano', 1, 'TDirectory'],
      ['nano/v1', 1, 'TDirectory'],
      ['nano/v1/Events', 1, 'TTree'],
      ['nano/none', 1, 'TDirectory'],
      ['nano/none/Events', 1, 'TTree'],
    ],
  )
  equal(await file.treePaths(), ['nano/v1/Events', 'nano/none/Events'])
  is((await file.tree('nano/v1/Events')).entries, 30)
  is((await file.tree('/nano/none/Events')).entries, 0)
  await file.close()
})

test('of several cycles the highest is read, unless one is asked for', async () => {
  const file = await openRootFile(memorySource(await rootFile([tree('Events', 1), tree('Events', 2, 3)])))
  const highest = await file.tree('Events')
  equal([highest.entries, highest.cycle, highest.path], [2, 2, 'Events'])
  is((await file.tree('Events;1')).entries, 1)
  is((await file.tree('Events;2')).entries, 2)
  is((await dataError(() => file.tree('Events;3'))).exception, 'KeyInFileError')
  equal(await file.treePaths(), ['Events'])
})

test('a tree is read once, however often it is asked for', async () => {
  const source = memorySource(await rootFile([tree('Events', 1)]))
  const file = await openRootFile(source)
  const first = await file.tree('Events')
  const reads = source.reads.length
  is(await file.tree('Events'), first)
  is(await file.tree('Events;1'), first)
  is(source.reads.length, reads)
})

test('headers with 64-bit positions are read', async () => {
  const file = await openRootFile(memorySource(await rootFile([tree('a/b', 4, 5)], { big: true })))
  is(file.version, 62206)
  is((await file.tree('a/b')).entries, 2)
})

test('a tree that is not there is a KeyInFileError with the nearest names', async () => {
  const file = await openRootFile(memorySource(await rootFile([tree('Events', 1), tree('Runs', 1)]), 'x.root'))
  const error = await dataError(() => file.tree('Event'))
  is(error.exception, 'KeyInFileError')
  is(error.message, 'x.root: tree "Event" not found. Nearest: "Events". Trees: Events, Runs.')
})

test('an object that is not a tree is refused with its class', async () => {
  const file = await openRootFile('fixtures/root/pileup-data.root')
  const error = await dataError(() => file.tree('pileup'))
  is(error.exception, 'KeyInFileError')
  is(error.message, 'fixtures/root/pileup-data.root: "pileup" is not a tree but a TH1D.')
  match((await dataError(() => file.tree('Events'))).message, /not found\. The file has no trees\.$/)
  await file.close()
})

test('the source is closed with the file, and where opening fails', async () => {
  const source = memorySource(await rootFile([tree('Events', 1)]))
  const file = await openRootFile(source)
  is(source.closed, false)
  await file.close()
  is(source.closed, true)
  const bad = memorySource(Buffer.alloc(1000))
  await dataError(() => openRootFile(bad))
  is(bad.closed, true)
})

test('bytes that are no ROOT file are a ValueError, too few of any an OSError', async () => {
  const error = await dataError(() => openRootFile(memorySource(Buffer.from('{"schema": 1}'.repeat(10)), 'x.json')))
  is(error.exception, 'ValueError')
  is(error.message, 'x.json: not a ROOT file: its first four bytes are "{\\"sc".')
  for (const length of [0, 10, 74]) {
    const short = await dataError(() => openRootFile(memorySource(Buffer.from('root'.repeat(20)).subarray(0, length))))
    is(short.exception, 'OSError')
    match(short.message, new RegExp(`${length} bytes are too short for a ROOT file`))
  }
})

test('a file that was not closed properly, without a list of keys, is an OSError', async () => {
  const bytes = await rootFile([tree('Events', 1)])
  const directoryAt = bytes.readUInt32BE(8) + bytes.readUInt32BE(28)
  bytes.fill(0, directoryAt + 10, directoryAt + 14)
  const error = await dataError(() => openRootFile(memorySource(bytes)))
  is(error.exception, 'OSError')
  match(error.message, /The file was not closed properly/)
})

test('a missing file is reported in the words of Python', async () => {
  const error = await dataError(() => openRootFile('missing.root'))
  is(error.exception, 'FileNotFoundError')
  is(error.message, "[Errno 2] No such file or directory: 'missing.root'")
})

testIf(
  test,
  sharedDir(),
  '../shared',
)('a truncated file opens, and reading what is cut off is an OSError', async () => {
  const file = await openRootFile(`${sharedDir()}/data/corrupt.root`)
  is(file.uuid, '2bc92220-e6ee-11f1-90fe-02fc00000001')
  const events = await file.tree('Events')
  is(events.entries, 4000)
  const error = await dataError(() => events.read(['run', 'Electron_pt'], 0, 4000))
  is(error.exception, 'OSError')
  await file.close()
})

test.run()
