/** What schema errors say to people: what is wrong, got and wanted, with the nearest names. */

import { nearest, nearestHint } from '../core/errors.js'
import { isObject } from '../core/is-object.js'
import { show } from './cursor.js'
import { WORKFLOW_ARGS } from './generated/keys.gen.js'

/** An error of a validator that was compiled with `verbose` (data and schemas) and without messages. */
export interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Record<string, unknown>
  readonly schema: unknown
  readonly parentSchema: Record<string, unknown>
  readonly data: unknown
  /** Where a key, rather than a value, is refused. */
  readonly propertyName?: string
}
/** What is wrong, or null where another error of the list says it. */
export function describe(error: SchemaError, all: readonly SchemaError[]): string | null {
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
  const known = knownKeys(error)
  const others = isObject(error.data) ? Object.keys(error.data).filter(name => !known.includes(name)) : []
  const hint = nearestHint(key, others, 1).replace('Nearest', 'Found')
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
  const owner = isWorkflowArgs(error) ? ownersHint(key) : ''
  return `unknown ${isWorkflowArgs(error) ? 'option' : 'argument'} "${key}".${owner}${nearestHint(key, known)} All: ${known.join(', ')}.`
}

/** Workflows that have the option, where there are any. */
function ownersHint(key: string): string {
  const owners = Object.entries(WORKFLOW_ARGS).filter(([, names]) => (names as readonly string[]).includes(key))
  const shown = owners.slice(0, 2).map(([name]) => name)
  return owners.length === 0 ? '' : ` It is an option of ${shown.join(', ')}${owners.length > 2 ? ' and others' : ''}.`
}

function isWorkflowArgs(error: SchemaError): boolean {
  return error.instancePath === '/workflow_args'
}

function knownKeys(error: SchemaError): string[] {
  return Object.keys((error.parentSchema.properties ?? {}) as object).filter(key => key !== 'fileset')
}

/** An unknown value of the key that chooses between schemas. Where it is absent or no text, other errors say so. */
function describeTag(error: SchemaError): string | null {
  const { tag, tagValue } = error.params
  if (error.params.error !== 'mapping') return null
  const names = (error.parentSchema.oneOf as { $ref: string }[]).map(({ $ref }) => $ref.split('/').at(-1)!)
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

const TYPE_NAMES: Readonly<Record<string, readonly string[]>> = {
  object: ['an object'],
  array: ['a list'],
  string: ['a text'],
  number: ['a number'],
  integer: ['a whole number'],
  boolean: ['true', 'false'],
  null: ['null'],
}

/** "a number, a list or null". */
function wanted(type: string | string[]): string {
  const names = [type].flat().flatMap(name => TYPE_NAMES[name]!)
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
