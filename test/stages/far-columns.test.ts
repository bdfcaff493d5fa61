/** Columns that no cut needs, of distant files: read with the others where one more round trip would be dearer than their bytes. */
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { shared } from '../../lib/core/shared.js'
import { closeTrees, decodeBranches } from '../../lib/stages/index.js'
import { chunk, ctx } from '../support/batches.js'

const ENTRIES = 1000

/** The branches that a chunk of `events` events is read with, where "late" has 1 MB in the file. */
async function branchesRead(latencyMs: number, events = ENTRIES): Promise<readonly string[]> {
  let read: readonly string[] = []
  const tree = {
    entries: ENTRIES,
    branch: (name: string) => ({ name, dtype: 'float32', zipBytes: 1e6 }),
    read: async (names: readonly string[]) => {
      read = names
      return new Map()
    },
  }
  const file = { uuid: null, source: { isSlow: true, latencyMs }, close: async () => {} }
  shared('open trees', () => new Map()).set('far.root:Events', { opening: Promise.resolve({ file, tree }), users: 0 })
  const stage = decodeBranches({ branches: ['early'], late: ['late'], layout: null })
  await stage.map({ ...chunk, file: 'far.root', start: 0, stop: events }, ctx)
  await closeTrees()
  return read
}

test('near files: they wait until it is known which events have pairs', async () => {
  equal(await branchesRead(0), ['early'])
  // 50 kB come in a millisecond: 1 MB takes as long as 20 ms of waiting.
  equal(await branchesRead(19), ['early'])
})

test('distant files: they come with the others', async () => {
  equal(await branchesRead(21), ['early', 'late'])
})

test('what counts is the share of the bytes that the chunk needs', async () => {
  equal(await branchesRead(11, ENTRIES / 2), ['early', 'late'])
  equal(await branchesRead(9, ENTRIES / 2), ['early'])
})

test.run()
