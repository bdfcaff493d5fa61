import { createHash } from 'node:crypto'
import { test } from 'uvu'
import { equal, is, match } from 'uvu/assert'
import { digestTree, type TreeDigest } from '../../lib/cli/digest.js'
import { DTYPES, newValues } from '../../lib/core/dtype.js'
import { DataError } from '../../lib/core/errors.js'
import { openRootFile, type TTree } from '../../lib/root/index.js'
import { sameColumn } from '../support/columns.js'
import { rootFile } from '../support/root-writer.js'
import { sharedDir, testIf } from '../support/tools.js'
import { memorySource } from './memory-source.js'

test('every leaf type is read as itself: flat, of fixed size and jagged', async () => {
  for (const dtype of DTYPES) {
    const values = newValues(dtype, 6)
    // The largest pattern that is a number of every type, so that signed and unsigned, and all bytes, are told apart.
    new Uint8Array(values.buffer).fill(1)
    new Uint8Array(values.buffer)[values.byteLength - 1] = dtype === 'bool' ? 1 : 0xc1
    const offsets = Int32Array.of(0, 1, 1, 6)
    const branches = [
      { name: 'flat', dtype, values: values.subarray(3) },
      { name: 'fixed', dtype, values, width: 2 },
      { name: 'jagged', dtype, values, counter: 'n', offsets },
      { name: 'n', dtype: 'int32' as const, values: Int32Array.of(1, 0, 5) },
    ]
    const tree = await (await openRootFile(memorySource(await rootFile([{ path: 'T', entries: 3, branches }])))).tree(
      'T',
    )
    const columns = await tree.read(['flat', 'fixed', 'jagged'], 0, 3)
    sameColumn(columns.get('flat'), { dtype, values: values.subarray(3) }, `flat ${dtype}`)
    sameColumn(columns.get('fixed'), { dtype, values, width: 2 }, `fixed ${dtype}`)
    sameColumn(columns.get('jagged'), { dtype, values, offsets }, `jagged ${dtype}`)
    equal(
      ['flat', 'fixed', 'jagged'].map(name => [tree.branch(name)!.counter, tree.branch(name)!.width]),
      [
        [null, 1],
        [null, 2],
        ['n', 1],
      ],
    )
  }
})

test('an array of one value is an array, to digests and forms', async () => {
  const branches = [
    { name: 'one', dtype: 'int16' as const, values: Int16Array.of(1, 2), width: 1 },
    { name: 'plain', dtype: 'int16' as const, values: Int16Array.of(1, 2) },
  ]
  const file = await openRootFile(memorySource(await rootFile([{ path: 'T', entries: 2, branches }])))
  const tree = await file.tree('T')
  equal([tree.describe('one').shape, tree.describe('plain').shape], [[1], []])
  const digest = (await digestTree(tree)) as TreeDigest
  const sha1 = createHash('sha1')
    .update(Uint8Array.of(1, 0, 2, 0))
    .digest('hex')
  equal(digest.branches, {
    one: { dtype: 'int16', length: 2, sha1, offsets: { regular: 1 } },
    plain: { dtype: 'int16', length: 2, sha1 },
  })
})

test('branches of a file by uproot tell type, counter and sizes, and their compression', async () => {
  const file = await openRootFile('fixtures/root/types.root')
  const tree = (await file.tree('types')) as TTree
  equal(tree.branch('jagged_int16'), {
    name: 'jagged_int16',
    dtype: 'int16',
    counter: 'njagged_int16',
    width: 1,
    totalBytes: 876,
    zipBytes: 662,
  })
  equal(
    [...(await tree.compressions(['flat_bool', 'fixed_bool', 'njagged_bool', 'jagged_bool', 'flat_int32'])).values()],
    ['none', 'LZMA', 'ZLIB', 'LZ4', 'ZSTD'],
  )
  is(tree.baskets('jagged_int16').count, 3)
  equal([...tree.baskets('jagged_int16').firstEntry], [0, 40, 80, 90])
  equal(await tree.clusters(), [0, 40, 80, 90])
  await file.close()
})

testIf(
  test,
  sharedDir(),
  '../shared',
)('branches of objects and of texts are listed, and refused by class', async () => {
  const pfnano = await openRootFile(`${sharedDir()}/data/formats/pfnano.root`)
  const metadata = (await pfnano.tree('MetaData')) as TTree
  equal(metadata.names, ['ProcessHistory'])
  is(metadata.baskets('ProcessHistory').count, 1)
  try {
    metadata.branch('ProcessHistory')
    throw new Error('no error was thrown')
  } catch (error) {
    is(error instanceof DataError && error.exception, 'NotImplementedError')
    match((error as Error).message, /MetaData > ProcessHistory: a branch of vector<edm::ProcessHistory> cannot be read/)
  }
  await pfnano.close()
  const zmumu = await openRootFile(`${sharedDir()}/data/formats/uproot-Zmumu-lz4.root`)
  const events = await zmumu.tree('events')
  const types = (await events.read(['Run', 'Type'], 0, 2)).get('Type')!
  equal([types.text, types.dtype], [true, 'uint8'])
  await zmumu.close()
})

test.run()
