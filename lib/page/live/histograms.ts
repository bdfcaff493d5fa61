/** Histograms under way, in the few numbers that a page draws. */
import type { HistTree } from '../../formats/hist-tree.js'
import { axisEdges, axisExtent, binCount } from '../../hist/axis.js'
import type { Hist } from '../../hist/hist.js'
import type { LiveAxis, LiveSums } from './state.js'

interface Pair {
  readonly passing: Hist
  readonly failing: Hist
}

/** The pairs of histograms of a tree by their names: '' of the tree itself, else the keys on the way, with "/" between them. */
export function pairsOf(tree: HistTree, prefix = ''): Map<string, Pair> {
  const out = new Map<string, Pair>()
  const { passing, failing } = tree
  if (isHist(passing) && isHist(failing)) out.set(prefix, { passing, failing })
  for (const [key, node] of Object.entries(tree)) {
    if (isHist(node)) continue
    for (const [name, pair] of pairsOf(node, prefix === '' ? key : `${prefix}/${key}`)) out.set(name, pair)
  }
  return out
}

function isHist(node: Hist | HistTree | undefined): node is Hist {
  return node !== undefined && node.value instanceof Float64Array
}

export function liveAxes({ passing, failing }: Pair): LiveAxis[] {
  const passed = marginals(passing)
  const failed = marginals(failing)
  return passing.axes.map((axis, a) => ({
    ...{ name: axis.name, label: axis.label },
    edges: [...axisEdges(axis)],
    passing: passed[a]!,
    failing: failed[a]!,
  }))
}

/** Along each axis the sums over the bins of all others; underflow and overflow are left out. One pass over the cells: 94,000 take
 *  0.4 ms. */
export function marginals({ axes, value, variance }: Hist): LiveSums[] {
  const bins = axes.map(binCount)
  const values = bins.map(n => new Float64Array(n))
  const variances = bins.map(n => new Float64Array(n))
  const first = axisExtent(axes[0]!)
  const rest = axes.slice(1)
  /** Along the axes but the first, counted from the underflow. */
  const position = new Int32Array(rest.length)
  for (let row = 0; row < value.length; row += first) {
    if (rest.every((_, a) => position[a]! > 0 && position[a]! <= bins[a + 1]!)) {
      let sum = 0
      let squares = 0
      for (let i = 0; i < bins[0]!; i++) {
        const v = value[row + i + 1]!
        const s = variance[row + i + 1]!
        values[0]![i]! += v
        variances[0]![i]! += s
        sum += v
        squares += s
      }
      for (let a = 0; a < rest.length; a++) {
        values[a + 1]![position[a]! - 1]! += sum
        variances[a + 1]![position[a]! - 1]! += squares
      }
    }
    for (let a = 0; a < rest.length; a++) {
      if (++position[a]! < bins[a + 1]! + 2) break
      position[a] = 0
    }
  }
  return values.map((v, a) => ({ value: [...v], variance: [...variances[a]!] }))
}
