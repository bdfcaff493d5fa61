/** From a field to what is read of it: a column of plain numbers, flat, of fixed length, or in lists of one level of either; or of texts,
 *  which are lists of their bytes. Everything else is refused by name. */
import { promote } from '../../core/dtype.js'
import { DataError } from '../../core/errors.js'
import type { DType } from '../../core/types.js'
import { COLUMN_TYPES, type ColumnType } from './column-types.js'
import type { ColumnRecord } from './columns.js'
import { COLLECTION, type Field, LEAF, RECORD, type Schema, VARIANT } from './schema.js'

const CARDINALITY = 'ROOT::RNTupleCardinality<'
const TEXT = 'std::string'
const ADVICE = 'Numbers, fixed-size arrays of numbers, lists of either, and texts can be read.'

/** One way in which a column is stored. */
export interface StoredColumn {
  readonly record: ColumnRecord
  readonly type: ColumnType
  /** Bits of an element in the file. */
  readonly bits: number
}

/** A field that can be read. */
export interface Member {
  readonly field: Field
  readonly dtype: DType
  /** Of the values, by representation; [] for the lengths of lists. */
  readonly values: readonly StoredColumn[]
  /** Of the ends of lists, by representation; [] for what is no list. */
  readonly ends: readonly StoredColumn[]
  /** Values an entry, or an element of a list. */
  readonly width: number
  /** Lengths of the arrays that make up the width, outermost first. */
  readonly shape: readonly number[]
  /** Each list is the UTF-8 bytes of a text. */
  readonly isText?: true
}

/** Throws DataError 'NotImplementedError' where it cannot be read. place: begins the message. */
export function memberOf(schema: Schema, id: number, place: string): Member {
  const refuse = (kind: string): never => {
    throw new DataError('NotImplementedError', `${place}: a field ${kind} cannot be read. ${ADVICE}`)
  }
  const field = schema.field(id)
  const levels = [...ancestors(schema, id), ...descend(schema, id, refuse)]
  const leaf = levels.at(-1)!
  if (leaf.role !== LEAF) refuse(kindOf(leaf))
  const lists = levels.filter(level => level.role === COLLECTION)
  const shape = levels.filter(level => level.arrayLength > 0).map(level => level.arrayLength)
  if (levels.some(level => level.role === VARIANT)) refuse('in a variant')
  if (lists.length > 1) refuse('of lists of lists')
  const outside = levels.slice(0, Math.max(0, levels.indexOf(lists[0]!))).find(level => level.arrayLength > 0)
  if (outside !== undefined) refuse(`of arrays of ${outside.arrayLength} lists each`)
  if (leaf.typeName === TEXT) {
    if (lists.length > 0 || shape.length > 0) refuse('of lists of texts')
    const [ends, bytes] = [0, 1].map(k => storedColumns(schema, leaf, place, refuse, { step: 2, from: k }))
    return { field, dtype: 'uint8', values: bytes!, ends: endsOf(ends!, place), width: 1, shape, isText: true }
  }
  const stored = storedColumns(schema, leaf, place, refuse)
  if (isCardinality(schema, leaf.id)) {
    if (lists.length > 0 || shape.length > 0) refuse('of lengths of lists of lists')
    const dtype = leaf.typeName.includes('64') ? 'uint64' : 'uint32'
    return { field, dtype, values: [], ends: endsOf(stored, place), width: 1, shape }
  }
  const dtypes = stored.map(({ type }) => type.dtype ?? refuse(`of ${type.name}`))
  const width = shape.reduce((product, length) => product * length, 1)
  if (!Number.isSafeInteger(width) || width > 2 ** 31) refuse(`of ${width} values an entry`)
  const list = lists[0]
  const ends = list === undefined ? [] : endsOf(storedColumns(schema, list, place, refuse), place)
  // It may be stored as float64 in one cluster and as float32 in the next.
  const dtype = dtypes.reduce(promote)
  return { field, dtype, values: stored, ends, width, shape }
}

/** The field shows the lengths of a collection's lists. */
export function isCardinality(schema: Schema, field: number): boolean {
  return schema.roles[field] === LEAF && schema.hasType(field, CARDINALITY)
}

/** The lengths of a collection's lists, as a member of its own. */
export function lengthsOf(schema: Schema, collection: number, place: string): Member {
  const refuse = (kind: string): never => {
    throw new DataError('NotImplementedError', `${place}: lengths of a field ${kind} cannot be read.`)
  }
  if (ancestors(schema, collection).some(({ role, arrayLength }) => role !== RECORD || arrayLength > 0)) {
    refuse('of lists of lists')
  }
  const field = schema.field(collection)
  const ends = endsOf(storedColumns(schema, field, place, refuse), place)
  return { field, dtype: 'uint32', values: [], ends, width: 1, shape: [] }
}

/** The fields around a field, outermost first. */
function ancestors(schema: Schema, id: number): Field[] {
  const { parents } = schema
  const found: Field[] = []
  for (let at = id; parents[at] !== at; at = parents[at]!) found.unshift(schema.field(parents[at]!))
  return found
}

/** The field itself and the fields in it down to the one that has the values. */
function descend(schema: Schema, id: number, refuse: (kind: string) => never): Field[] {
  const found: Field[] = []
  for (let field = schema.field(id); ; ) {
    found.push(field)
    const children = schema.children(field.id)
    const hasValues = field.role === LEAF && schema.columnsOf(field.id).length > 0
    if (hasValues || (field.role !== LEAF && field.role !== COLLECTION)) return found
    if (children.length !== 1) refuse(kindOf(field))
    field = schema.field(children[0]!)
  }
}

function kindOf({ role, typeName }: Field): string {
  const kinds: Readonly<Record<number, string>> = {
    [COLLECTION]: 'of lists',
    [RECORD]: 'of records',
    [VARIANT]: 'of variants',
  }
  const kind = kinds[role] ?? 'of objects'
  return typeName === '' ? kind : `${kind} (${typeName})`
}

/** One a representation. step: columns of one, of which it is number `from`. */
function storedColumns(
  schema: Schema,
  field: Field,
  place: string,
  refuse: (kind: string) => never,
  { step, from } = { step: 1, from: 0 },
): StoredColumn[] {
  const records = schema.columnsOf(field.id).filter((_, k) => k % step === from)
  const stored: StoredColumn[] = []
  for (const record of records) {
    if (record.representation !== stored.length) return refuse(`of type ${field.typeName || 'without a name'}`)
    const type = COLUMN_TYPES[record.type]
    if (type === undefined) return refuse(`with columns of type ${record.type}, which is not known here,`)
    stored.push({ record, type, bits: bitsOf(record, type, place) })
  }
  if (stored.length === 0) refuse('without columns')
  return stored
}

function bitsOf({ bits }: ColumnRecord, type: ColumnType, place: string): number {
  const [least, most] = { truncated: [10, 31], quantised: [1, 32] }[type.encoding as string] ?? [type.bits, type.bits]
  if (bits >= least! && bits <= most!) return bits
  const problem = `a column ${type.name} of ${bits} bits`
  throw new DataError('DeserializationError', `${place}: ${problem}. The file is damaged.`)
}

function endsOf(stored: readonly StoredColumn[], place: string): readonly StoredColumn[] {
  for (const { type } of stored) {
    if (type.isIndex) continue
    throw new DataError('DeserializationError', `${place}: ends of lists as ${type.name}. The file is damaged.`)
  }
  return stored
}
