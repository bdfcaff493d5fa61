import { test } from 'uvu'
import { equal } from 'uvu/assert'
import type { Batch } from '../../lib/core/types.js'
import { requireAnyTrigger } from '../../lib/stages/index.js'
import { batchOf, ctx, flat } from '../support/batches.js'
import { sameValues } from '../support/columns.js'

const batch = batchOf(4, { HLT_A: flat('bool', [1, 0, 0, 1]), HLT_B: flat('bool', [0, 1, 0, 1]) })

function kept(branches: readonly string[], events: Int32Array | null = null): Int32Array {
  return (requireAnyTrigger(branches).map({ ...batch, events }, ctx) as Batch).events!
}

test('one accepted path is enough', () => {
  sameValues(kept(['HLT_A', 'HLT_B']), [0, 1, 3])
  sameValues(kept(['HLT_B']), [1, 3])
})

test('no path keeps no event', () => {
  sameValues(kept([]), [])
})

test('events that are out stay out', () => {
  sameValues(kept(['HLT_A', 'HLT_B'], Int32Array.of(1, 2)), [1])
})

test('the paths are what it reads', () => {
  equal(requireAnyTrigger(['HLT_A']).reads, ['HLT_A'])
})

test.run()
