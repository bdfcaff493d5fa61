/** What an output table can hold: flat columns, columns of lists, and records of either kind. Formats make of it the leaves that they
 *  encode and the schema in their files. */
import { BugError } from '../core/errors.js'
import type { Column, Columns, DType } from '../core/types.js'

/** A column some of whose values are null: valid[i] is 0 where values[i] counts for nothing. */
export interface NullableColumn extends Column {
  readonly valid?: Uint8Array
}

/** One column of values. */
export interface LeafField {
  readonly name: string
  readonly dtype: DType
  /** A row holds any number of values (large_list). Members of a list record are not lists themselves. */
  readonly list?: boolean
  /** A row, or each element of its list, holds exactly this many values (fixed_size_list). */
  readonly width?: number
  /** Values (not rows of a list) may be null. */
  readonly nullable?: boolean
  /** Though `nullable`, which is what the reference's files say, no value ever is: ROOT's formats make plain values of it. */
  readonly neverNull?: boolean
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
  /** Values a row of fixed shape, or an element of a list; else 1. */
  readonly width: number
  readonly nullable: boolean
  readonly text: boolean
}

export interface TableSchema {
  readonly fields: readonly Field[]
  readonly leaves: readonly Leaf[]
}

export function isRecord(field: Field): field is RecordField {
  return 'members' in field
}

/** The field as list levels, the outer one first: null a list of any length, else that of a fixed one. The inner part of each is called
 *  "item" and stands in a repeated group "list". */
export function listLevels(field: Field): readonly (number | null)[] {
  const width = isRecord(field) ? undefined : field.width
  return [...(field.list === true ? [null] : []), ...(width === undefined ? [] : [width])]
}

/** Throws BugError where two fields share a name or a path, or members of a list record are lists. */
export function tableSchema(fields: readonly Field[]): TableSchema {
  checkNames(fields, 'the schema')
  const leaves = fields.flatMap(leavesOf)
  // Readers call a column by its path, with dots.
  const paths = new Set(leaves.map(leaf => leaf.path.join('.')))
  if (paths.size !== leaves.length) throw new BugError('table schema: two columns have one path')
  return { fields, leaves }
}

const pathOf = (field: Field): string[] => [field.name, ...listLevels(field).flatMap(() => ['list', 'item'])]

function leavesOf(field: Field): Leaf[] {
  const path = pathOf(field)
  if (!isRecord(field)) return [leafOf(field, path, field.list === true)]
  checkNames(field.members, field.name)
  return field.members.map(member => {
    if (field.list && listLevels(member).length > 0) {
      throw new BugError(`table schema: ${field.name}.${member.name} nests lists`)
    }
    return leafOf(member, [...path, ...pathOf(member)], field.list === true || member.list === true)
  })
}

function leafOf(field: LeafField, path: readonly string[], list: boolean): Leaf {
  const { name, dtype, width, nullable = false, text = false, column = name } = field
  const shape = list ? 'list' : width === undefined ? 'flat' : 'fixed'
  return { path, column, dtype, shape, width: width ?? 1, nullable, text }
}

function checkNames(fields: readonly Field[], where: string): void {
  const names = new Set(fields.map(f => f.name))
  if (names.size !== fields.length) throw new BugError(`table schema: two fields of ${where} share a name`)
}

/** The fields of a table without records, in the columns' order. */
export function fieldsOf(columns: Columns, nullable = false): LeafField[] {
  return Array.from(columns, ([name, { dtype, offsets, width, text }]) => {
    if (text === true) return { name, dtype, text }
    const list = offsets !== undefined ? { list: true } : {}
    const fixed = width !== undefined && width > 1 ? { width } : {}
    return { name, dtype, ...list, ...fixed, ...(nullable ? { nullable } : {}) }
  })
}
