/** Cuts a graph where the right to run elsewhere ends:
 *
 *    head (main thread)         segment (any worker, one chunk at a time)           tail (main thread, in chunk order)
 *    source -> flow ... -> | map -> map -> map -> ... -> fold's partial      | -> fold's merge, done -> sink
 *                                      \-> map -> item                       | -> sink
 */
import type { FlowStage, FoldStage, MapStage, Sink, Source } from '../core/types.js'
import type { GraphDeclaration, GraphNode } from './declare.js'

// biome-ignore lint/suspicious/noExplicitAny: item types were checked where the graph was wired
type Any = any

/** A node where the segment ends: a fold, whose partial goes to the tail, or a map whose item some sink takes. */
export interface Leaf {
  readonly node: GraphNode
  readonly sinks: readonly GraphNode[]
}

export interface Cut {
  readonly source: Source<Any>
  readonly flows: readonly FlowStage<Any, Any>[]
  /** Map and fold nodes in topological order: what a worker runs. */
  readonly segment: readonly GraphNode[]
  readonly leaves: readonly Leaf[]
}

export function cutGraph(graph: GraphDeclaration): Cut {
  const segment = graph.nodes.filter(n => n.stage.kind === 'map' || n.stage.kind === 'fold')
  const leaves = segment
    .filter(n => n.stage.kind === 'fold' || n.outputs.some(isSink))
    .map(node => ({ node, sinks: node.outputs.filter(isSink) }))
  return {
    source: graph.nodes.find(n => n.stage.kind === 'source')!.stage as Source<Any>,
    flows: graph.nodes.filter(n => n.stage.kind === 'flow').map(n => n.stage as FlowStage<Any, Any>),
    segment,
    leaves,
  }
}

function isSink(node: GraphNode): boolean {
  return node.stage.kind === 'sink'
}

export function asMap(node: GraphNode): MapStage<Any, Any> {
  return node.stage as MapStage<Any, Any>
}

export function asFold(node: GraphNode): FoldStage<Any, Any> {
  return node.stage as FoldStage<Any, Any>
}

export function asSink(node: GraphNode): Sink<Any> {
  return node.stage as Sink<Any>
}
