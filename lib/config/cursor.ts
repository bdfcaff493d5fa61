/** Walks a configuration document and notes what is wrong where. A cursor is a value with its place (file and JSON pointer);
 *  findings are shared by all documents of a run, so that one error can carry every problem. */

import type { Problem } from '../core/errors.js'
import { isObject } from '../core/is-object.js'

type Key = string | number

/** Problems and warnings found so far. */
export class Findings {
  readonly problems: Problem[] = []
  readonly warnings: Problem[] = []
  /** Places with a problem at or below them. */
  private readonly wrong = new Set<string>()

  problem(file: string, path: readonly Key[], message: string, detail?: string): void {
    this.problems.push({ place: placeText(file, path), message, ...(detail === undefined ? {} : { detail }) })
    for (let n = 0; n <= path.length; n++) this.wrong.add(placeText(file, path.slice(0, n)))
  }

  warn(file: string, path: readonly Key[], message: string): void {
    this.warnings.push({ place: placeText(file, path), message })
  }

  /** A problem was found at the place or below it. */
  isWrong(file: string, path: readonly Key[]): boolean {
    return this.wrong.size > 0 && this.wrong.has(placeText(file, path))
  }
}

export class Cursor {
  readonly value: unknown
  readonly file: string
  readonly path: readonly Key[]
  readonly findings: Findings

  constructor(value: unknown, file: string, findings: Findings, path: readonly Key[] = []) {
    this.value = value
    this.file = file
    this.findings = findings
    this.path = path
  }

  /** The member or element; its value is undefined where there is none. */
  get(key: Key): Cursor {
    const own = isObject(this.value) || Array.isArray(this.value) ? Object.hasOwn(this.value, key) : false
    const value = own ? (this.value as Record<Key, unknown>)[key] : undefined
    return new Cursor(value, this.file, this.findings, [...this.path, key])
  }

  /** Members of an object in document order; none where the value is no object. */
  entries(): [string, Cursor][] {
    return isObject(this.value) ? Object.keys(this.value).map(key => [key, this.get(key)]) : []
  }

  /** Elements of a list; none where the value is no list. */
  items(): Cursor[] {
    return Array.isArray(this.value) ? this.value.map((_, i) => this.get(i)) : []
  }

  get isAbsent(): boolean {
    return this.value === undefined
  }

  /** Whether the schema or a rule refused the value or something in it. */
  get isWrong(): boolean {
    return this.findings.isWrong(this.file, this.path)
  }

  /** The value, or `fallback` where it is absent, null or wrong. The schema has checked that the value is a T. */
  or<T>(fallback: T): T {
    return this.value === undefined || this.value === null || this.isWrong ? fallback : (this.value as T)
  }

  problem(message: string, detail?: string): void {
    this.findings.problem(this.file, this.path, message, detail)
  }

  warn(message: string): void {
    this.findings.warn(this.file, this.path, message)
  }
}

/** `file /a/0/b`: file and JSON pointer (RFC 6901); the file alone for the whole document. */
export function placeText(file: string, path: readonly Key[]): string {
  if (path.length === 0) return file
  return `${file} ${path.map(key => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`
}

/** The keys of a JSON pointer. */
export function parsePointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** A value as a message shows it: JSON, cut to 60 characters. */
export function show(value: unknown): string {
  const text =
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : (JSON.stringify(value) ?? String(value))
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`
}
