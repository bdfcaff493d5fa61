/** The nodes `binning` and `multibinning`: contents by intervals of one or more numbers. */
import { type Axis, addBins, readAxis } from './bins.js'
import type { Lane, NumberLane } from './lanes.js'
import { type CompileChild, dispatchTo, type Node } from './node.js'
import type { NodeReader } from './reader.js'

export function compileBinning(node: NodeReader, child: CompileChild): Node {
  return binningOn([readAxis(node, node.field('edges'), 'edges', node.field('input'))], node, child)
}

/** Contents are in C order: the last input's bins are neighbours. */
export function compileMultiBinning(node: NodeReader, child: CompileChild): Node {
  const inputs = node.list('inputs')
  const edges = node.list('edges')
  if (inputs.length !== edges.length || inputs.length === 0) {
    throw node.fail(`${inputs.length} inputs and edges for ${edges.length}; wanted as many, and at least one.`)
  }
  const axes = inputs.map((input, i) => readAxis(node, edges[i], `edges/${i}`, input))
  return binningOn(axes, node, child)
}

function binningOn(axes: readonly Axis[], node: NodeReader, child: CompileChild): Node {
  const content = node.list('content')
  const bins = axes.reduce((product, axis) => product * axis.bins, 1)
  if (content.length !== bins) throw node.fail(`${content.length} contents for ${bins} bins.`)
  const children = content.map((c, i) => child(c, `content/${i}`))
  // Behind the last bin stands what is outside.
  if (axes[0]!.flow === 'default') children.push(child(node.field('flow'), 'flow'))
  const dispatch = dispatchTo(children)
  return {
    evaluate(lanes: readonly Lane[], rows: Int32Array, out: Float64Array) {
      const which = new Int32Array(rows.length)
      let stride = bins
      for (const axis of axes) {
        stride /= axis.bins
        addBins(axis, lanes[axis.input] as NumberLane, rows, { which, stride, outside: bins })
      }
      dispatch(which, lanes, rows, out)
    },
  }
}
