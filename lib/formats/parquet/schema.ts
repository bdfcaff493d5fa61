/** What a Parquet file of ours can hold: flat columns, columns of lists, and records of either kind. Derived from columns, it
 *  gives the leaves that are encoded (page.ts), the schema in the footer and the Arrow schema (arrow-schema.ts). */
import { BugError } from '../../core/errors.js'
import type { Columns, DType } from '../../core/types.js'

/** One column of values. */
export interface LeafField {
  readonly name: string
  readonly dtype: DType
  /** A row holds any number of values (large_list). Members of a list record are not lists themselves. */
  readonly list?: boolean
  /** A row holds exactly this many values (fixed_size_list). */
  readonly width?: number
  /** Values (not rows of a list) may be null. */
  readonly nullable?: boolean
  /** A row is one text: its column holds the bytes of UTF-8 (uint8) with offsets. */
  readonly text?: boolean
  /** Name of the table's column; the field's own name where absent. */
  readonly column?: string
}

/** One record a row (struct) or, with `list`, any number of them; its members are never null. */
export interface RecordField {
  readonly name: string
  readonly list?: boolean
  readonly members: readonly LeafField[]
}

export type Field = LeafField | RecordField

/** A stored column: where it lies in the schema and how deep its levels go. */
export interface Leaf {
  readonly path: readonly string[]
  readonly column: string
  readonly dtype: DType
  readonly shape: 'flat' | 'list' | 'fixed'
  readonly width: number
  readonly nullable: boolean
  readonly text: boolean
}

export interface ParquetSchema {
  readonly fields: readonly Field[]
  readonly leaves: readonly Leaf[]
}

export function isRecord(field: Field): field is RecordField {
  return 'members' in field
}

/** The field as a list level: its inner part is called "item" and stands in a repeated group "list". */
export function isListField(field: Field): boolean {
  return field.list === true || (!isRecord(field) && field.width !== undefined)
}

/** Throws BugError where two fields share a name or a path, or members of a list record are lists. */
export function parquetSchema(fields: readonly Field[]): ParquetSchema {
  checkNames(fields, 'the schema')
  const leaves = fields.flatMap(leavesOf)
  // Readers call a column by its path, with dots.
  const paths = new Set(leaves.map(leaf => leaf.path.join('.')))
  if (paths.size !== leaves.length) throw new BugError('Parquet schema: two columns have one path')
  return { fields, leaves }
}

function leavesOf(field: Field): Leaf[] {
  const path = isListField(field) ? [field.name, 'list', 'item'] : [field.name]
  if (!isRecord(field)) return [leafOf(field, path, field.list === true)]
  checkNames(field.members, field.name)
  return field.members.map(member => {
    if (field.list && isListField(member))
      throw new BugError(`Parquet schema: ${field.name}.${member.name} nests lists`)
    const inner = isListField(member) ? [member.name, 'list', 'item'] : [member.name]
    return leafOf(member, [...path, ...inner], field.list === true || member.list === true)
  })
}

function leafOf(field: LeafField, path: readonly string[], list: boolean): Leaf {
  const { name, dtype, width, nullable = false, text = false, column = name } = field
  const shape = list ? 'list' : width === undefined ? 'flat' : 'fixed'
  return { path, column, dtype, shape, width: width ?? 1, nullable, text }
}

function checkNames(fields: readonly Field[], where: string): void {
  const names = new Set(fields.map(f => f.name))
  if (names.size !== fields.length) throw new BugError(`Parquet schema: two fields of ${where} share a name`)
}

/** The fields of a table without records, in the columns' order. */
export function fieldsOf(columns: Columns, nullable = false): LeafField[] {
  return Array.from(columns, ([name, { dtype, offsets, width, text }]) => {
    if (text === true) return { name, dtype, text }
    const shape = offsets !== undefined ? { list: true } : width !== undefined && width > 1 ? { width } : {}
    return { name, dtype, ...shape, ...(nullable ? { nullable } : {}) }
  })
}

interface StoredType {
  /** Parquet's physical type. */
  readonly physical: number
  /** Bytes of a stored value; 0 for bit-packed booleans. */
  readonly bytes: number
  /** Annotation of integers other than int32 and int64: the older converted type, bits and sign. */
  readonly integer?: { readonly converted: number; readonly bits: number; readonly signed: boolean }
}

/** Physical type of texts. */
export const BYTE_ARRAY = 6

export const STORED: Readonly<Record<DType, StoredType>> = {
  bool: { physical: 0, bytes: 0 },
  int8: { physical: 1, bytes: 4, integer: { converted: 15, bits: 8, signed: true } },
  uint8: { physical: 1, bytes: 4, integer: { converted: 11, bits: 8, signed: false } },
  int16: { physical: 1, bytes: 4, integer: { converted: 16, bits: 16, signed: true } },
  uint16: { physical: 1, bytes: 4, integer: { converted: 12, bits: 16, signed: false } },
  int32: { physical: 1, bytes: 4 },
  uint32: { physical: 1, bytes: 4, integer: { converted: 13, bits: 32, signed: false } },
  int64: { physical: 2, bytes: 8 },
  uint64: { physical: 2, bytes: 8, integer: { converted: 14, bits: 64, signed: false } },
  float32: { physical: 4, bytes: 4 },
  float64: { physical: 5, bytes: 8 },
}
