/** The columns of a table as its schema has them. */
import { isOf } from '../core/dtype.js'
import { BugError } from '../core/errors.js'
import type { Columns } from '../core/types.js'
import type { Leaf, NullableColumn } from './table-schema.js'

/** format: begins the text of errors. Throws BugError where there is none. */
export function columnOf(columns: Columns, leaf: Leaf, format: string): NullableColumn {
  const column = columns.get(leaf.column)
  if (column === undefined)
    throw new BugError(`${format} column ${leaf.column}: is in the schema, but not in the table`)
  return column
}

/** The leaf's column, checked. Of one that is declared nullable, though no value ever is null (`neverNull`), without the flags that say
 *  so. Throws BugError where it is not as the schema has it. */
export function checkedColumn(columns: Columns, leaf: Leaf, rows: number, format: string): NullableColumn {
  const found = columnOf(columns, leaf, format)
  const { valid, ...plain } = found
  const column = leaf.nullable || valid === undefined || valid.includes(0) ? found : plain
  // A text is a list of its bytes.
  checkColumn(leaf.text ? { ...leaf, shape: 'list' } : leaf, column, rows, format)
  return column
}

/** Throws BugError where columns of one list of records have lists of other lengths than the first. */
export function checkTogether(
  columns: Columns,
  [first, ...others]: readonly Leaf[],
  rows: number,
  format: string,
): void {
  const wanted = columnOf(columns, first!, format).offsets
  for (const other of others) {
    const { offsets } = columnOf(columns, other, format)
    if (offsets === wanted || (offsets !== undefined && wanted !== undefined && sameLists(offsets, wanted, rows)))
      continue
    throw new BugError(`${format} column ${other.column}: its lists are not as long as those of ${first!.column}`)
  }
}

function sameLists(offsets: Int32Array, others: Int32Array, rows: number): boolean {
  for (let i = 0; i <= rows; i++) if (offsets[i] !== others[i]) return false
  return true
}

/** Throws BugError where the column has not `rows` rows of the leaf's type. */
export function checkColumn(
  leaf: Leaf,
  { dtype, values, offsets, width = 1, valid }: NullableColumn,
  rows: number,
  format: string,
): void {
  const refuse = (what: string) => new BugError(`${format} column ${leaf.column}: ${what}`)
  const shape = offsets !== undefined ? 'list' : width > 1 ? 'fixed' : 'flat'
  if (dtype !== leaf.dtype || shape !== leaf.shape || width !== leaf.width) {
    throw refuse(`is ${shape} ${dtype} of ${width}, the schema has ${leaf.shape} ${leaf.dtype} of ${leaf.width}`)
  }
  if (!isOf(dtype, values)) throw refuse(`has the values of ${values.constructor.name}, the schema has ${leaf.dtype}`)
  if (offsets !== undefined && (offsets.length <= rows || offsets[0] !== 0)) {
    throw refuse(`its offsets do not cover ${rows} rows from 0`)
  }
  const needed = width * (offsets === undefined ? rows : offsets[rows]!)
  if (values.length < needed) throw refuse(`${values.length} values for ${rows} rows that have ${needed}`)
  if (valid === undefined) return
  if (!leaf.nullable) throw refuse('has nulls, the schema has not')
  if (valid.length < needed) throw refuse(`${valid.length} validity flags for ${needed} values`)
}
