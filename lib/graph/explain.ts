/** A declared graph drawn for people: as indented text, or as Mermaid. Opens no data. */
import type { Sink } from '../core/types.js'
import { describeRead } from './check.js'
import type { GraphDeclaration, GraphNode } from './declare.js'

/** One line a node, indented by depth: id, kind, what it does, branches read, files written. */
export function explainText(graph: GraphDeclaration): string {
  const lines: string[] = []
  const visit = (node: GraphNode, depth: number) => {
    const indent = '  '.repeat(depth)
    lines.push(
      `${indent}${node.id}  [${node.stage.kind}]${node.stage.note === undefined ? '' : `  ${node.stage.note}`}`,
    )
    const reads = node.stage.reads ?? []
    if (reads.length > 0) lines.push(`${indent}    reads ${reads.map(describeRead).join(', ')}`)
    const writes = (node.stage as Sink<never>).writes ?? []
    for (const file of writes) lines.push(`${indent}    writes ${file}`)
    // A chain stays at one depth; only a fork indents.
    const next = node.outputs.length > 1 ? depth + 1 : depth
    for (const output of node.outputs) visit(output, next)
  }
  for (const node of graph.nodes) if (node.input === null) visit(node, 0)
  return `${lines.join('\n')}\n`
}

/** The same as a Mermaid flowchart. */
export function explainMermaid(graph: GraphDeclaration): string {
  const key = new Map(graph.nodes.map((node, i) => [node, `n${i}`]))
  const lines = ['flowchart TD']
  for (const node of graph.nodes) {
    const text = node.stage.note === undefined ? node.id : `${node.id}<br/>${node.stage.note}`
    const [open, close] =
      node.stage.kind === 'sink' ? ['[(', ')]'] : node.stage.kind === 'fold' ? ['{{', '}}'] : ['[', ']']
    lines.push(`  ${key.get(node)}${open}"${text.replaceAll('"', '#quot;')}"${close}`)
  }
  for (const node of graph.nodes) if (node.input !== null) lines.push(`  ${key.get(node.input)} --> ${key.get(node)}`)
  return `${lines.join('\n')}\n`
}
