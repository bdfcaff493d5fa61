import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { clusterRanges } from '../../../lib/formats/ttree/clusters.js'

/** What TTree::TClusterIterator makes of ranges: the first entry of each cluster. */
function boundaries(rows: readonly number[]): number[] {
  const entries = rows.reduce((sum, n) => sum + n, 0)
  const ranges = clusterRanges(rows)!
  const found: number[] = []
  let start = 0
  for (const [k, end] of [...ranges.ends, entries - 1].entries()) {
    for (; start <= end; start += ranges.sizes[k] ?? ranges.last) found.push(start)
    start = end + 1
  }
  return found
}

test('clusters of one size, with a shorter last one, need no range', () => {
  equal(clusterRanges([5, 5, 5]), { ends: [], sizes: [], last: 5 })
  equal(clusterRanges([5, 5, 2]), { ends: [], sizes: [], last: 5 })
  equal(clusterRanges([7]), { ends: [], sizes: [], last: 7 })
  is(clusterRanges([]), null)
})

test('a cluster that is longer, or that follows a shorter one, begins a range', () => {
  equal(clusterRanges([5, 5, 2, 3]), { ends: [11], sizes: [5], last: 3 })
  equal(clusterRanges([2, 5, 5]), { ends: [1], sizes: [2], last: 5 })
})

test('the clusters that readers see are those that were written', () => {
  let state = 1
  for (let run = 0; run < 300; run++) {
    const rows = Array.from({ length: 1 + (run % 12) }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return 1 + (state >>> 30)
    })
    const starts = rows.map((_, k) => rows.slice(0, k).reduce((sum, n) => sum + n, 0))
    equal(boundaries(rows), starts, rows.join(' '))
  }
})

test.run()
