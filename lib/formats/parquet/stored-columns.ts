/** The top-level columns of a Parquet file, from its footer. */
import { type FileMetaData, parquetSchema, type SchemaElement, type SchemaTree } from 'hyparquet'
import type { DType } from '../../core/types.js'

/** One top-level column. */
export interface StoredColumn {
  readonly element: SchemaElement
  /** Of the values, or of a list's items; null: of a type that is not read. */
  readonly dtype: DType | null
  readonly isList: boolean
  /** The stored type for people: "BYTE_ARRAY (STRING)". */
  readonly stored: string
  /** Over all row groups. */
  readonly totalBytes: number
  readonly zipBytes: number
}

export function storedColumns(metadata: FileMetaData): Map<string, StoredColumn> {
  const sizes = columnSizes(metadata)
  return new Map(
    parquetSchema(metadata).children.map(column => {
      const name = column.element.name
      const leaf = onlyLeaf(column)
      const { total, zip } = sizes.get(name) ?? { total: 0, zip: 0 }
      const dtype = leaf === null ? null : dtypeOf(leaf)
      const isList = leaf !== null && leaf !== column.element
      return [
        name,
        { element: column.element, dtype, isList, stored: describe(leaf), totalBytes: total, zipBytes: zip },
      ]
    }),
  )
}

function columnSizes({ row_groups }: FileMetaData): Map<string, { total: number; zip: number }> {
  const sizes = new Map<string, { total: number; zip: number }>()
  for (const { columns } of row_groups) {
    for (const { meta_data } of columns) {
      if (meta_data === undefined) continue
      const name = meta_data.path_in_schema?.[0]
      if (name === undefined) throw new Error('a column chunk of no column')
      const size = sizes.get(name) ?? { total: 0, zip: 0 }
      size.total += Number(meta_data.total_uncompressed_size)
      size.zip += Number(meta_data.total_compressed_size)
      sizes.set(name, size)
    }
  }
  return sizes
}

/** The footer as if a flat column were the file's only one: hyparquet goes through the whole schema at each call, which for one
 *  column of 150 takes ten times as long as the column itself. */
export function footerOf({ element }: StoredColumn, metadata: FileMetaData): FileMetaData {
  const { name } = element
  return {
    ...metadata,
    schema: [{ ...metadata.schema[0]!, num_children: 1 }, element],
    row_groups: metadata.row_groups.map(group => ({
      ...group,
      columns: group.columns.filter(c => c.meta_data?.path_in_schema[0] === name),
    })),
  }
}

/** The column itself, or the items of a list; null for records and lists of more than one kind of thing. */
function onlyLeaf({ element, children }: SchemaTree): SchemaElement | null {
  if (children.length === 0) return element
  const isList = element.converted_type === 'LIST' || element.repetition_type === 'REPEATED'
  if (!isList || children.length > 1) return null
  const repeated = children[0]!
  if (repeated.children.length === 0) return repeated.element
  return repeated.children.length === 1 && repeated.children[0]!.children.length === 0
    ? repeated.children[0]!.element
    : null
}

function describe(leaf: SchemaElement | null): string {
  if (leaf === null) return 'a record'
  const meaning = leaf.logical_type?.type ?? leaf.converted_type
  return meaning === undefined ? String(leaf.type) : `${leaf.type} (${meaning})`
}

/** Integers by their annotation: bits and sign. */
const INTEGERS: Readonly<Record<string, DType>> = {
  INT_8: 'int8',
  UINT_8: 'uint8',
  INT_16: 'int16',
  UINT_16: 'uint16',
  INT_32: 'int32',
  UINT_32: 'uint32',
  INT_64: 'int64',
  UINT_64: 'uint64',
}

/** null: not a plain number or boolean. */
function dtypeOf({ type, converted_type, logical_type }: SchemaElement): DType | null {
  const annotated =
    logical_type?.type === 'INTEGER'
      ? `${logical_type.isSigned ? '' : 'U'}INT_${logical_type.bitWidth}`
      : (converted_type ?? logical_type?.type)
  if (annotated !== undefined) return INTEGERS[annotated] ?? null
  switch (type) {
    case 'BOOLEAN':
      return 'bool'
    case 'INT32':
      return 'int32'
    case 'INT64':
      return 'int64'
    case 'FLOAT':
      return 'float32'
    case 'DOUBLE':
      return 'float64'
    default:
      return null
  }
}
