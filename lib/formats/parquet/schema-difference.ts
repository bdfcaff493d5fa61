/** How the columns of two Parquet files differ, for people. */
import { integerOf, structOf, structsOf, type ThriftStruct, textOf } from './thrift-tree.js'

/** Fields of parquet.thrift's FileMetaData and SchemaElement. */
const SCHEMA = 2
const TYPE = 1
const TYPE_LENGTH = 2
const REPETITION = 3
const NAME = 4
const CHILDREN = 5
const CONVERTED = 6
const SCALE = 7
const PRECISION = 8
const LOGICAL = 10
const LOGICAL_INTEGER = 10

const PHYSICAL = ['BOOLEAN', 'INT32', 'INT64', 'INT96', 'FLOAT', 'DOUBLE', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY']
const REPETITIONS = ['required', 'optional', 'repeated']
const MEANINGS = [
  ...['STRING', 'MAP', 'MAP_KEY_VALUE', 'LIST', 'ENUM', 'DECIMAL', 'DATE', 'TIME_MILLIS', 'TIME_MICROS'],
  ...['TIMESTAMP_MILLIS', 'TIMESTAMP_MICROS', 'UINT_8', 'UINT_16', 'UINT_32', 'UINT_64'],
  ...['INT_8', 'INT_16', 'INT_32', 'INT_64', 'JSON', 'BSON', 'INTERVAL'],
]

/** Every node of the schema below its root, with its path and its type in words: "required INT32 (UINT_8)". */
export function schemaNodes(metadata: ThriftStruct): Map<string, string> {
  const elements = structsOf(metadata, SCHEMA)
  const nodes = new Map<string, string>()
  let at = 0
  const visit = (path: readonly string[]): void => {
    const element = elements[at++]
    if (element === undefined) throw new Error('the schema ends early')
    const own = at === 1 ? [] : [...path, textOf(element, NAME) ?? '']
    if (at > 1) nodes.set(own.join('.'), describe(element))
    const children = integerOf(element, CHILDREN) ?? 0
    for (let i = 0; i < children; i++) visit(own)
  }
  visit([])
  return nodes
}

function describe(element: ThriftStruct): string {
  const repetition = REPETITIONS[integerOf(element, REPETITION) ?? 0]
  const children = integerOf(element, CHILDREN) ?? 0
  const length = integerOf(element, TYPE_LENGTH)
  const type = children > 0 ? `group of ${children}` : PHYSICAL[integerOf(element, TYPE) ?? -1]
  const meaning = meaningOf(element)
  const digits = [integerOf(element, PRECISION), integerOf(element, SCALE)].filter(n => n !== undefined)
  const annotation = meaning === undefined ? '' : ` (${[meaning, ...digits].join(' ')})`
  return `${repetition} ${type}${length ? `[${length}]` : ''}${annotation}`
}

/** What the values mean, as the older annotation or else the newer one says. */
function meaningOf(element: ThriftStruct): string | undefined {
  const converted = integerOf(element, CONVERTED)
  if (converted !== undefined) return MEANINGS[converted]
  const logical = structOf(element, LOGICAL)?.[0]?.id
  return logical === undefined || logical === LOGICAL_INTEGER ? undefined : `logical type ${logical}`
}

export interface SchemaDifference {
  readonly column: string
  /** In words; "no such column" where one side does not have it. */
  readonly got: string
  readonly wanted: string
}

/** What differs, in the wanted order; [] where the files can be joined row group by row group. */
export function schemaDifferences(
  got: ReadonlyMap<string, string>,
  wanted: ReadonlyMap<string, string>,
): SchemaDifference[] {
  const absent = 'no such column'
  const changed = [...wanted]
    .filter(([column, type]) => got.get(column) !== type)
    .map(([column, type]) => ({ column, got: got.get(column) ?? absent, wanted: type }))
  const extra = [...got]
    .filter(([column]) => !wanted.has(column))
    .map(([column, type]) => ({ column, got: type, wanted: absent }))
  const differences = [...changed, ...extra]
  if (differences.length > 0) return differences
  const [names, order] = [[...got.keys()], [...wanted.keys()]]
  const at = order.findIndex((column, i) => names[i] !== column)
  return at < 0 ? [] : [{ column: names[at]!, got: `place ${at + 1}`, wanted: `"${order[at]}" there` }]
}
