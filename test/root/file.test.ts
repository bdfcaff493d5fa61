import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { remoteWarnings } from '../../lib/bytes/warnings.js'
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

/** As a writer leaves it that ends before it closes the file: without lists of keys, and without what is written with them. */
function unclosed(bytes: Buffer): Buffer {
  const begin = bytes.readUInt32BE(8)
  let at = begin
  for (; ; at += bytes.readInt32BE(at)) {
    const name = at + 27 + bytes[at + 26]!
    if (bytes.toString('latin1', name + 1, name + 1 + bytes[name]!) === 'StreamerInfo') break
    if (at > begin && !bytes.toString('latin1', at + 27, name).startsWith('TDirectory')) continue
    const object = at === begin ? begin + bytes.readUInt32BE(28) : at + bytes.readUInt16BE(at + 14)
    bytes.fill(0, object + 10, object + 14) // fNbytesKeys
    bytes.fill(0, object + 26, object + 30) // fSeekKeys
  }
  bytes.fill(0, 37, 45) // fSeekInfo, fNbytesInfo
  return bytes.subarray(0, at)
}

test('a file that was not closed is read from its records, with a warning; the newest cycle is taken', async () => {
  const warnings: string[] = []
  const end = remoteWarnings.subscribe(message => warnings.push(message))
  // what other tests of this process have left unheard
  warnings.length = 0
  try {
    const bytes = await rootFile([tree('Events', 1), tree('a/b/Events', 5, 6), tree('Events', 7, 8, 9)])
    const lost = unclosed(bytes)
    ok(lost.length < bytes.length)
    const file = await openRootFile(memorySource(lost, 'lost.root'))
    equal(warnings, ['lost.root: was not closed properly: Events;1, a;1, Events;2 recovered. Events may be missing.'])
    equal(await file.treePaths(), ['Events', 'a/b/Events'])
    is((await file.tree('Events')).entries, 3)
    is((await file.tree('Events;1')).entries, 1)
    const inside = await file.tree('a/b/Events')
    equal([...(await inside.read(['x'], 0, 2)).get('x')!.values], [5, 6])
    // Cut within the last tree's record: what was whole is found.
    const cut = await openRootFile(memorySource(lost.subarray(0, lost.length - 10), 'cut.root'))
    is((await cut.tree('Events')).entries, 1)
  } finally {
    end()
  }
})

test('a file that was not closed and has no whole object is an OSError', async () => {
  const bytes = await rootFile([tree('Events', 1)])
  const lost = unclosed(bytes)
  const error = await dataError(() => openRootFile(memorySource(lost.subarray(0, lost.length - 10))))
  is(error.exception, 'OSError')
  match(error.message, /no object that was written whole\. The file was not closed properly/)
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
