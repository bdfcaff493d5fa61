/** JSON text to values, with errors that name line and column, with the keys that an object has twice (JSON.parse keeps the
 *  last one silently: half a fileset can vanish that way) and in the order in which they were written (JSON.parse puts names that look like whole numbers
 *  first). JSON.parse makes the value; the scanner here only checks. */

import { inOrder, isNatural } from './ordered.js'
import { own } from './own.js'

export interface JsonFault {
  readonly message: string
  /** Character offset in the text. */
  readonly at: number
}
export interface Repeated {
  readonly path: readonly (string | number)[]
}
export interface ParsedJson {
  readonly value: unknown
  readonly repeated: readonly Repeated[]
}

/** The value of JSON text, or what is wrong and where. */
export function parseJson(text: string): ParsedJson | JsonFault {
  const scanner = new Scanner(text)
  const fault = scanner.scan()
  if (fault !== null) return fault
  return { value: restored(JSON.parse(text), scanner.reordered), repeated: scanner.repeated }
}

/** A name of digits in quotes, and what stands for a digit: only such names lose their places. */
const DIGITS = /"(?:\d|\\u003\d)+"\s*:/

/** As JSON.parse, in the order of the text. */
export function parseOrdered(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (!DIGITS.test(text)) return value
  const scanner = new Scanner(text)
  scanner.scan()
  return restored(value, scanner.reordered)
}

/** A value that came as `plain` gives it, in its order. */
export function readInOrder<T>(value: T, text: string | undefined): T {
  return text === undefined ? value : (parseOrdered(text) as T)
}

type Path = readonly (string | number)[]

/** An object whose keys JavaScript puts in another order than the text has. */
interface Reordered {
  readonly path: Path
  readonly keys: readonly string[]
}

/** Inner ones come before those that hold them. */
function restored(value: unknown, reordered: readonly Reordered[]): unknown {
  const root = { value }
  for (const { path, keys } of reordered) {
    let [at, last]: [Record<string | number, unknown>, string | number] = [root, 'value']
    for (const key of path) [at, last] = [at[last] as Record<string | number, unknown>, key]
    at[last] = inOrder(at[last] as object, keys)
  }
  return root.value
}

/** 1-based line and column of an offset, and the line's text. */
export function locate(text: string, at: number): { line: number; column: number; source: string } {
  const before = text.lastIndexOf('\n', at - 1) + 1
  const after = text.indexOf('\n', at)
  let line = 1
  for (let i = text.indexOf('\n'); i !== -1 && i < at; i = text.indexOf('\n', i + 1)) line++
  return {
    line,
    column: at - before + 1,
    source: text.slice(before, after === -1 ? undefined : after).replace(/\r$/, ''),
  }
}

const SPACE = /[ \t\n\r]*/y
const PLAIN = /[ !#-[\]-\uffff]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const WORD = /[A-Za-z_][A-Za-z_0-9]*|[-+]?(?:Infinity|[0-9][0-9A-Za-z.+-]*)/y
const HINTS: Readonly<Record<string, string>> = {
  True: "Python's True is true in JSON",
  False: "Python's False is false in JSON",
  None: "Python's None is null in JSON",
  NaN: 'JSON has no NaN',
  Infinity: 'JSON has no Infinity: write a large number',
  '-Infinity': 'JSON has no Infinity: write a large number',
}

/** Documents have ten levels or so; whatever walks over a value must not run out of stack. */
export const MOST_DEPTH = 500

class Scanner {
  readonly repeated: Repeated[] = []
  reordered: Reordered[] = []
  private readonly text: string
  private at = 0
  private depth = 0
  private readonly path: (string | number)[] = []

  constructor(text: string) {
    this.text = text
  }

  scan(): JsonFault | null {
    try {
      this.space()
      if (this.at === this.text.length) this.fail('the file is empty')
      this.value()
      this.space()
      if (this.at < this.text.length) this.fail('expected the end of the file')
      return null
    } catch (error) {
      if (error instanceof Fault) return { message: error.message, at: error.at }
      throw error
    }
  }

  private value(): void {
    const first = this.text[this.at]
    if (first === '{' || first === '[') {
      if (++this.depth > MOST_DEPTH) this.fail(`values are nested more than ${MOST_DEPTH} deep`)
      if (first === '{') this.object()
      else this.array()
      this.depth--
    } else if (first === '"') this.string()
    else this.scalar()
  }

  private object(): void {
    const keys = new Set<string>()
    this.at++
    this.space()
    if (this.take('}')) return
    for (;;) {
      if (this.text[this.at] === '}') this.fail('expected another key after ",": JSON has no trailing comma')
      if (this.text[this.at] !== '"') this.fail('expected a key in double quotes')
      const key = this.string()
      this.path.push(key)
      if (keys.has(key)) this.repeat()
      keys.add(key)
      this.space()
      if (!this.take(':')) this.fail('expected ":" after the key')
      this.space()
      this.value()
      this.path.pop()
      this.space()
      if (this.take('}')) break
      if (!this.take(',')) this.fail('expected "," or "}"')
      this.space()
    }
    if (!isNatural(keys)) this.reordered.push({ path: [...this.path], keys: [...keys] })
  }

  /** The key at the path is there again: what its value held before does not count. */
  private repeat(): void {
    const { path } = this
    this.repeated.push({ path: [...path] })
    this.reordered = this.reordered.filter(({ path: inner }) => path.some((key, i) => inner[i] !== key))
  }

  private array(): void {
    this.at++
    this.space()
    if (this.take(']')) return
    for (let i = 0; ; i++) {
      if (this.text[this.at] === ']') this.fail('expected another element after ",": JSON has no trailing comma')
      this.path.push(i)
      this.value()
      this.path.pop()
      this.space()
      if (this.take(']')) return
      if (!this.take(',')) this.fail('expected "," or "]"')
      this.space()
    }
  }

  /** Skips a string and returns its value. */
  private string(): string {
    const start = this.at++
    let escaped = false
    for (;;) {
      this.match(PLAIN)
      if (this.take('"')) break
      if (this.text[this.at] !== '\\')
        this.fail(this.at < this.text.length ? 'a string must end on the line it starts on' : 'unfinished string')
      if (!this.match(ESCAPE)) this.fail('unknown escape: a backslash itself is written \\\\')
      escaped = true
    }
    return escaped ? (JSON.parse(this.text.slice(start, this.at)) as string) : this.text.slice(start + 1, this.at - 1)
  }

  private scalar(): void {
    const start = this.at
    for (const word of ['true', 'false', 'null']) {
      if (this.text.startsWith(word, start)) this.at += word.length
    }
    if (this.at === start) this.match(NUMBER)
    if (this.at > start && !/[\w.+-]/.test(this.text[this.at] ?? '')) return
    this.at = start
    if (start === this.text.length) this.fail('the file ends here: expected a value')
    const word = this.match(WORD)
    this.at = start
    if (word !== '') this.fail(`${own(HINTS, word) ?? `unknown value ${word}`}`)
    this.fail(this.text[start] === "'" ? 'strings are written in double quotes' : 'expected a value')
  }

  private space(): void {
    this.match(SPACE)
  }

  private take(char: string): boolean {
    if (this.text[this.at] !== char) return false
    this.at++
    return true
  }

  /** Moves past a match at the current position and returns it; '' where there is none. */
  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null) return ''
    this.at += found[0].length
    return found[0]
  }

  private fail(message: string): never {
    throw new Fault(message, this.at)
  }
}

class Fault extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}
