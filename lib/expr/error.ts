/** Errors of the expression language: ExpressionError, which callers see, knows the text and the column; RuleError is
 *  what the rules of numpy, awkward and Python throw before the checker knows where in the text they were broken. */

export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  /** The expression as the user wrote it. */
  readonly text: string
  /** Where it is wrong, counted from 1. */
  readonly column: number
  /** What is wrong, without the column. */
  readonly problem: string
  /** What to do: whole sentences, or ''. */
  readonly advice: string

  constructor(text: string, column: number, problem: string, advice = '') {
    super(`${problem} at column ${column}${advice === '' ? '' : `. ${advice}`}`)
    this.text = text
    this.column = column
    this.problem = problem
    this.advice = advice
  }

  /** Two indented lines: the expression, and a caret under the column. */
  caret(): string {
    return `    ${this.text.replace(/\s/g, ' ')}\n    ${' '.repeat(this.column - 1)}^`
  }

  /** The same error for a user who wrote the text without the prefix that was put before it. */
  withoutPrefix(prefix: string): ExpressionError {
    const column = Math.max(1, this.column - prefix.length)
    const advice = `${this.advice}${this.advice === '' ? '' : ' '}It is read as ${this.text.trim()}`
    return new ExpressionError(this.text.slice(prefix.length), column, this.problem, advice)
  }
}

/** A rule of the language was broken by values, wherever in the text they stand. Never leaves lib/expr. */
export class RuleError extends Error {
  override readonly name = 'RuleError'
  readonly advice: string
  constructor(problem: string, advice = '') {
    super(problem)
    this.advice = advice
  }
}
