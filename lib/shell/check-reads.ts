/** What the nodes of a stage read, against the columns of the stream that it was given. */
import { nearestHint, type Problem, UsageError } from '../core/errors.js'
import type { Layout, Read } from '../core/types.js'
import type { GraphNode } from '../graph/index.js'

/** Throws UsageError with every column that is missing: a branch that the files have and that was not read must not count as
 *  one that they lack. */
export function checkReads(nodes: readonly GraphNode[], columns: ReadonlySet<string>, layout: Layout): void {
  const problems = new Map<string, Problem>()
  const made = new Set(nodes.flatMap(node => node.stage.adds ?? []))
  for (const node of nodes) {
    for (const read of node.stage.reads ?? []) {
      for (const name of wanted(read, layout, made)) {
        if (!columns.has(name)) problems.set(name, problemOf(name, node, columns, layout))
      }
    }
  }
  if (problems.size > 0) throw new UsageError([...problems.values()])
}

/** The columns that must be there for this read. */
function wanted(read: Read, layout: Layout, made: ReadonlySet<string>): readonly string[] {
  if (typeof read === 'string') return !layout.has(read) && made.has(read) ? [] : [read]
  if ('optional' in read) return layout.has(read.optional) ? [read.optional] : []
  if ('every' in read) return layout.names.filter(name => name.startsWith(read.every.replace(/\*$/, '')))
  return read.oneOf.find(names => names.every(name => layout.has(name))) ?? read.oneOf.at(-1)!
}

function problemOf(name: string, node: GraphNode, columns: ReadonlySet<string>, layout: Layout): Problem {
  const known = layout.has(name) || /G$/.test(name)
  const advice = known
    ? ` Read it: decode --branches '${name},...'.`
    : `${nearestHint(name, [...columns, ...layout.names])} The files have no such branch.`
  return { place: 'stdin', message: `"${node.id}" needs the column "${name}", which is not in the stream.${advice}` }
}
