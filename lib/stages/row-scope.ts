/** What expressions over the rows of ntuples may name: `events` and its columns, `events.el_pt` or `events["el_pt"]`. */
import { UsageError } from '../core/errors.js'
import type { Pairs } from '../core/types.js'
import { type Binding, compileExpression, ExpressionError, type Scope } from '../expr/index.js'
import { cachedGather, type PairEnv } from './pair-objects.js'
import type { PairExpression } from './pair-scope.js'
import { hasRow, type RowSpace, rowVariable } from './row-variables.js'
import { otherThanNumbers, type Variable } from './variables.js'

const ROOT = 'events'

/** Parses and checks the text against the columns. Throws UsageError (place: `place`), with the text and a caret. Sums over
 *  the pairs of an event (axis=1) are refused: a row does not know of the others of its event. */
export function compileRowExpression(text: string, space: RowSpace, place: string): PairExpression {
  try {
    const compiled = compileExpression<PairEnv>(text, rowScope(space, place))
    if (compiled.usesReduction) {
      const message = `"${text}" counts or adds up over axis=1, but each row of an ntuple is one pair. Compare columns of the row.`
      throw new UsageError([{ place, message }])
    }
    const { reads, perEvent } = compiled
    const run = (pairs: Pairs) => compiled.run({ length: pairs.event.length, event: pairs.event, pairs })
    return { text, reads, perEvent, run }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    throw new UsageError([{ place, message: error.message, detail: error.caret() }])
  }
}

function rowScope(space: RowSpace, place: string): Scope<PairEnv> {
  return {
    resolve: path => resolve(path, space, place),
    suggestions: path =>
      path.length <= 1 ? [ROOT] : path.length === 2 ? [...space.layout.names, ...space.made.keys()] : [],
  }
}

function resolve(path: readonly string[], space: RowSpace, place: string): Binding<PairEnv> | undefined {
  const [root, name, ...deeper] = path
  if (root !== ROOT || deeper.length > 0) return undefined
  if (name === undefined) return { kind: 'object' }
  if (!hasRow(name, space)) return undefined
  const variable = numbers(name, space, place)
  return {
    kind: 'column',
    dtype: variable.dtype,
    reads: variable.reads,
    load: ({ pairs }) => ({ values: cachedGather(pairs, name, () => variable.load(pairs)) }),
  }
}

/** The condition that a column is 1 (true, for booleans). Throws UsageError (place: `place`) where there is no such column. */
export function columnIsOne(name: string, space: RowSpace, place: string): PairExpression {
  const variable = numbers(name, space, place)
  return {
    text: name,
    reads: variable.reads,
    perEvent: false,
    run: pairs => Uint8Array.from(variable.load(pairs) as ArrayLike<number | bigint>, isOne),
  }
}

function numbers(name: string, space: RowSpace, place: string): Variable {
  const variable = rowVariable(name, space, place)
  const other = otherThanNumbers(variable)
  if (other === null) return variable
  throw new UsageError([{ place, message: `${JSON.stringify(name)} ${other}: nothing can be computed from it.` }])
}

function isOne(value: number | bigint): number {
  return Number(value) === 1 ? 1 : 0
}
