import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { fileKind } from '../../lib/core/file-kind.js'

test('the last known extension of the last component decides', () => {
  const names = ['a.root', 'dir/a.root.1', 'https://h/x.root?y=1', 'x.parquet.root', 'a.parquet', 'x.root.pq', 'a.parq']
  equal(names.map(fileKind), ['root', 'root', 'root', 'root', 'parquet', 'parquet', 'parquet'])
})

test('a name without a dot is a folder, another extension nothing', () => {
  equal(['out/D/get_tnp_arrays_1', 'out/', 'v1.2/x', 'a.txt', '.hidden', ''].map(fileKind), [
    'folder',
    'folder',
    'folder',
    null,
    null,
    null,
  ])
})

test.run()
