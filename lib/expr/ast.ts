/** The syntax tree of an expression. `at` is where a node's own sign starts in the text, counted from 0: the operator of
 *  an operation, the name of an attribute, the bracket of a call. */

/** A Python scalar: int is bigint, float is number. */
export type PyValue = bigint | number | boolean | string | null

export type UnaryOp = '+' | '-' | '~' | 'not'
export type ArithmeticOp = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '&' | '|' | '^' | '<<' | '>>'
export type OrderOp = '<' | '<=' | '>' | '>=' | '==' | '!='
export type CompareOp = OrderOp | 'in' | 'not in' | 'is' | 'is not'

export interface Constant {
  readonly kind: 'constant'
  readonly at: number
  readonly value: PyValue
}
export interface Name {
  readonly kind: 'name'
  readonly at: number
  readonly name: string
}
/** `object.name` or `object["name"]`. */
export interface Attribute {
  readonly kind: 'attribute'
  readonly at: number
  readonly object: Expr
  readonly name: string
}
export interface Call {
  readonly kind: 'call'
  readonly at: number
  readonly callee: Expr
  readonly args: readonly Expr[]
  readonly keywords: readonly Keyword[]
}
export interface Keyword {
  readonly at: number
  readonly name: string
  readonly value: Expr
}
export interface Unary {
  readonly kind: 'unary'
  readonly at: number
  readonly op: UnaryOp
  readonly operand: Expr
}
export interface Binary {
  readonly kind: 'binary'
  readonly at: number
  readonly op: ArithmeticOp
  readonly left: Expr
  readonly right: Expr
}
/** `first op1 second op2 third ...`: more than one link is a chained comparison. */
export interface Compare {
  readonly kind: 'compare'
  readonly at: number
  readonly first: Expr
  readonly links: readonly { readonly at: number; readonly op: CompareOp; readonly right: Expr }[]
}
export interface Logic {
  readonly kind: 'logic'
  readonly at: number
  readonly op: 'and' | 'or'
  readonly left: Expr
  readonly right: Expr
}
/** `yes if test else no`. */
export interface Conditional {
  readonly kind: 'conditional'
  readonly at: number
  readonly yes: Expr
  readonly test: Expr
  readonly no: Expr
}

export type Expr = Constant | Name | Attribute | Call | Unary | Binary | Compare | Logic | Conditional

/** Where the text of a node begins. */
export function startOf(node: Expr): number {
  switch (node.kind) {
    case 'attribute':
      return startOf(node.object)
    case 'call':
      return startOf(node.callee)
    case 'binary':
    case 'logic':
      return startOf(node.left)
    case 'compare':
      return startOf(node.first)
    case 'conditional':
      return startOf(node.yes)
    default:
      return node.at
  }
}

/** The nodes right under a node, from left to right. */
export function childrenOf(node: Expr): readonly Expr[] {
  switch (node.kind) {
    case 'attribute':
      return [node.object]
    case 'call':
      return [node.callee, ...node.args, ...node.keywords.map(k => k.value)]
    case 'unary':
      return [node.operand]
    case 'binary':
    case 'logic':
      return [node.left, node.right]
    case 'compare':
      return [node.first, ...node.links.map(link => link.right)]
    case 'conditional':
      return [node.yes, node.test, node.no]
    default:
      return []
  }
}
