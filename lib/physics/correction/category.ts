/** The node `category`: contents by the value of a string or an integer. */
import { nearestHint } from '../../core/errors.js'
import type { Lane, NumberLane } from './lanes.js'
import { type CompileChild, dispatchTo, type Node } from './node.js'
import { type NodeReader, show } from './reader.js'

interface Categories {
  readonly name: string
  readonly node: NodeReader
  /** Key -> position of its child. */
  readonly positions: ReadonlyMap<string | number, number>
  readonly children: readonly Node[]
  /** Position of the default's child; -1: there is none. */
  readonly otherwise: number
}

/** A category of a string whose value is known already is the child that the value chooses. */
export function compileCategory(node: NodeReader, child: CompileChild): Node {
  const index = node.input(node.field('input'), ['string', 'int'])
  const { name, type } = node.scope.inputs[index]!
  const fixed = node.scope.fixed.get(name)
  const categories = readCategories(node, child, type === 'string' ? 'string' : 'number')
  if (fixed !== undefined) return categories.children[choose({ ...categories, name }, fixed)]!
  return type === 'string'
    ? stringCategory({ ...categories, name }, index)
    : intCategory({ ...categories, name }, index)
}

function readCategories(node: NodeReader, child: CompileChild, keyType: 'string' | 'number'): Omit<Categories, 'name'> {
  const positions = new Map<string | number, number>()
  const children = node.list('content').map((item, i) => {
    const { key, value } = (item ?? {}) as { key?: string | number; value?: unknown }
    if (typeof key !== keyType || (typeof key === 'number' && !Number.isInteger(key))) {
      throw node.fail(
        `content/${i}: the key is ${show(key)}, wanted ${keyType === 'string' ? 'a string' : 'an integer'}.`,
      )
    }
    // Of equal keys, the first counts.
    if (!positions.has(key!)) positions.set(key!, i)
    return child(value, `content/${i}/value`)
  })
  const otherwise = node.field('default')
  if (otherwise === undefined) return { node, positions, children, otherwise: -1 }
  return { node, positions, children: [...children, child(otherwise, 'default')], otherwise: children.length }
}

/** Position of the value's child. */
function choose({ name, node, positions, otherwise }: Categories, value: string | number): number {
  const position = positions.get(value) ?? otherwise
  if (position >= 0) return position
  const keys = [...positions.keys()]
  const hint = typeof value === 'string' ? nearestHint(value, keys as string[]) : ''
  const all = keys.length === 0 ? '' : ` All: ${keys.slice(0, 20).join(', ')}${keys.length > 20 ? ', ...' : ''}.`
  throw node.fail(`no category ${show(value)} of input ${show(name)}, and no default.${hint}${all}`)
}

function stringCategory(categories: Categories, input: number): Node {
  return {
    evaluate(lanes: readonly Lane[], rows: Int32Array, out: Float64Array) {
      if (rows.length === 0) return
      categories.children[choose(categories, lanes[input] as string)]!.evaluate(lanes, rows, out)
    },
  }
}

function intCategory(categories: Categories, input: number): Node {
  const dispatch = dispatchTo(categories.children)
  return {
    evaluate(lanes: readonly Lane[], rows: Int32Array, out: Float64Array) {
      const { values } = lanes[input] as NumberLane
      const which = new Int32Array(rows.length)
      for (let k = 0; k < rows.length; k++) which[k] = choose(categories, values[rows[k]!]!)
      dispatch(which, lanes, rows, out)
    },
  }
}
