/** What can be said against an expression before the columns are known: syntax, names of functions, Python's `and`, `or`,
 *  `not` and chains on columns. Configuration is checked with it; check.ts does the rest once a file was opened. */
import { childrenOf, type Expr } from './ast.js'
import { ExpressionError } from './error.js'
import { CHAIN, IF, JOIN_ADVICE, NOT, onColumns, unknownMember, unknownName } from './messages.js'
import { adviceForMember, adviceForName, memberNames } from './names.js'
import { parseExpression } from './parse.js'
import type { Env, Scope } from './scope.js'

export interface Fault {
  /** What is wrong, without a position. */
  readonly message: string
  /** What to do, or ''. */
  readonly advice: string
  /** Position of the fault in the text, from 0. */
  readonly caret: number
}

/** The first fault of the text; null: none that can be seen without columns. root: the name that columns start from,
 *  as `zcands`. */
export function checkExpressionText(text: string, root: string): Fault | null {
  try {
    checkNode(parseExpression(text), text, root)
    return null
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { message: error.problem, advice: error.advice, caret: error.column - 1 }
  }
}

function checkNode(node: Expr, text: string, root: string): void {
  const fail = (problem: string, advice: string): never => {
    throw new ExpressionError(text, node.at + 1, problem, advice)
  }
  for (const child of childrenOf(node)) checkNode(child, text, root)
  if (node.kind === 'name' && ![root, 'np', 'ak'].includes(node.name)) {
    fail(unknownName(node.name), adviceForName(node.name, onlyRoot(root), []))
  }
  if (node.kind === 'attribute' && node.object.kind === 'name') {
    const module = node.object.name
    if ((module === 'np' || module === 'ak') && !memberNames(module).includes(node.name)) {
      fail(unknownMember(`${module}.${node.name}`), adviceForMember(module, node.name))
    }
  }
  if (node.kind === 'unary' && node.op === 'not' && mentions(node, root)) fail(NOT.problem, NOT.advice)
  if (node.kind === 'logic' && mentions(node.left, root)) fail(onColumns(node.op), JOIN_ADVICE)
  if (node.kind === 'conditional' && mentions(node.test, root)) fail(IF.problem, IF.advice)
  if (node.kind === 'compare' && node.links.length > 1 && mentions(node, root)) fail(CHAIN, JOIN_ADVICE)
}

function mentions(node: Expr, name: string): boolean {
  return (node.kind === 'name' && node.name === name) || childrenOf(node).some(child => mentions(child, name))
}

function onlyRoot(root: string): Scope<Env> {
  return { resolve: () => undefined, suggestions: () => [root] }
}
