/** Runs a stretch of a graph on one item: a chunk, a batch or pairs. */
import { BugError, DataError, UsageError } from '../core/errors.js'
import type { Context, FoldStage, MapStage } from '../core/types.js'
import type { GraphNode } from '../graph/index.js'

/** What each node gave; a fold its partial. A node whose input was dropped gives nothing. */
export type NodeValues = ReadonlyMap<GraphNode, unknown>

/** nodes: in graph order; those whose input is not among them take `item`. Errors that are no fault of the data say where. */
export async function runNodes(
  nodes: readonly GraphNode[],
  item: unknown,
  ctx: Context,
  place: string,
): Promise<NodeValues> {
  const values = new Map<GraphNode, unknown>()
  for (const node of nodes) {
    const isInner = node.input !== null && nodes.includes(node.input)
    const input = isInner ? values.get(node.input!) : item
    if (input === null || input === undefined) continue
    try {
      if (node.stage.kind === 'fold') values.set(node, (node.stage as FoldStage<unknown, unknown>).partial(input, ctx))
      else values.set(node, await (node.stage as MapStage<unknown, unknown>).map(input, ctx))
    } catch (error) {
      throw explained(error, node, place)
    }
  }
  return values
}

function explained(error: unknown, node: GraphNode, place: string): unknown {
  if (error instanceof UsageError || error instanceof DataError) return error
  const { message } = error as Error
  const missing = /^column "(.+)" was not read$/.exec(message)?.[1]
  if (error instanceof BugError && missing !== undefined) {
    const text = `"${node.id}" needs the column "${missing}", which is not in the stream.${adviceFor(missing)}`
    return new UsageError([{ place: 'stdin', message: text }])
  }
  return new BugError(`stage "${node.id}": ${message} (${place})`, { cause: error })
}

/** Which stage makes a column that no file has. */
function adviceFor(column: string): string {
  if (column.startsWith('pairs.')) return ' A stage of your own must hand on what "pairs" has.'
  if (column.startsWith('weight')) return ' The stage `weight` makes it: put it after `decode`.'
  return ` Read it: decode --branches '${column},...'.`
}
