/** A position in the tokens of an expression: what the parser looks at and moves along. */
import { ExpressionError } from './error.js'
import type { Token } from './lex.js'

/** Signs of other languages, and what Python writes for them. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['&&', 'Write & between conditions in parentheses.'],
  ['||', 'Write | between conditions in parentheses.'],
  ['!', 'Write ~ before a condition in parentheses.'],
  ['=', 'Write == to compare.'],
  [':=', 'Write == to compare.'],
  [',', 'Lists and tuples are not supported.'],
])

export class TokenStream {
  protected readonly text: string
  private readonly tokens: readonly Token[]
  private position = 0

  /** tokens: ending with one of kind 'end'. */
  constructor(text: string, tokens: readonly Token[]) {
    this.text = text
    this.tokens = tokens
  }

  protected get token(): Token {
    return this.tokens[this.position]!
  }

  protected next(): Token {
    return this.tokens[this.position++]!
  }

  protected sees(...texts: string[]): boolean {
    return (this.token.kind === 'op' || this.token.kind === 'keyword') && texts.includes(this.token.text)
  }

  protected take(text: string): boolean {
    if (!this.sees(text)) return false
    this.position++
    return true
  }

  protected expect(text: string, why: string): void {
    if (!this.take(text)) this.unexpected(`expected "${text}" ${why}`)
  }

  protected unexpected(expected: string): never {
    const got = this.token.kind === 'end' ? 'the end' : `"${this.token.text}"`
    throw new ExpressionError(
      this.text,
      this.token.at + 1,
      `${expected}, got ${got}`,
      this.token.kind === 'op' ? MEANT.get(this.token.text) : '',
    )
  }

  /** 'after "x"' for the token before the current one. */
  protected after(): string {
    return this.position === 0 ? '' : ` after "${this.tokens[this.position - 1]!.text}"`
  }

  protected get following(): Token | undefined {
    return this.tokens[this.position + 1]
  }

  protected skip(n: number): void {
    this.position += n
  }
}
