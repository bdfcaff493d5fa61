/** Splits the text of an expression into tokens by Python's lexical rules (as far as expressions go). A line break counts
 *  as a blank. First step of parseExpression. */
import { ExpressionError } from './error.js'

export interface Token {
  readonly kind: 'name' | 'keyword' | 'number' | 'string' | 'op' | 'end'
  readonly text: string
  /** Position of the first character, from 0. */
  readonly at: number
  /** Value of a number or a string. */
  readonly value?: bigint | number | string
}

const KEYWORDS = new Set(
  'and or not in is if else True False None lambda for async await yield def class return import from as with while'.split(
    ' ',
  ),
)

/** Longest first, so that the first match is the right one. */
const OPERATORS = '** // << >> <= >= == != && || := -> + - * / % & | ^ ~ < > = ( ) [ ] { } , . : ! @ ;'.split(' ')

const SPACE = /(?:\s|#[^\n]*)+/y
/** Where the text has nothing beyond ASCII, which is nearly always: compiling the other one takes 1 ms. */
const ASCII_NAME = /[A-Za-z_]\w*/y
const ASCII = /^[\0-\x7f]*$/
const nameOf = (text: string): RegExp => (ASCII.test(text) ? ASCII_NAME : /[\p{L}_][\p{L}\p{N}_]*/uy)
/** One pattern for all of Python's numbers; what it takes too much of is refused by `numberValue`. */
const NUMBER = /0[xX][\w]*|0[oO][\w]*|0[bB][\w]*|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[\w]*/y
const STRING = /'(?:[^'\\\n]|\\['"\\])*'|"(?:[^"\\\n]|\\['"\\])*"/y

const INTEGER = /^(?:0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*|[1-9](?:_?\d)*)$/
const DIGITS = String.raw`\d(?:_?\d)*`
const FLOAT = new RegExp(`^(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?$`)

/** The tokens of `text`, ending with one of kind 'end'. Throws ExpressionError at a character that starts no token. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const names = nameOf(text)
  let at = 0
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }
  for (;;) {
    at += match(SPACE)?.length ?? 0
    if (at >= text.length) break
    const token = nextToken(text, at, names, match)
    tokens.push(token)
    at += token.text.length
  }
  tokens.push({ kind: 'end', text: '', at })
  return tokens
}

function nextToken(text: string, at: number, names: RegExp, match: (pattern: RegExp) => string | undefined): Token {
  const name = match(names)
  if (name !== undefined) return { kind: KEYWORDS.has(name) ? 'keyword' : 'name', text: name, at }
  const number = match(NUMBER)
  if (number !== undefined) return { kind: 'number', text: number, at, value: numberValue(text, number, at) }
  const string = match(STRING)
  if (string !== undefined) {
    return { kind: 'string', text: string, at, value: string.slice(1, -1).replace(/\\(.)/g, '$1') }
  }
  const op = OPERATORS.find(o => text.startsWith(o, at))
  if (op !== undefined) return { kind: 'op', text: op, at }
  if (text[at] === '"' || text[at] === "'") {
    throw new ExpressionError(text, at + 1, 'unfinished text in quotes', `Close it with ${text[at]}.`)
  }
  const character = String.fromCodePoint(text.codePointAt(at)!)
  throw new ExpressionError(text, at + 1, `unexpected character ${JSON.stringify(character)}`)
}

function numberValue(text: string, literal: string, at: number): bigint | number {
  if (INTEGER.test(literal)) return BigInt(literal.replaceAll('_', ''))
  if (FLOAT.test(literal) && !/^\d[\d_]*$/.test(literal)) return Number(literal.replaceAll('_', ''))
  const advice = /^\d.*[jJ]$/.test(literal)
    ? 'Complex numbers are not supported.'
    : /^0\d/.test(literal)
      ? 'A decimal integer has no leading zeros.'
      : ''
  throw new ExpressionError(text, at + 1, `"${literal}" is not a number`, advice)
}
