/** ROOT files as containers: what is in them is found by every reader, wherever it stands. */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import { equal, is, not } from 'uvu/assert'
import {
  keyBytes,
  placeKeys,
  RootBuffer,
  RootFileLayout,
  RootFileWriter,
} from '../../../lib/formats/root-file/index.js'
import { openRootFile } from '../../../lib/root/index.js'
import { pythonPath, rootPythonPath, testIf } from '../../support/tools.js'

const test = suite<{ dir: string }>('ROOT files', { dir: '' })
test.before.each(context => {
  context.dir = mkdtempSync(join(tmpdir(), 'tnp-root-file-'))
})
test.after.each(({ dir }) => rmSync(dir, { recursive: true }))

const OPTIONS = { name: 'text.root', compression: 101, classes: {} }
const TEXT = { className: 'TObjString', name: 'text', title: 'Collectable string class' }

/** A TObjString's bytes. */
function textRecord(text: string): Uint8Array {
  const out = new RootBuffer()
  out.counted(1, () => {
    out.object()
    out.string(text)
  })
  return out.written()
}

/** A record with a big key that holds `bytes` zeros. */
function blob(bytes: number): Uint8Array {
  const key = { className: 'RBlob', name: '', title: '', folderSeek: 100 }
  return Buffer.concat([
    keyBytes(key, { seek: 0, payloadBytes: bytes, objectBytes: bytes, big: true }),
    Buffer.alloc(bytes),
  ])
}

/** A file in which the text stands behind a gap, of which nothing is on the disk. */
function writeBehind(path: string, gap: number, text: string): void {
  const layout = new RootFileLayout(OPTIONS)
  const file = openSync(path, 'w')
  const at = layout.embed(gap, 'a gap')
  const record = layout.record(TEXT, textRecord(text), { packing: null })
  let end = at + gap
  for (const piece of [...record.content, ...layout.close()]) end += writeSync(file, piece, 0, piece.length, end)
  writeSync(file, layout.head(), 0, layout.headBytes, 0)
  closeSync(file)
}

const GAPS = [
  ['4 byte positions', 1_000_000],
  ['positions on both sides of 2 GB', 2_000_000_000 - 500],
  ['8 byte positions', 5_000_000_000],
] as const

test('our reader finds records before and behind 2 GB', async ({ dir }) => {
  for (const [what, gap] of GAPS) {
    const path = join(dir, `${gap}.root`)
    writeBehind(path, gap, what)
    const file = await openRootFile(path)
    equal(await file.keys(), [{ path: 'text', cycle: 1, className: 'TObjString', title: TEXT.title }], what)
    await file.close()
  }
})

for (const [name, python, script] of [
  ['uproot', pythonPath(), 'import sys, uproot\nfor p in sys.argv[1:]: print(uproot.open(p)["text"])'],
  [
    'ROOT',
    rootPythonPath(),
    'import sys, ROOT\nfor p in sys.argv[1:]:\n f = ROOT.TFile(p)\n assert not f.IsZombie() and not f.TestBit(ROOT.TFile.kRecovered)\n print(f.Get("text").GetString())',
  ],
] as const) {
  testIf(
    test as never,
    python,
    name,
  )(`${name} reads them, without a message`, (async ({ dir }: { dir: string }) => {
    const paths = GAPS.map(([text, gap]) => {
      const path = join(dir, `${gap}.root`)
      writeBehind(path, gap, text)
      return path
    })
    const { stdout, stderr } = spawnSync(python!, ['-W', 'ignore', '-c', script, ...paths], { encoding: 'utf8' })
    is(stderr, '')
    equal(
      stdout.trim().split('\n'),
      GAPS.map(([text]) => text),
    )
  }) as never)
}

test('the writer writes what the layout says, and continues a file that was begun', async ({ dir }) => {
  const path = join(dir, 'text.root')
  const bytes = blob(5000)
  const write = async (storedAt: number | null, building?: string) => {
    const writer = await RootFileWriter.open(path, OPTIONS, building)
    placeKeys(bytes, [0], writer.end)
    const at = await writer.embed(bytes, 'blob', storedAt)
    if (building !== undefined && storedAt === null) {
      await writer.discard()
      return at
    }
    await writer.record(TEXT, textRecord('written'))
    await writer.finish()
    await writer.commit()
    return at
  }
  const at = await write(null)
  const whole = readFileSync(path)
  rmSync(path)
  const building = join(dir, 'begun')
  is(await write(null, building), at)
  equal(readFileSync(building).subarray(0, 4), Buffer.alloc(4), 'a file that is begun has no header')
  await write(at, building)
  equal(readFileSync(path), whole)

  const layout = new RootFileLayout(OPTIONS)
  const pieces = [bytes]
  layout.embed(bytes.length, 'blob')
  pieces.push(...layout.record(TEXT, textRecord('written')).content, ...layout.close())
  equal(Buffer.concat([layout.head(), ...pieces]), whole)
})

test('other contents are other files to those who go by the UUID', async ({ dir }) => {
  const uuids = new Set<string>()
  for (const text of ['one', 'two', 'two']) {
    writeBehind(join(dir, 'x.root'), 10, text)
    const file = await openRootFile(join(dir, 'x.root'))
    uuids.add(file.uuid)
    await file.close()
  }
  is(uuids.size, 2)
  not([...uuids].some(uuid => /^[0-]+$/.test(uuid)))
})

test.run()
