import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, match } from 'uvu/assert'
import { readHistogram } from '../../lib/root/index.js'
import { pythonPath, testIf } from '../support/tools.js'
import { dataError } from './memory-source.js'

test('edges and contents of a histogram come without the flow', async () => {
  const { edges, values, variances } = await readHistogram('fixtures/root/pileup-data.root', 'pileup')
  is(edges.length, 101)
  is(values.length, 100)
  equal([edges[0], edges[1], edges[100]], [0, 1, 100])
  equal(await readHistogram('fixtures/root/pileup-data.root', 'pileup;1'), { edges, values, variances })
  // Its contents are counts.
  is(variances, null)
})

test('a histogram that is not there is a KeyInFileError with the nearest name', async () => {
  const error = await dataError(() => readHistogram('fixtures/root/pileup-data.root', 'pile'))
  is(error.exception, 'KeyInFileError')
  is(error.message, 'fixtures/root/pileup-data.root: histogram "pile" not found. Nearest: "pileup".')
})

test('an object that is not a one-dimensional histogram is refused with its class', async () => {
  const error = await dataError(() => readHistogram('fixtures/root/types.root', 'types'))
  is(error.exception, 'KeyInFileError')
  match(error.message, /"types" is not a TH1 but a TTree/)
})

test('a file that is missing is reported in the words of Python', async () => {
  const error = await dataError(() => readHistogram('missing.root', 'pileup'))
  is(error.message, "[Errno 2] No such file or directory: 'missing.root'")
})

const WRITE = `
import sys, uproot, numpy as np
for name in ["ZSTD", "ZLIB", "LZMA", "LZ4"]:
    with uproot.recreate(sys.argv[1] + "/" + name + ".root", compression=getattr(uproot, name)(1)) as f:
        f["dir/uneven"] = (np.arange(1, 400.0), np.arange(400.0) ** 2)
`

testIf(
  test,
  pythonPath(),
  'a Python with uproot',
)('histograms of every compression, in folders, with uneven bins', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'histograms-'))
  try {
    execFileSync(pythonPath()!, ['-c', WRITE, folder])
    for (const name of ['ZSTD', 'ZLIB', 'LZMA', 'LZ4']) {
      const { edges, values } = await readHistogram(join(folder, `${name}.root`), 'dir/uneven')
      equal(
        edges,
        Float64Array.from({ length: 400 }, (_, i) => i * i),
        name,
      )
      equal(
        values,
        Float64Array.from({ length: 399 }, (_, i) => i + 1),
        name,
      )
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test.run()
