/** The pileup correction that a dataset's metadata names. */
import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, match } from 'uvu/assert'
import type { Dataset } from '../../lib/config/index.js'
import { UsageError } from '../../lib/core/errors.js'
import { loadPileup } from '../../lib/job/corrections.js'
import { pileupWeight } from '../../lib/physics/correction/index.js'
import { scratch } from '../support/cli.js'

const TEXT = `{"schema_version": 2, "corrections": [{"name": "pu", "version": 1, "inputs": [{"name": "n", "type": "real"}],
  "output": {"name": "w", "type": "real"},
  "data": {"nodetype": "binning", "input": "n", "edges": [-Infinity, 10, Infinity], "content": [0.5, 1.0000731611150935],
  "flow": "error"}}]}`

function dataset(pileupJSON: string): Dataset {
  return { name: 'MC', pileupJSON, pileupData: null, pileupMC: null } as unknown as Dataset
}

test('edges of a pileup correction may be bare infinities, and its numbers are those of correctionlib', async () => {
  const dir = scratch()
  try {
    writeFileSync(dir.path('pu.json.gz'), gzipSync(TEXT))
    const source = await loadPileup(dataset(dir.path('pu.json.gz')), ['nominal'])
    const weights = pileupWeight(source!, 'nominal')(Float64Array.of(-5, 1e9), 'x')
    equal([...weights], [0.5, 1.0000731611150937])
  } finally {
    dir.remove()
  }
})

test('what is no JSON, or not there, is told with the dataset', async () => {
  const dir = scratch()
  try {
    writeFileSync(dir.path('pu.json'), `${TEXT},`)
    for (const [name, want] of [
      ['pu.json', /pu\.json: not valid JSON/],
      ['none.json', /none\.json: cannot be read/],
    ] as const) {
      const error = await loadPileup(dataset(dir.path(name)), ['nominal']).catch(e => e)
      match(error instanceof UsageError ? error.message : '', want)
      match(error.message, /^fileset, dataset "MC", metadata: /)
    }
  } finally {
    dir.remove()
  }
})

test.run()
