/** Checks a document against its schema and turns the validator's errors into one readable problem for each mistake. */
import { nearest, nearestHint } from '../core/errors.js'
import { Cursor, isObject, parsePointer, show } from './cursor.js'
import { WORKFLOW_ARGS } from './keys.gen.js'
import {
  validateBinning,
  validateFileset,
  validateGoldenJson,
  validateRunner,
  validateSettings,
} from './validators.gen.js'

/** An error of a validator that was compiled with `verbose` (data and schemas) and without messages. */
interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Record<string, unknown>
  readonly schema: unknown
  readonly parentSchema: Record<string, unknown>
  readonly data: unknown
  /** Where a key, rather than a value, is refused. */
  readonly propertyName?: string
}
interface Validator {
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
  if (document.isAbsent) return
  const validate = VALIDATORS[kind]
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

/** What is wrong, or null where another error of the list says it. */
function describe(error: SchemaError, all: readonly SchemaError[]): string | null {
  const { params, data, schema } = error
  switch (error.keyword) {
    case 'required':
      return describeMissing(error, all)
    case 'additionalProperties':
      return describeUnknown(error)
    case 'discriminator':
      return describeTag(error)
    case 'type':
      return `must be ${wanted(schema as string | string[])}, got ${show(data)}.`
    case 'const':
      return `must be ${show(params.allowedValue)}${'type' in error.parentSchema ? '' : ' or a list'}, got ${show(data)}.`
    case 'pattern':
      return `must be a run number, got ${show(error.propertyName)}.`
    case 'enum':
      return `must be one of ${(schema as unknown[]).map(show).join(', ')}, got ${show(data)}.${hintOf(data, schema)}`
    case 'minimum':
      return `must be at least ${String(params.limit)}, got ${show(data)}.`
    case 'maximum':
      return `must be at most ${String(params.limit)}, got ${show(data)}.`
    case 'exclusiveMinimum':
      return `must be more than ${String(params.limit)}, got ${show(data)}.`
    case 'minItems':
    case 'maxItems':
      return describeLength(error)
    default:
      return `is refused by the schema (${error.keyword}), got ${show(data)}.`
  }
}

function describeMissing(error: SchemaError, all: readonly SchemaError[]): string | null {
  const key = String(error.params.missingProperty)
  const misspelt = all.some(
    other =>
      other.keyword === 'additionalProperties' &&
      other.instancePath === error.instancePath &&
      nearest(String(other.params.additionalProperty), knownKeys(other))[0] === key,
  )
  if (misspelt) return null
  const hint = isObject(error.data) ? nearestHint(key, Object.keys(error.data), 1).replace('Nearest', 'Found') : ''
  return `no "${key}".${hint}`
}

function describeUnknown(error: SchemaError): string {
  const key = String(error.params.additionalProperty)
  if (
    ['compute', 'scheduler', 'progress'].includes(key) &&
    'uproot_options' in (error.parentSchema.properties as object)
  ) {
    return `"${key}" may not be set here: how a run is executed is chosen with --executor. Remove it.`
  }
  const known = knownKeys(error)
  const elsewhere = Object.entries(WORKFLOW_ARGS).filter(([, names]) => (names as readonly string[]).includes(key))
  const owner =
    elsewhere.length > 0 && isWorkflowArgs(error) ? ` Only ${elsewhere.map(([name]) => name).join(', ')} has it.` : ''
  return `unknown ${isWorkflowArgs(error) ? 'option' : 'argument'} "${key}".${owner}${nearestHint(key, known)} All: ${known.join(', ')}.`
}

function isWorkflowArgs(error: SchemaError): boolean {
  return error.instancePath === '/workflow_args'
}

function knownKeys(error: SchemaError): string[] {
  return Object.keys(error.parentSchema.properties as object).filter(key => key !== 'fileset')
}

/** An unknown value of the key that chooses between schemas. Where it is absent or no text, other errors say so. */
function describeTag(error: SchemaError): string | null {
  const { tag, tagValue } = error.params
  if (error.params.error !== 'mapping') return null
  const names = (error.schema === undefined ? [] : (error.parentSchema.oneOf as { $ref: string }[])).map(
    ({ $ref }) => $ref.split('/').at(-1)!,
  )
  const what = tag === 'name' ? 'method' : 'workflow'
  return `unknown ${what} ${show(tagValue)}.${nearestHint(String(tagValue), names)} All: ${names.join(', ')}.`
}

function describeLength(error: SchemaError): string | null {
  const { minItems, maxItems } = error.parentSchema as { minItems?: number; maxItems?: number }
  const count = (error.data as unknown[]).length
  if (minItems === maxItems) return `must have ${minItems} elements, got ${count}: ${show(error.data)}.`
  return `must have ${error.keyword === 'minItems' ? `${minItems} or more` : `${maxItems} or fewer`} elements, got ${count}.`
}

function hintOf(data: unknown, names: unknown): string {
  return typeof data === 'string'
    ? nearestHint(
        data,
        (names as unknown[]).filter(name => typeof name === 'string'),
      )
    : ''
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
}

/** "a number, a list or null". */
function wanted(type: string | string[]): string {
  const names = [type].flat().map(name => TYPE_NAMES[name]!)
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
