/** Reads one configuration document: from a file (.json, gzipped or not) or as given by a program. What is wrong is noted in
 *  the findings with line and column; the cursor of an unreadable document has no value. */

import { hideAccess } from '../bytes/address.js'
import { readDocument } from '../bytes/fetched.js'
import { unpacked } from '../core/gzip.js'
import { isObject } from '../core/is-object.js'
import { locate, MOST_DEPTH, parseJson } from '../core/json-text.js'
import { Cursor, type Findings } from './cursor.js'

/** A path, or the document itself. */
export type Source<T> = string | T

/** Reads a document that must be an object. `label` names it in messages where it is not a file: "runner". */
export function loadDocument(source: Source<unknown>, label: string, findings: Findings): Cursor {
  if (typeof source !== 'string') return checkObject(source, label, findings)
  try {
    return parseDocument(readDocument(source), hideAccess(source), findings)
  } catch (error) {
    findings.problem(source, [], unreadable(error as NodeJS.ErrnoException, label))
    return new Cursor(undefined, source, findings)
  }
}

/** The document in bytes that were read from `source`: JSON text that may be gzipped, whatever its name. */
export function parseDocument(bytes: Uint8Array, source: string, findings: Findings): Cursor {
  const text = decode(bytes, source, findings)
  if (text === null) return new Cursor(undefined, source, findings)
  const parsed = parseJson(text)
  if ('message' in parsed) {
    const { line, column, source: shown } = locate(text, parsed.at)
    const { part, caret } = excerpt(shown, column - 1)
    const detail = `    ${part}\n    ${' '.repeat(caret)}^`
    findings.problem(source, [], `invalid JSON at line ${line}, column ${column}: ${parsed.message}.`, detail)
    return new Cursor(undefined, source, findings)
  }
  for (const { path } of parsed.repeated) {
    findings.warn(source, path, 'the key is there twice; the last one counts. Remove or rename one.')
  }
  return checkObject(parsed.value, source, findings)
}

function decode(bytes: Uint8Array, source: string, findings: Findings): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(unpacked(bytes))
  } catch (error) {
    const isText = (error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA'
    const why = isText ? `is a damaged gzip file (${(error as Error).message})` : 'is not text in UTF-8'
    findings.problem(source, [], `${why}; wanted JSON, plain or gzipped.`)
    return null
  }
}

function unreadable(error: NodeJS.ErrnoException, label: string): string {
  switch (error.code) {
    case 'ENOENT':
      return `no such file (the ${label} file; paths are relative to ${process.cwd()}).`
    case 'EISDIR':
      return `is a folder, wanted the ${label} file.`
    case 'EACCES':
      return 'may not be read (permission denied).'
    default:
      return `cannot be read: ${error.message}.`
  }
}

function checkObject(value: unknown, name: string, findings: Findings): Cursor {
  if (isObject(value) && !isDeep(value, MOST_DEPTH)) return new Cursor(value, name, findings)
  if (isObject(value)) {
    findings.problem(name, [], `is nested more than ${MOST_DEPTH} deep.`)
    return new Cursor(undefined, name, findings)
  }
  findings.problem(
    name,
    [],
    `must be a JSON object {...}, got ${Array.isArray(value) ? 'a list' : JSON.stringify(value)}.`,
  )
  return new Cursor(undefined, name, findings)
}

function isDeep(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return limit === 0 || Object.values(value).some(item => isDeep(item, limit - 1))
}

/** At most 100 characters of a line around a position, and the position in them. */
function excerpt(line: string, at: number): { part: string; caret: number } {
  const start = Math.max(0, at - 60)
  return { part: line.slice(start, start + 100), caret: at - start }
}
