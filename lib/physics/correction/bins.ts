/** The axis of a binning: which bin a value is in, and what becomes of values outside (`flow`), as correctionlib decides it. */
import type { NumberLane } from './lanes.js'
import { fail, type NodeReader, show } from './reader.js'

export type Flow = 'clamp' | 'error' | 'wrap' | 'default'

/** Bin i: edges[i] <= x < edges[i + 1]; or `bins` bins of equal width. */
export interface Axis {
  /** Position of the input. */
  readonly input: number
  readonly name: string
  readonly bins: number
  readonly low: number
  readonly high: number
  /** null: equal widths. */
  readonly edges: Float64Array | null
  readonly flow: Flow
  readonly place: string
}

/** The node's flow: a keyword, or `default` where it is a number or a node. */
export function readFlow(node: NodeReader): Flow {
  const flow = node.field('flow')
  if (flow === 'clamp' || flow === 'error' || flow === 'wrap') return flow
  if (typeof flow === 'number' || typeof flow === 'object') return 'default'
  throw node.fail(`"flow" is ${show(flow)}, wanted "clamp", "error", "wrap", a number or a node.`)
}

/** The axis in `edges`: a list or {n, low, high}. key: its path below the node, for messages. */
export function readAxis(node: NodeReader, edges: unknown, key: string, input: unknown): Axis {
  const index = node.input(input, ['int', 'real'])
  const flow = readFlow(node)
  const common = { input: index, name: node.scope.inputs[index]!.name, flow, place: node.place }
  if (!Array.isArray(edges)) return { ...common, ...readUniform(node, edges, key) }
  const values = Float64Array.from(edges, edge => readEdge(node, edge, key))
  if (values.length < 2) throw node.fail(`${key} has ${values.length} edges, wanted two or more.`)
  for (let i = 1; i < values.length; i++) {
    if (values[i]! > values[i - 1]!) continue
    throw node.fail(`${key} are not ascending: ${values[i]} at ${i} follows ${values[i - 1]}.`)
  }
  const low = values[0]!
  const high = values[values.length - 1]!
  if (flow === 'wrap' && !Number.isFinite(high - low))
    throw node.fail(`${key} are infinite: flow "wrap" needs a period.`)
  return { ...common, bins: values.length - 1, low, high, edges: values }
}

function readEdge(node: NodeReader, edge: unknown, key: string): number {
  if (typeof edge === 'number') return edge
  if (edge === 'inf' || edge === '+inf') return Infinity
  if (edge === '-inf') return -Infinity
  throw node.fail(`${key} has ${show(edge)}, wanted numbers, "inf" or "-inf".`)
}

function readUniform(node: NodeReader, edges: unknown, key: string): Pick<Axis, 'bins' | 'low' | 'high' | 'edges'> {
  const { n, low, high } = (edges ?? {}) as { n?: unknown; low?: unknown; high?: unknown }
  if (typeof n !== 'number' || typeof low !== 'number' || typeof high !== 'number') {
    throw node.fail(`${key} is ${show(edges)}, wanted a list or {"n": bins, "low": edge, "high": edge}.`)
  }
  if (!Number.isInteger(n) || n < 1 || !(low < high)) {
    throw node.fail(`${key}: n is ${n}, low ${low}, high ${high}; wanted at least one bin, and low below high.`)
  }
  return { bins: n, low, high, edges: null }
}

/** Adds stride * bin to which[k] for the value of rows[k]; where the flow is `default` and the value outside, which[k]
 *  becomes `outside`, and stays so. NaN counts as above the last bin. Throws DataError where the flow is `error` and a value
 *  outside, or `wrap` and a value not finite. */
export function addBins(
  axis: Axis,
  { values }: NumberLane,
  rows: Int32Array,
  { which, stride, outside }: { readonly which: Int32Array; readonly stride: number; readonly outside: number },
): void {
  const { bins, low, high, flow } = axis
  for (let k = 0; k < rows.length; k++) {
    if (which[k] === outside) continue
    const x = values[rows[k]!]!
    let bin: number
    if (flow === 'wrap') bin = wrappedBin(axis, x)
    else if (x >= low && x < high) bin = findBin(axis, x)
    else if (flow === 'clamp') bin = x < low ? 0 : bins - 1
    else if (flow === 'error') throw beyond(axis, x)
    else {
      which[k] = outside
      continue
    }
    which[k]! += stride * bin
  }
}

function beyond({ name, low, high, flow, place }: Axis, x: number): Error {
  return fail(place, `input ${show(name)} is ${x}, outside [${low}, ${high}), and the flow is "${flow}".`)
}

/** The bin of x, shifted by whole periods. Values within the range take the same way, with the same rounding. */
function wrappedBin(axis: Axis, x: number): number {
  const { edges, low, high } = axis
  if (!Number.isFinite(x)) throw beyond(axis, x)
  const turns = (x - low) / (high - low)
  const fraction = turns - Math.floor(turns)
  return edges === null ? uniformBin(axis, fraction) : findBin(axis, low + fraction * (high - low))
}

/** x is not below the first edge; at or above the last edge, by rounding, it is in the last bin. */
function findBin(axis: Axis, x: number): number {
  const { edges, low, high } = axis
  if (edges === null) return uniformBin(axis, (x - low) / (high - low))
  let first = 0
  let last = edges.length - 1
  while (last - first > 1) {
    const middle = (first + last) >> 1
    if (x < edges[middle]!) last = middle
    else first = middle
  }
  return first
}

/** fraction: of the range, from 0. It may round to 1, where correctionlib reads beyond the last bin. */
function uniformBin({ bins }: Axis, fraction: number): number {
  const bin = Math.floor(bins * fraction)
  return bin < bins ? bin : bins - 1
}
