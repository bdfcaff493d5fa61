/** What expressions over pairs may name: `zcands.tag`, `zcands.probe`, their fields and links. */

import { UsageError } from '../core/errors.js'
import { own } from '../core/own.js'
import type { Pairs, Read } from '../core/types.js'
import {
  type Binding,
  type ColumnBinding,
  compileExpression,
  type Env,
  ExpressionError,
  type Scope,
} from '../expr/index.js'
import { cachedGather, leptonObject, leptonQuantity, linkObject, linkOf, type PairEnv } from './pair-objects.js'
import { collectionFields, sideField, type VariableSpace } from './variables.js'

/** An expression that gives one boolean a pair. */
export interface PairExpression {
  readonly text: string
  readonly reads: readonly Read[]
  /** The same for all pairs of an event. */
  readonly perEvent: boolean
  /** Uint8Array[nPairs] of 0 and 1; a null (a missing link) is 0. */
  readonly run: (pairs: Pairs) => Uint8Array
}

/** Parses and checks `prefix` + `text` against the columns. Throws UsageError (place: `place`), with the text and a caret. */
export function compilePairExpression(text: string, space: VariableSpace, place: string, prefix = ''): PairExpression {
  try {
    const compiled = compileExpression<PairEnv>(text, pairScope(space), { want: 'bool', prefix })
    const { reads, perEvent } = compiled
    return { text, reads, perEvent, run: pairs => compiled.run(envOf(pairs)) }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    throw new UsageError([{ place, message: error.message, detail: error.caret() }])
  }
}

function envOf(pairs: Pairs): PairEnv & Env {
  return { length: pairs.event.length, event: pairs.event, pairs }
}

const SIDES = { tag: 'tag', probe: 'probe' } as const

/** Working points: smallest cutBased of each name. */
const LEVELS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Electron: { isVeto: 1, isLoose: 2, isMedium: 3, isTight: 4 },
  Photon: { isLoose: 1, isMedium: 2, isTight: 3 },
}

export function pairScope(space: VariableSpace): Scope<PairEnv> {
  return {
    resolve: path => resolve(path, space),
    suggestions: path => suggestions(path, space),
  }
}

function resolve(path: readonly string[], space: VariableSpace): Binding<PairEnv> | undefined {
  const [root, sideName, ...rest] = path
  if (root !== 'zcands') return undefined
  if (sideName === undefined) return { kind: 'object' }
  const side = sideOf(sideName)
  if (side === undefined) return undefined
  const collection = space[`${side}s`]
  const [field, ...deeper] = rest
  if (field === undefined) return leptonObject(space, side)
  if (linkOf(collection, field) !== undefined) return linkObject(space, side, [field, ...deeper])
  if (deeper.length > 0) return undefined
  return fieldColumn(field, side, collection, space) ?? leptonQuantity(space, side, field)
}

function sideOf(name: string): 'tag' | 'probe' | undefined {
  return Object.hasOwn(SIDES, name) ? SIDES[name as 'tag'] : undefined
}

function fieldColumn(
  field: string,
  side: 'tag' | 'probe',
  collection: string,
  space: VariableSpace,
): ColumnBinding<PairEnv> | undefined {
  const level = own(own(LEVELS, collection) ?? {}, field)
  const variable = sideField(field, level === undefined ? field : 'cutBased', side, space)
  if (variable === null) return undefined
  if (level === undefined) {
    const load = (env: PairEnv) => ({
      values: cachedGather(env.pairs, `${side}.${field}`, () => variable.load(env.pairs)),
    })
    return { kind: 'column', dtype: variable.dtype, reads: variable.reads, load }
  }
  return {
    kind: 'column',
    dtype: 'bool',
    reads: variable.reads,
    load: env => ({ values: Uint8Array.from(variable.load(env.pairs) as Uint8Array, x => (x >= level ? 1 : 0)) }),
  }
}

function suggestions(path: readonly string[], space: VariableSpace): readonly string[] {
  if (path.length <= 1) return ['zcands', 'np', 'ak']
  if (path.length === 2) return Object.keys(SIDES)
  const side = sideOf(path[1]!)
  if (side === undefined || path.length > 3) return []
  const collection = space[`${side}s`]
  return [
    ...collectionFields(space, collection),
    ...Object.keys(own(LEVELS, collection) ?? {}),
    'eta_to_use',
    'phi_to_use',
  ]
}
