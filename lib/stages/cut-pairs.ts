/** Keeps the pairs for which an expression of the user holds (cutbased_id, extra_zcands_mask). */
import { keepPairs } from '../columns/index.js'
import type { MapStage, Pairs } from '../core/types.js'
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
