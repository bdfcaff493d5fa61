/** The nodes `formula` and `formularef`: formulas, evaluated operation by operation over all rows. */
import { erf } from './erf.js'
import type { Ast, Binary, Formula, Unary } from './formula-ast.js'
import { FormulaFault, parseFormula } from './formula-parse.js'
import type { Lane, NumberLane } from './lanes.js'
import type { Node } from './node.js'
import { type NodeReader, show } from './reader.js'

/** The formula of a node of that type, or of one of a correction's generic_formulas. */
export function readFormula(node: NodeReader): Formula {
  const parser = node.field('parser')
  if (parser !== 'TFormula') throw node.fail(`"parser" is ${show(parser)}, wanted "TFormula".`)
  const expression = node.text('expression')
  const variables = node.list('variables').map(name => node.input(name, ['real']))
  return inFormula(node, expression, () => ({ expression, ast: parseFormula(expression), variables }))
}

export function compileFormula(node: NodeReader): Node {
  const parameters = node.field('parameters') === undefined ? [] : node.numbers('parameters')
  return formulaNode(node, readFormula(node), parameters)
}

export function compileFormulaRef(node: NodeReader): Node {
  const index = node.field('index')
  const formulas = node.scope.genericFormulas
  const formula = typeof index === 'number' ? formulas[index] : undefined
  if (formula === undefined)
    throw node.fail(`"index" is ${show(index)}; there are ${formulas.length} generic_formulas.`)
  return formulaNode(node, formula, node.numbers('parameters'))
}

function formulaNode(node: NodeReader, formula: Formula, parameters: readonly number[]): Node {
  const compute = inFormula(node, formula.expression, () => compile(formula.ast, formula, parameters))
  return {
    evaluate(lanes: readonly Lane[], rows: Int32Array, out: Float64Array) {
      const results = compute(lanes, rows)
      for (let k = 0; k < rows.length; k++) out[rows[k]!] = results[k]!
    },
  }
}

/** Faults as errors that show the formula with a caret. */
function inFormula<T>(node: NodeReader, expression: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof FormulaFault)) throw error
    throw node.fail(`${error.message}, at column ${error.at + 1}:\n    ${expression}\n    ${' '.repeat(error.at)}^`)
  }
}

/** Values for the rows, in an array that its caller may change. */
type Compute = (lanes: readonly Lane[], rows: Int32Array) => Float64Array

function compile(ast: Ast, formula: Formula, parameters: readonly number[]): Compute {
  switch (ast.kind) {
    case 'number':
      return constant(ast.value)
    case 'parameter': {
      const value = parameters[ast.index]
      if (value === undefined)
        throw new FormulaFault(`no parameter ${ast.index}: ${parameters.length} are given`, ast.at)
      return constant(value)
    }
    case 'variable': {
      const input = formula.variables[ast.index]
      if (input === undefined) {
        throw new FormulaFault(`no variable ${ast.index}: ${formula.variables.length} are given`, ast.at)
      }
      return variable(input)
    }
    case 'unary':
      return unary(UNARY[ast.op], compile(ast.argument, formula, parameters))
    case 'binary':
      return binary(BINARY[ast.op], compile(ast.left, formula, parameters), compile(ast.right, formula, parameters))
  }
}

function constant(value: number): Compute {
  return (_, rows) => new Float64Array(rows.length).fill(value)
}

function variable(input: number): Compute {
  return (lanes, rows) => {
    const { values } = lanes[input] as NumberLane
    const x = new Float64Array(rows.length)
    for (let k = 0; k < rows.length; k++) x[k] = values[rows[k]!]!
    return x
  }
}

function unary(operation: (x: number) => number, argument: Compute): Compute {
  return (lanes, rows) => {
    const x = argument(lanes, rows)
    for (let k = 0; k < x.length; k++) x[k] = operation(x[k]!)
    return x
  }
}

function binary(operation: (a: number, b: number) => number, left: Compute, right: Compute): Compute {
  return (lanes, rows) => {
    const a = left(lanes, rows)
    const b = right(lanes, rows)
    for (let k = 0; k < a.length; k++) a[k] = operation(a[k]!, b[k]!)
    return a
  }
}

const UNARY: Readonly<Record<Unary, (x: number) => number>> = {
  negative: x => -x,
  log: Math.log,
  log10: Math.log10,
  exp: Math.exp,
  erf,
  sqrt: Math.sqrt,
  abs: Math.abs,
  cos: Math.cos,
  sin: Math.sin,
  tan: Math.tan,
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  cosh: Math.cosh,
  sinh: Math.sinh,
  tanh: Math.tanh,
  acosh: Math.acosh,
  asinh: Math.asinh,
  atanh: Math.atanh,
}

/** Truth is 1 and 0, and what is not 0 is true. */
const BINARY: Readonly<Record<Binary, (a: number, b: number) => number>> = {
  '||': (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
  '&&': (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  '==': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a !== b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '<': (a, b) => (a < b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '-': (a, b) => a - b,
  '+': (a, b) => a + b,
  '/': (a, b) => a / b,
  '*': (a, b) => a * b,
  '^': power,
  pow: power,
  atan2: Math.atan2,
  max: larger,
  min: smaller,
}

/** pow of C: unlike JavaScript's, 1 to any power is 1, and so is -1 to an infinite one. */
function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1
  return base ** exponent
}

/** max and min of C++: the first argument where one is NaN. */
function larger(a: number, b: number): number {
  if (a < b) return b
  return a
}

function smaller(a: number, b: number): number {
  if (b < a) return b
  return a
}
