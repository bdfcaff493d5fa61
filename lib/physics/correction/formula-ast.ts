/** Formulas as trees, and what correctionlib's TFormula grammar has for operators and functions. */

export const UNARY_FUNCTIONS = [
  'log',
  'log10',
  'exp',
  'erf',
  'sqrt',
  'abs',
  'cos',
  'sin',
  'tan',
  'acos',
  'asin',
  'atan',
  'cosh',
  'sinh',
  'tanh',
  'acosh',
  'asinh',
  'atanh',
] as const
export const BINARY_FUNCTIONS = ['atan2', 'pow', 'max', 'min'] as const

/** From the loosest to the tightest. All group to the left but ^, which groups to the right. */
export const OPERATOR_LEVELS = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['>', '<', '>=', '<='],
  ['-', '+'],
  ['/', '*'],
  ['^'],
] as const

export type Unary = 'negative' | (typeof UNARY_FUNCTIONS)[number]
export type Operator = (typeof OPERATOR_LEVELS)[number][number]
export type Binary = Operator | (typeof BINARY_FUNCTIONS)[number]

export type Ast =
  | { readonly kind: 'number'; readonly value: number }
  /** Position among the formula's variables. */
  | { readonly kind: 'variable'; readonly index: number; readonly at: number }
  | { readonly kind: 'parameter'; readonly index: number; readonly at: number }
  | { readonly kind: 'unary'; readonly op: Unary; readonly argument: Ast }
  | { readonly kind: 'binary'; readonly op: Binary; readonly left: Ast; readonly right: Ast }

/** A formula of which `variables[i]` is the position of variable i's input. */
export interface Formula {
  readonly expression: string
  readonly ast: Ast
  readonly variables: readonly number[]
}
