/** What a graph's sinks write, without the graph: runs of hundreds of datasets need all of their files at once, and one graph at a time,
 *  which takes 150 kB for a table of 150 columns. */
import { basename, dirname } from 'node:path'
import type { Sink } from '../core/types.js'
import type { GraphDeclaration } from '../graph/index.js'

export interface SinkFiles extends Pick<Sink<never>, 'replaces'> {
  /** Paths. */
  readonly writes: readonly string[]
  /** Workers may make them. */
  readonly mayBeMade: boolean
}

/** One a sink. */
export function sinkFilesOf(graph: GraphDeclaration): SinkFiles[] {
  return graph.nodes.flatMap(({ stage }) => {
    if (stage.kind !== 'sink') return []
    const { writes = [], replaces, making } = stage as Sink<never>
    return [{ writes, mayBeMade: making !== undefined, ...(replaces === undefined ? {} : { replaces }) }]
  })
}

/** All of their paths, each once. */
export function pathsOf(sinks: readonly SinkFiles[]): string[] {
  return [...new Set(sinks.flatMap(sink => sink.writes))]
}

/** Names of all files by their folder. */
export function namesByFolder(sinks: readonly SinkFiles[]): Map<string, string[]> {
  const names = new Map<string, string[]>()
  for (const path of pathsOf(sinks)) {
    const folder = dirname(path)
    const there = names.get(folder)
    if (there === undefined) names.set(folder, [basename(path)])
    else there.push(basename(path))
  }
  return names
}
