/** Declaring a graph: `declareGraph(g => g.from(...).to(...).into(...))` records nodes and checks nothing but the ids; the
 *  compiler checks that what a wire carries is what the next stage takes. */
import { BugError } from '../core/errors.js'
import type { Graph, Sink, Source, Stage, Wire } from '../core/types.js'

/** A stage whose item types have been checked where it was wired. */
export type AnyStage = Source<unknown> | Stage<never, unknown> | Sink<never>

export interface GraphNode {
  /** Unique in the graph; also the path shown in messages and counters, for example `get_tnp_arrays_1/select`. */
  readonly id: string
  readonly stage: AnyStage
  /** The node whose output it takes; null for a source. */
  readonly input: GraphNode | null
  readonly outputs: readonly GraphNode[]
}

/** Nodes in the order of their declaration, which is a topological order. */
export interface GraphDeclaration {
  readonly nodes: readonly GraphNode[]
}

interface MutableNode extends GraphNode {
  readonly outputs: GraphNode[]
}

/** Runs `build` and returns what it declared. Throws BugError for an id that is used twice. */
export function declareGraph(build: (graph: Graph) => void): GraphDeclaration {
  const nodes: MutableNode[] = []
  const ids = new Set<string>()

  function add(id: string, stage: AnyStage, input: MutableNode | null): MutableNode {
    if (ids.has(id)) throw new BugError(`graph: two nodes are called "${id}"`)
    ids.add(id)
    const node: MutableNode = { id, stage, input, outputs: [] }
    nodes.push(node)
    input?.outputs.push(node)
    return node
  }

  function wire<T>(from: MutableNode): Wire<T> {
    return {
      to: <O>(id: string, stage: Stage<T, O>) => wire<O>(add(id, stage as AnyStage, from)),
      into: (id: string, sink: Sink<T>) => {
        add(id, sink as AnyStage, from)
      },
    }
  }

  build({ from: <O>(id: string, source: Source<O>) => wire<O>(add(id, source, null)) })
  return { nodes }
}
