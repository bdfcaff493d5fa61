/** Random expressions of filters, identifications and masks: such as people write, and such as they should not. */
import type { Branch } from './catalog.js'
import type { Draw } from './draw.js'

/** What an expression may speak of: texts before a field, and the fields. */
export interface Scope {
  readonly fields: readonly { readonly text: string; readonly branch: Branch }[]
  /** Whether rows are lists of pairs, over which aggregates go. */
  readonly isNested: boolean
}

const COMPARISONS = ['>', '>=', '<', '<=', '==', '!=']

/** A number to compare a branch with: often one that occurs in it. */
export function threshold(draw: Draw, branch: Branch): string {
  const { values, dtype } = branch
  const occurs = values.length === 0 ? 0 : draw.pick(values)
  if (dtype === 'float32' || dtype === 'float64') {
    return draw.weighted<() => string>([
      [4, () => String(Number(occurs.toPrecision(3)))],
      [3, () => String(occurs)],
      [1, () => String(Math.round(occurs))],
      [0.3, () => '0'],
      [0.2, () => '-1e-3'],
    ])()
  }
  return draw.weighted<() => string>([
    [6, () => String(occurs)],
    [1, () => String(occurs + 0.5)],
    [0.5, () => '-1'],
    [0.3, () => '300'],
  ])()
}

/** A condition that gives a truth value a pair. */
export function condition(draw: Draw, scope: Scope, depth = 0): string {
  const kinds: (readonly [number, () => string])[] = [
    [6, () => comparison(draw, scope)],
    [depth < 2 ? 3 : 0, () => both(draw, scope, depth)],
    [depth < 2 ? 0.7 : 0, () => `~(${condition(draw, scope, depth + 1)})`],
    [1, () => flag(draw, scope)],
    [scope.isNested ? 1.5 : 0, () => aggregate(draw, scope)],
    [0.6, () => `np.isnan(${number(draw, scope, 0)}) == False`],
    [0.3, () => `ak.where(${comparison(draw, scope)}, ${comparison(draw, scope)}, ${comparison(draw, scope)})`],
    [0.15, () => `np.logical_and(${comparison(draw, scope)}, ${comparison(draw, scope)})`],
  ]
  return draw.weighted(kinds)()
}

function comparison(draw: Draw, scope: Scope): string {
  if (draw.chance(0.5)) {
    const { text, branch } = draw.pick(scope.fields)
    if (branch.dtype === 'bool') return draw.chance(0.5) ? text : `${text} == True`
    return `${text} ${draw.pick(COMPARISONS)} ${threshold(draw, branch)}`
  }
  return `${number(draw, scope, 0)} ${draw.pick(COMPARISONS)} ${draw.number(-5, 60, draw.below(3))}`
}

function both(draw: Draw, scope: Scope, depth: number): string {
  const join = draw.weighted([
    [5, '&'],
    [3, '|'],
    [0.5, '^'],
  ])
  return `(${condition(draw, scope, depth + 1)}) ${join} (${condition(draw, scope, depth + 1)})`
}

function flag(draw: Draw, scope: Scope): string {
  const flags = scope.fields.filter(f => f.branch.dtype === 'bool')
  return flags.length === 0 ? comparison(draw, scope) : draw.pick(flags).text
}

function floats(scope: Scope): Scope['fields'] {
  const found = scope.fields.filter(f => f.branch.dtype.startsWith('float'))
  return found.length === 0 ? scope.fields : found
}

/** An arithmetic expression. */
function number(draw: Draw, scope: Scope, depth: number): string {
  const field = () =>
    draw.pick(draw.chance(0.8) ? floats(scope) : scope.fields.filter(f => f.branch.dtype !== 'bool')).text
  if (depth > 1) return field()
  const deeper = () => number(draw, scope, depth + 1)
  return draw.weighted<() => string>([
    [4, field],
    [1.5, () => `np.abs(${deeper()})`],
    [1, () => `(${deeper()} ${draw.pick(['+', '-', '*'])} ${deeper()})`],
    [0.5, () => `(${deeper()} / ${draw.pick(['2', '3.5', '-4'])})`],
    [0.4, () => `np.sqrt(np.abs(${deeper()}))`],
    [0.3, () => `${draw.pick(['np.cos', 'np.sin', 'np.cosh', 'np.floor', 'np.tanh', 'np.exp'])}(${field()})`],
    [0.3, () => `np.maximum(${deeper()}, ${field()})`],
    [0.2, () => `(${field()} ** 2)`],
    [0.2, () => `(${field()} % 3)`],
    [0.2, () => `(${field()} // 2)`],
    [0.1, () => `-${field()}`],
  ])()
}

/** Of all pairs of an event. */
function aggregate(draw: Draw, scope: Scope): string {
  const { text } = draw.pick(floats(scope))
  const name = draw.pick(['ak.max', 'ak.min', 'ak.sum', 'ak.num', 'ak.any', 'ak.all'])
  if (name === 'ak.any' || name === 'ak.all') return `${name}(${comparison(draw, scope)}, axis=1)`
  const value = name === 'ak.num' ? draw.below(4) : draw.number(0, 120, 1)
  const compared = `${name}(${text}, axis=1) ${draw.pick(COMPARISONS)} ${value}`
  return draw.chance(0.6) ? `(${compared}) & (${comparison(draw, scope)})` : compared
}

/** Texts that are refused, or should be. */
export function faulty(draw: Draw, scope: Scope): string {
  const { text, branch } = draw.pick(scope.fields)
  const t = threshold(draw, branch)
  return draw.pick([
    `${text} >`,
    `${text} > ${t} and ${text} > ${t}`,
    `${text} > ${t} & ${text} > ${t}`,
    `not ${text}`,
    `0 < ${text} < 5`,
    `abs(${text}) > ${t}`,
    `${text}nonsense > ${t}`,
    `(${text} > ${t}`,
    `${text} in [1, 2]`,
    `len(${text}) > 1`,
    `${text} & 1.5`,
    `np.where(${text} > ${t}, True, False)`,
    `${text} = ${t}`,
    'True',
    '1',
    '',
    ' ',
  ])
}
