/** Checks a document against its schema and turns the validator's errors into one readable problem for each mistake. */
import { Cursor, parsePointer } from './cursor.js'
import {
  validateBinning,
  validateFileset,
  validateGoldenJson,
  validateRunner,
  validateSettings,
} from './generated/validators.gen.js'
import { describe, type SchemaError } from './schema-messages.js'

export interface Validator {
  (data: unknown): boolean
  errors?: readonly SchemaError[] | null
}

const VALIDATORS = {
  runner: validateRunner,
  settings: validateSettings,
  fileset: validateFileset,
  binning: validateBinning,
  golden: validateGoldenJson,
} as unknown as Readonly<Record<DocumentKind, Validator>>

export type DocumentKind = 'runner' | 'settings' | 'fileset' | 'binning' | 'golden'

/** Keywords whose errors only repeat that another one failed. */
const ECHOES = new Set(['if', 'oneOf', 'propertyNames'])

/** Notes everything in the document that its schema refuses. `placeOf` maps paths of a document that was put into another
 *  form for the schema back to those of the original. */
export function checkSchema(
  kind: DocumentKind,
  document: Cursor,
  placeOf: (path: string[]) => readonly string[] = path => path,
): void {
  checkAgainst(VALIDATORS[kind], document, placeOf)
}

/** The same with a validator that is compiled from a schema. */
export function checkAgainst(
  validate: Validator,
  document: Cursor,
  placeOf: (path: string[]) => readonly string[] = path => path,
): void {
  if (document.isAbsent) return
  if (validate(document.value)) return
  const errors = (validate.errors ?? []).filter(error => !ECHOES.has(error.keyword))
  for (const error of errors) {
    const message = describe(error, errors)
    if (message === null) continue
    const cursor = at(document, placeOf(errorPath(error)))
    if (!cursor.isWrong || isKeyError(error)) cursor.problem(message)
  }
}

function at(document: Cursor, path: readonly string[]): Cursor {
  return new Cursor(undefined, document.file, document.findings, [...document.path, ...path])
}

/** Errors about a key are placed at the key, others at the value. */
function errorPath(error: SchemaError): string[] {
  const path = parsePointer(error.instancePath)
  if (error.keyword === 'additionalProperties') path.push(String(error.params.additionalProperty))
  if (error.keyword === 'discriminator') path.push(String(error.params.tag))
  if (error.propertyName !== undefined) path.push(error.propertyName)
  return path
}

function isKeyError(error: SchemaError): boolean {
  return error.keyword === 'additionalProperties' || error.keyword === 'required'
}
