/** Histogram axes: Variable (given edges) and Regular (equal bins), both with underflow and overflow, as Python's hist makes
 *  them by default. An axis is a plain object, so it crosses threads as it is. Binning rules follow boost-histogram 1.8. */
import { UsageError } from '../core/errors.js'

interface AxisTitle {
  readonly name: string
  readonly label: string
}

export interface VariableAxis extends AxisTitle {
  readonly kind: 'variable'
  /** bins + 1 edges, strictly ascending. */
  readonly edges: Float64Array
}

export interface RegularAxis extends AxisTitle {
  readonly kind: 'regular'
  readonly bins: number
  readonly lower: number
  readonly upper: number
}

export type Axis = VariableAxis | RegularAxis

/** Throws UsageError where there are fewer than two edges, or they do not ascend strictly. */
export function variableAxis(options: { name: string; label?: string; edges: ArrayLike<number> }): VariableAxis {
  const { name, label = '' } = options
  const edges = Float64Array.from(options.edges)
  if (edges.length < 2) throw axisError(name, `has ${edges.length} edges, wanted at least 2`)
  for (let i = 1; i < edges.length; i++) {
    if (!(edges[i]! > edges[i - 1]!)) {
      throw axisError(name, `edges must ascend, but edge ${i} (${edges[i]}) follows ${edges[i - 1]}`)
    }
  }
  return { kind: 'variable', name, label, edges }
}

/** Throws UsageError where bins is not a positive integer, or lower and upper are not finite and ascending. */
export function regularAxis(options: {
  name: string
  label?: string
  bins: number
  lower: number
  upper: number
}): RegularAxis {
  const { name, label = '', bins, lower, upper } = options
  if (!Number.isInteger(bins) || bins < 1) throw axisError(name, `has ${bins} bins, wanted a positive whole number`)
  if (!Number.isFinite(upper - lower) || !(lower < upper)) {
    throw axisError(name, `goes from ${lower} to ${upper}, wanted finite and ascending limits`)
  }
  return { kind: 'regular', name, label, bins, lower, upper }
}

function axisError(name: string, message: string): UsageError {
  return new UsageError([{ place: `axis "${name}"`, message: `${message}. Correct its binning.` }])
}

/** Number of bins, without underflow and overflow. */
export function binCount(axis: Axis): number {
  return axis.kind === 'variable' ? axis.edges.length - 1 : axis.bins
}

/** Number of cells along the axis: underflow, the bins, overflow. */
export function axisExtent(axis: Axis): number {
  return binCount(axis) + 2
}

/** The bins + 1 edges. Those of a Regular axis by boost-histogram's formula, so that they are bitwise what hist shows. */
export function axisEdges(axis: Axis): Float64Array {
  if (axis.kind === 'variable') return axis.edges
  const { bins, lower, upper } = axis
  const width = upper - lower
  return Float64Array.from({ length: bins + 1 }, (_, i) => {
    const z = i / bins
    return (1 - z) * lower + z * (lower + width)
  })
}

/** Same kind, name, label and, bit for bit, binning. */
export function sameAxis(a: Axis, b: Axis): boolean {
  if (a.name !== b.name || a.label !== b.label) return false
  if (a.kind === 'regular') {
    return b.kind === 'regular' && a.bins === b.bins && a.lower === b.lower && a.upper === b.upper
  }
  return (
    b.kind === 'variable' &&
    a.edges.length === b.edges.length &&
    a.edges.every((edge, i) => Object.is(edge, b.edges[i]))
  )
}

export function sameAxes(a: readonly Axis[], b: readonly Axis[]): boolean {
  return a.length === b.length && a.every((axis, i) => sameAxis(axis, b[i]!))
}
