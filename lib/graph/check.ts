/** Checks of a declared graph before anything runs: its shape, and the branches it reads against the columns that the files
 *  have. */
import { BugError, nearestHint, type Problem } from '../core/errors.js'
import type { Layout, Read } from '../core/types.js'
import type { GraphDeclaration, GraphNode } from './declare.js'

/** Throws BugError where the graph cannot be run: no source, a wire that ends nowhere, a stage kind out of place. */
export function checkShape(graph: GraphDeclaration): void {
  const sources = graph.nodes.filter(n => n.stage.kind === 'source')
  if (sources.length !== 1) throw new BugError(`graph: ${sources.length} sources, wanted 1`)
  for (const node of graph.nodes) {
    const { kind } = node.stage
    if ((kind === 'map' || kind === 'source' || kind === 'flow') && node.outputs.length === 0) {
      throw new BugError(`graph: nothing takes what "${node.id}" gives`)
    }
    if (kind === 'flow' && node.input?.stage.kind !== 'source' && node.input?.stage.kind !== 'flow') {
      throw new BugError(`graph: "${node.id}" sees the whole stream, so it must stand before the first map stage`)
    }
    if (node.input?.stage.kind === 'fold' && kind !== 'sink') {
      throw new BugError(`graph: "${node.id}" comes after the fold "${node.input.id}"; only a sink may`)
    }
  }
}

/** The branches to read from files of this layout, in the layout's order for globs and in graph order otherwise, and a
 *  problem for each that is missing. adds: columns that stages add themselves are not looked for in the file. */
export function resolveReads(
  graph: GraphDeclaration,
  layout: Layout,
  place: string,
): { readonly branches: readonly string[]; readonly problems: readonly Problem[] } {
  const branches = new Set<string>()
  const problems: Problem[] = []
  const added = new Set(graph.nodes.flatMap(n => n.stage.adds ?? []))
  for (const node of graph.nodes) {
    for (const read of node.stage.reads ?? []) {
      const missing = resolveRead(read, layout, added, branches)
      if (missing !== null) problems.push(missingBranch(missing, node, layout, place))
    }
  }
  return { branches: [...branches], problems }
}

/** Of `branches`, those that only nodes after the node `id` read, and that no stage adds. [] where there is no such node. */
export function readAfter(
  graph: GraphDeclaration,
  id: string,
  branches: readonly string[],
  layout: Layout,
): readonly string[] {
  const after = new Set<GraphNode>(graph.nodes.filter(n => n.id === id))
  if (after.size === 0) return []
  for (const node of graph.nodes) if (node.input !== null && after.has(node.input)) after.add(node)
  const before = resolveReads({ nodes: graph.nodes.filter(n => !after.has(n)) }, layout, '')
  const early = new Set([...before.branches, ...graph.nodes.flatMap(n => n.stage.adds ?? [])])
  return branches.filter(name => !early.has(name))
}

/** Adds the branches that `read` stands for; returns the name of the one that is missing, or null. */
function resolveRead(read: Read, layout: Layout, added: ReadonlySet<string>, into: Set<string>): string | null {
  if (typeof read === 'string') {
    if (layout.has(read)) into.add(read)
    else if (!added.has(read)) return read
    return null
  }
  if ('optional' in read) {
    if (layout.has(read.optional)) into.add(read.optional)
    return null
  }
  if ('every' in read) {
    const prefix = read.every.replace(/\*$/, '')
    for (const name of layout.names) if (name.startsWith(prefix)) into.add(name)
    return null
  }
  const choice = read.oneOf.find(names => names.every(name => layout.has(name)))
  if (choice === undefined) return read.oneOf[read.oneOf.length - 1]!.find(name => !layout.has(name)) ?? null
  for (const name of choice) into.add(name)
  return null
}

function missingBranch(name: string, node: GraphNode, layout: Layout, place: string): Problem {
  return {
    place,
    message: `branch "${name}" not found, read by "${node.id}".${nearestHint(name, layout.names)}`,
  }
}

/** How a read is written for people. */
export function describeRead(read: Read): string {
  if (typeof read === 'string') return read
  if ('optional' in read) return `${read.optional}?`
  if ('every' in read) return read.every
  return read.oneOf.map(names => names.join('+')).join(' | ')
}
