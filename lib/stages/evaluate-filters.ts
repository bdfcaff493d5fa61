/** Decides, for each pair and filter, whether the probe passes: all filters in one stage, one boolean column each. */
import type { Column, MapStage, Pairs, Read } from '../core/types.js'
import type { MatchCriteria } from '../physics/trigger-match.js'
import { valuesOf, withPairColumns } from './batch.js'
import { matchSide, TRIGGER_OBJECT_READS } from './match-trigger.js'
import type { PairExpression } from './pair-scope.js'

/** A filter, ready to be evaluated. path: branch of the event's decision that is asked for as well, or null. */
export type ReadyFilter =
  | { readonly kind: 'hlt'; readonly name: string; readonly match: MatchCriteria; readonly path: string | null }
  | { readonly kind: 'expression'; readonly name: string; readonly expression: PairExpression }

export function evaluateFilters(filters: readonly ReadyFilter[]): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name: 'evaluateFilters',
    reads: [...new Set(filters.flatMap(readsOf))],
    adds: filters.map(f => f.name),
    note: filters.map(f => f.name).join(', '),
    map: pairs =>
      withPairColumns(
        pairs,
        filters.map(f => [f.name, { dtype: 'bool', values: evaluate(f, pairs) } satisfies Column] as const),
      ),
  }
}

function readsOf(filter: ReadyFilter): readonly Read[] {
  if (filter.kind === 'expression') return filter.expression.reads
  return filter.path === null ? TRIGGER_OBJECT_READS : [...TRIGGER_OBJECT_READS, filter.path]
}

function evaluate(filter: ReadyFilter, pairs: Pairs): Uint8Array {
  if (filter.kind === 'expression') return filter.expression.run(pairs)
  const pass = matchSide(pairs, 'probe', filter.match)
  if (filter.path !== null) {
    const decision = valuesOf<Uint8Array>(pairs.batch, filter.path)
    for (let k = 0; k < pass.length; k++) pass[k] = pass[k]! & decision[pairs.event[k]!]!
  }
  return pass
}
