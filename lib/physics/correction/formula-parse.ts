/** Parses the formulas of corrections: the part of ROOT's TFormula that correctionlib's grammar (formula_ast.cc) knows. Two of
 *  its habits are easily missed: a minus belongs to the value behind it, so -x^2 is (-x)^2, and numbers are written 1, 1.5 or
 *  2e-3, not .5, 1E3 or 1e+3. An operator that nothing follows, which correctionlib passes over, is refused. */
import { nearestHint } from '../../core/errors.js'
import {
  type Ast,
  BINARY_FUNCTIONS,
  type Binary,
  OPERATOR_LEVELS,
  type Operator,
  UNARY_FUNCTIONS,
} from './formula-ast.js'

/** What is wrong with a formula, and where: an offset in its text. */
export class FormulaFault extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/** Throws FormulaFault. */
export function parseFormula(text: string): Ast {
  return new Parser(text).parse()
}

const BLANKS = /[ \t]*/y
const NUMBER = /-?[0-9]+(?:\.[0-9]*)?(?:e-?[0-9]+)?/y
const OPERATOR = /\|\||&&|==|!=|>=|<=|[-+*/^<>]/y
const VARIABLE = /x\[([0-9]+)\]|[xyzt](?![A-Za-z0-9_])/y
const PARAMETER = /\[[ \t]*([0-9]+)[ \t]*\]/y
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y

const LEVEL_OF = new Map<string, number>(OPERATOR_LEVELS.flatMap((ops, level) => ops.map(op => [op, level] as const)))
const POWER_LEVEL = OPERATOR_LEVELS.length - 1
const FUNCTIONS: readonly string[] = [...UNARY_FUNCTIONS, ...BINARY_FUNCTIONS]

class Parser {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  parse(): Ast {
    this.take(BLANKS)
    const ast = this.expression(0)
    if (this.at < this.text.length) throw this.fault('expected an operator or the end')
    return ast
  }

  /** Precedence climbing: operators of `level` and tighter. */
  private expression(level: number): Ast {
    let left = this.atom()
    for (;;) {
      const start = this.at
      const op = this.take(OPERATOR)?.[0] as Operator | undefined
      if (op === undefined) return left
      const own = LEVEL_OF.get(op)!
      if (own < level) {
        this.at = start
        return left
      }
      left = { kind: 'binary', op, left, right: this.expression(own === POWER_LEVEL ? own : own + 1) }
    }
  }

  private atom(): Ast {
    const number = this.take(NUMBER)
    if (number !== null) return { kind: 'number', value: Number(number[0]) }
    if (!this.takeText('-')) return this.value()
    return { kind: 'unary', op: 'negative', argument: this.value() }
  }

  private value(): Ast {
    const at = this.at
    if (this.takeText('(')) {
      const inner = this.expression(0)
      this.expect(')')
      return inner
    }
    const parameter = this.take(PARAMETER)
    if (parameter !== null) return { kind: 'parameter', index: Number(parameter[1]), at }
    const variable = this.take(VARIABLE)
    if (variable === null) return this.call()
    const index = variable[1] === undefined ? 'xyzt'.indexOf(variable[0]) : Number(variable[1])
    return { kind: 'variable', index, at }
  }

  private call(): Ast {
    const start = this.at
    const name = this.take(WORD)?.[0]
    if (name === undefined) throw this.fault('expected a number, a variable, a parameter [0], a function or "("')
    if (!FUNCTIONS.includes(name)) {
      this.at = start
      throw this.fault(
        `unknown name "${name}".${nearestHint(name, FUNCTIONS)} There are x, y, z, t and ${FUNCTIONS.join(', ')}`,
      )
    }
    this.expect('(')
    const left = this.expression(0)
    const unary = UNARY_FUNCTIONS.find(f => f === name)
    if (unary !== undefined) {
      this.expect(')')
      return { kind: 'unary', op: unary, argument: left }
    }
    this.expect(',')
    const right = this.expression(0)
    this.expect(')')
    return { kind: 'binary', op: name as Binary, left, right }
  }

  private expect(text: string): void {
    if (!this.takeText(text)) throw this.fault(`expected "${text}"`)
  }

  private takeText(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false
    this.at += text.length
    this.take(BLANKS)
    return true
  }

  /** The match here, with the blanks behind it passed over; or null. */
  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match === null) return null
    this.at = pattern.lastIndex
    if (pattern !== BLANKS) this.take(BLANKS)
    return match
  }

  private fault(message: string): FormulaFault {
    return new FormulaFault(message, this.at)
  }
}
