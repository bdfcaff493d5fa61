/** Parses the text of a filter, ID or mask into a syntax tree: recursive descent over Python's grammar of expressions,
 *  whitelisted to what has a meaning on columns. Second step of an expression; check.ts is the third. */
import { type ArithmeticOp, type CompareOp, childrenOf, type Expr, type Keyword, type UnaryOp } from './ast.js'
import { ExpressionError } from './error.js'
import { tokenize } from './lex.js'
import { TokenStream } from './token-stream.js'

/** Operators of two operands from loose to tight; each level is left-associative. */
const LEVELS: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '//', '%']]
const COMPARISONS = new Set(['<', '<=', '>', '>=', '==', '!='])
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
])

/** More parentheses within each other would exhaust the stack of the parser; */
const MAX_NESTING = 100
/** a deeper tree, such as of a chain of additions, that of the checker (from 2000 on, with Node's default stack). */
const MAX_DEPTH = 1000

/** Characters: half a million take 440 MB to be looked at. */
const MAX_LENGTH = 100_000

/** The syntax tree of `text`. Throws ExpressionError. */
export function parseExpression(text: string): Expr {
  if (text.length > MAX_LENGTH) throw new ExpressionError(text, MAX_LENGTH + 1, 'expression too long')
  return new Parser(text, tokenize(text)).whole()
}

class Parser extends TokenStream {
  private nesting = 0
  private readonly depths = new Map<Expr, number>()

  whole(): Expr {
    const expr = this.conditional()
    if (this.token.kind !== 'end') this.unexpected('expected an operator or the end')
    return expr
  }

  private nested(parse: () => Expr): Expr {
    if (++this.nesting > MAX_NESTING)
      throw new ExpressionError(this.text, this.token.at + 1, 'expression nested too deep')
    const expr = parse()
    this.nesting--
    return expr
  }

  private made(node: Expr): Expr {
    const depth = 1 + Math.max(0, ...childrenOf(node).map(child => this.depths.get(child)!))
    if (depth > MAX_DEPTH) throw new ExpressionError(this.text, node.at + 1, 'expression too long')
    this.depths.set(node, depth)
    return node
  }

  private conditional(): Expr {
    const yes = this.or()
    if (!this.sees('if')) return yes
    const at = this.next().at
    const test = this.or()
    this.expect('else', 'to complete the "if"')
    return this.made({ kind: 'conditional', at, yes, test, no: this.nested(() => this.conditional()) })
  }

  private or(): Expr {
    let left = this.and()
    while (this.sees('or')) left = this.made({ kind: 'logic', at: this.next().at, op: 'or', left, right: this.and() })
    return left
  }

  private and(): Expr {
    let left = this.not()
    while (this.sees('and')) left = this.made({ kind: 'logic', at: this.next().at, op: 'and', left, right: this.not() })
    return left
  }

  private not(): Expr {
    if (!this.sees('not')) return this.comparison()
    return this.made({ kind: 'unary', at: this.next().at, op: 'not', operand: this.nested(() => this.not()) })
  }

  private comparison(): Expr {
    const first = this.binary(0)
    const links: { at: number; op: CompareOp; right: Expr }[] = []
    for (let op = this.comparator(); op !== undefined; op = this.comparator()) {
      links.push({ ...op, right: this.binary(0) })
    }
    return links.length === 0 ? first : this.made({ kind: 'compare', at: links[0]!.at, first, links })
  }

  private comparator(): { at: number; op: CompareOp } | undefined {
    const { kind, text, at } = this.token
    if (kind === 'op' && COMPARISONS.has(text)) {
      this.skip(1)
      return { at, op: text as CompareOp }
    }
    if (this.take('in')) return { at, op: 'in' }
    if (this.take('is')) return { at, op: this.take('not') ? 'is not' : 'is' }
    const following = this.following
    if (this.sees('not') && following?.kind === 'keyword' && following.text === 'in') {
      this.skip(2)
      return { at, op: 'not in' }
    }
    return undefined
  }

  private binary(level: number): Expr {
    const ops = LEVELS[level]
    if (ops === undefined) return this.sign()
    let left = this.binary(level + 1)
    while (this.token.kind === 'op' && ops.includes(this.token.text)) {
      const { at, text } = this.next()
      left = this.made({ kind: 'binary', at, op: text as ArithmeticOp, left, right: this.binary(level + 1) })
    }
    return left
  }

  private sign(): Expr {
    if (!this.sees('+', '-', '~')) return this.power()
    const { at, text } = this.next()
    return this.made({ kind: 'unary', at, op: text as UnaryOp, operand: this.nested(() => this.sign()) })
  }

  /** `**` binds tighter than a sign on its left and looser than one on its right. */
  private power(): Expr {
    const left = this.trailers(this.atom())
    if (!this.sees('**')) return left
    return this.made({ kind: 'binary', at: this.next().at, op: '**', left, right: this.nested(() => this.sign()) })
  }

  private trailers(atom: Expr): Expr {
    let expr = atom
    for (;;) {
      const at = this.token.at
      if (this.take('.')) expr = this.made({ kind: 'attribute', object: expr, ...this.fieldName() })
      else if (this.take('[')) expr = this.made({ kind: 'attribute', object: expr, ...this.subscript() })
      else if (this.take('(')) expr = this.made({ kind: 'call', at, callee: expr, ...this.callArguments() })
      else return expr
    }
  }

  private fieldName(): { at: number; name: string } {
    if (this.token.kind !== 'name') this.unexpected('expected the name of a field after "."')
    const { at, text } = this.next()
    return { at, name: text }
  }

  /** Only `["name"]`: slices and masks would change the number of pairs. */
  private subscript(): { at: number; name: string } {
    const { kind, at, value } = this.token
    if (kind !== 'string') this.unexpected('expected the name of a field in quotes after "["')
    this.skip(1)
    this.expect(']', 'after the name of the field')
    return { at, name: String(value) }
  }

  private callArguments(): { args: Expr[]; keywords: Keyword[] } {
    const args: Expr[] = []
    const keywords: Keyword[] = []
    while (!this.sees(')')) {
      const { kind, text, at } = this.token
      const following = this.following
      if (kind === 'name' && following?.kind === 'op' && following.text === '=') {
        this.skip(2)
        keywords.push({ at, name: text, value: this.nested(() => this.conditional()) })
      } else if (keywords.length > 0) this.unexpected('expected an argument of the form name=value')
      else args.push(this.nested(() => this.conditional()))
      if (!this.take(',')) break
    }
    this.expect(')', 'to close the call')
    return { args, keywords }
  }

  private atom(): Expr {
    const { kind, text, at, value } = this.token
    if (kind === 'name') {
      this.skip(1)
      return this.made({ kind: 'name', at, name: text })
    }
    if (kind === 'number' || kind === 'string') {
      this.skip(1)
      return this.made({ kind: 'constant', at, value: value! })
    }
    if (kind === 'keyword' && CONSTANTS.has(text)) {
      this.skip(1)
      return this.made({ kind: 'constant', at, value: CONSTANTS.get(text)! })
    }
    if (this.take('(')) {
      const inner = this.nested(() => this.conditional())
      this.expect(')', 'to close the parenthesis')
      return inner
    }
    return this.unexpected(`expected a value${this.after()}`)
  }
}
