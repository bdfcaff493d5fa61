import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, match } from 'uvu/assert'
import { inspect } from '../../lib/cli/inspect.js'
import { openRootFile } from '../../lib/root/index.js'
import { firstCompressions } from '../../lib/root/tree/compressions.js'
import type { TTree } from '../../lib/root/tree/tree.js'
import { dataError, memorySource } from '../root/memory-source.js'
import { sharedDir, testIf } from '../support/tools.js'

const table = (target: string) => inspect(target, { digest: false })
const digest = async (target: string) => JSON.parse(await inspect(target, { digest: true }))

test('the table lists every branch with type, baskets, compression and sizes', async () => {
  const lines = (await table('fixtures/root/types.root')).split('\n')
  is(lines[0], 'fixtures/root/types.root: 64.6 kB, ROOT version 62400, UUID 00000000-0000-1000-8000-000000000000')
  is(lines[2], 'types;1: 90 entries, 44 branches, 25.5 kB stored, 39.6 kB expanded')
  is(lines[3], '  branch           type                      baskets  compression   stored  expanded')
  is(lines[5], '  fixed_bool       bool[3]                         3  LZMA           482 B     504 B')
  is(lines[7], '  jagged_bool      bool[njagged_bool]              3  LZ4            673 B     747 B')
  is(lines.length, 4 + 44 + 1)
})

test('baskets that cannot be read do not keep the others from being listed', async () => {
  const bytes = readFileSync('fixtures/root/types.root')
  const file = await openRootFile(memorySource(bytes))
  const tree = (await file.tree('types')) as TTree
  const { seek } = tree.baskets('fixed_bool')
  bytes.fill(255, seek[0]! + 18, seek[0]! + 40)
  const dir = mkdtempSync(join(tmpdir(), 'tnp-pipe-test-'))
  try {
    const path = join(dir, 'x.root')
    writeFileSync(path, bytes)
    const lines = (await table(path)).split('\n')
    match(lines[5]!, /^ {2}fixed_bool +bool\[3\] +3 +damaged +482 B +504 B$/)
    match(lines[7]!, /^ {2}jagged_bool .* LZ4 /)
    is(lines.length, 4 + 44 + 1)
  } finally {
    rmSync(dir, { recursive: true })
  }
  const elsewhere = (position: number) => ({ ...tree.baskets('fixed_bool'), seek: Float64Array.of(0, position) })
  const indexes = [elsewhere(bytes.length - 1), elsewhere(0), tree.baskets('jagged_bool')]
  equal(await firstCompressions(memorySource(bytes), indexes, 'x'), ['beyond the file', null, 'LZ4'])
})

test('one tree can be asked for, also in a folder', async () => {
  const text = await table('fixtures/root/folders.root:nano/v1/Events')
  match(text, /nano\/v1\/Events;1: 30 entries/)
  is(text.includes('nano/none/Events;1: '), false)
  const all = await table('fixtures/root/folders.root')
  match(all, /nano\/none\/Events;1: 0 entries/)
})

test('a file without trees lists its objects, and has an empty digest', async () => {
  match(await table('fixtures/root/pileup-data.root'), /\n\npileup;1 {2}TH1D\n$/)
  equal(await digest('fixtures/root/pileup-data.root'), {})
})

test('the digest of a branch has type, length and SHA-1, and offsets where it is jagged or of fixed size', async () => {
  const { 'types.root:types': types } = await digest('fixtures/root/types.root')
  is(types.entries, 90)
  is(Object.keys(types.branches).length, 44)
  equal(Object.keys(types.branches.flat_bool), ['dtype', 'length', 'sha1'])
  equal(types.branches.fixed_bool.offsets, { regular: 3 })
  is(types.branches.fixed_bool.length, 270)
  equal(types.branches.jagged_int64.dtype, 'int64')
  match(types.branches.jagged_int64.offsets, /^[0-9a-f]{40}$/)
})

test('a tree that is not there, and a file that is missing, are refused', async () => {
  is((await dataError(() => table('fixtures/root/types.root:Events'))).exception, 'KeyInFileError')
  is((await dataError(() => digest('missing.root'))).exception, 'FileNotFoundError')
})

testIf(
  test,
  sharedDir(),
  '../shared',
)('branches that cannot be read are listed as such', async () => {
  const path = `${sharedDir()}/data/formats/pfnano.root:MetaData`
  match(await table(path), /ProcessHistory {2}cannot be read/)
  equal(await digest(path), {
    'pfnano.root:MetaData': { entries: 1, branches: { ProcessHistory: { unsupported: 'NotImplementedError' } } },
  })
})

testIf(
  test,
  sharedDir(),
  '../shared',
)('an RNTuple is shown with its fields, their columns, pages, clusters and compression', async () => {
  const text = await table(`${sharedDir()}/data/formats/nano_dy_rntuple.root`)
  match(text, /Events;1: RNTuple of version 1\.0\.0\.2 by ROOT v6\.37\.01, 40 entries, 1499 fields, 1 cluster, /)
  match(text, /\n {2}field +type +C\+\+ type +columns +pages +compression +stored +expanded\n/)
  match(
    text,
    /\n {2}Electron_pt +float32\[nElectron\] +ROOT::VecOps::RVec<float> +SplitIndex64, SplitReal32 +2 +(ZSTD|none) +\d/,
  )
  match(text, /\n {2}nElectron +uint32 +ROOT::RNTupleCardinality<std::uint32_t> +SplitIndex64 +1 +ZSTD/)
  match(text, /\n {2}run +uint32 +std::uint32_t +SplitUInt32 +1 /)
})

test.run()
