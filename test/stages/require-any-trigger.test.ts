import { test } from 'uvu'
import { equal } from 'uvu/assert'
import type { Batch } from '../../lib/core/types.js'
import { requireAnyTrigger } from '../../lib/stages/index.js'
import { batchOf, ctx, flat } from '../support/batches.js'
import { sameValues } from '../support/columns.js'

const batch = batchOf(4, {
  HLT_A1: flat('bool', [1, 0, 0, 0]),
  HLT_A2: flat('bool', [0, 0, 0, 1]),
  HLT_B: flat('bool', [0, 1, 0, 1]),
})

function kept(starts: readonly string[], events: Int32Array | null = null): Int32Array {
  return (requireAnyTrigger(starts).map({ ...batch, events }, ctx) as Batch).events!
}

test('one accepted path is enough', () => {
  sameValues(kept(['A']), [0, 3])
  sameValues(kept(['A', 'B']), [0, 1, 3])
  sameValues(kept(['B']), [1, 3])
})

test('where no path begins so, no event is kept', () => {
  sameValues(kept(['C']), [])
})

test('events that are out stay out', () => {
  sameValues(kept(['A', 'B'], Int32Array.of(1, 2)), [1])
})

test('every path that begins so is what it reads', () => {
  equal(requireAnyTrigger(['A']).reads, [{ every: 'HLT_A*' }])
})

test.run()
