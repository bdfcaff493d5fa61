/** Keeps the pairs for which an expression of the user holds (cutbased_id, extra_zcands_mask). */
import { keepPairs } from '../columns/index.js'
import type { Column, MapStage, Pairs } from '../core/types.js'
import { withPairColumns } from './batch.js'
import type { PairExpression } from './pair-scope.js'

export function cutPairs(expression: PairExpression): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name: 'cutPairs',
    reads: expression.reads,
    note: expression.text,
    map: pairs => keepPairs(pairs, expression.run(pairs)),
  }
}

/** Where the answer of an expression waits for its own cut. */
const ANSWER = ' answer'

/** The cuts of two expressions, one after the other. Both are asked about all pairs: either may count or compare the pairs of an
 *  event. */
export function cutPairsByBoth(
  first: PairExpression,
  second: PairExpression,
): readonly [MapStage<Pairs, Pairs>, MapStage<Pairs, Pairs>] {
  return [
    {
      kind: 'map',
      name: 'cutPairs',
      reads: [...first.reads, ...second.reads],
      note: first.text,
      map: pairs => {
        const answer: Column = { dtype: 'bool', values: second.run(pairs) }
        return keepPairs(withPairColumns(pairs, [[ANSWER, answer]]), first.run(pairs))
      },
    },
    {
      kind: 'map',
      name: 'cutPairs',
      note: second.text,
      map: pairs => {
        const columns = new Map(pairs.columns)
        const answer = columns.get(ANSWER)!.values as Uint8Array
        columns.delete(ANSWER)
        return keepPairs({ ...pairs, columns }, answer)
      },
    },
  ]
}
