/** Output tables in any format, as columns of plain values under ROOT's names, so that they can be compared. */
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import type { Column } from '../../lib/core/types.js'
import { rootName } from '../../lib/formats/root-names.js'
import { openRootFile, type Tree } from '../../lib/root/index.js'

/** Booleans as 0 and 1; null where there is none. */
export type Cell = number | bigint | string | null | readonly (number | bigint)[]
export type Cells = Map<string, Cell[]>

export function cellsOf(path: string): Promise<Cells> {
  return path.endsWith('.parquet') ? cellsOfParquet(path) : cellsOfRoot(path)
}

/** Members of records as record_member. */
async function cellsOfParquet(path: string): Promise<Cells> {
  const file = await asyncBufferFromFile(path)
  const names = parquetSchema(await parquetMetadataAsync(file)).children.map(child => child.element.name)
  const rows = (await parquetReadObjects({ file, compressors })) as Record<string, unknown>[]
  const cells: Cells = new Map()
  for (const name of names) {
    const values = rows.map(row => row[name])
    const sample = values.map(v => (Array.isArray(v) ? v[0] : v)).find(v => v !== null && v !== undefined)
    if (typeof sample !== 'object') {
      cells.set(rootName(name), values.map(cellOf))
      continue
    }
    for (const member of Object.keys(sample as object)) {
      const pick = (v: unknown) => (v as Record<string, unknown>)[member]
      cells.set(
        `${rootName(name)}_${rootName(member)}`,
        values.map(v => cellOf(Array.isArray(v) ? v.map(pick) : pick(v))),
      )
    }
  }
  return cells
}

function cellOf(value: unknown): Cell {
  if (Array.isArray(value)) return value.map(v => cellOf(v) as number)
  if (typeof value === 'boolean') return value ? 1 : 0
  return (value ?? null) as Cell
}

async function cellsOfRoot(path: string): Promise<Cells> {
  const file = await openRootFile(path)
  try {
    const tree = await file.tree('Events')
    const counters = new Set(tree.names.map(name => tree.branch(name)!.counter))
    const names = tree.names.filter(name => !counters.has(name) || tree.branch(name)!.text === true)
    const columns = await tree.read(names, 0, tree.entries)
    const cells: Cells = new Map()
    for (const name of names) {
      if (!isValidity(name, names)) cells.set(name, cellsOfColumn(tree, name, columns))
    }
    return cells
  } finally {
    await file.close()
  }
}

/** Beside columns that may be null. */
function isValidity(name: string, names: readonly string[]): boolean {
  return name.endsWith('_valid') && names.includes(name.slice(0, -'_valid'.length))
}

function cellsOfColumn(tree: Tree, name: string, columns: ReadonlyMap<string, Column>): Cell[] {
  const column = columns.get(name)!
  const rows = rowsOf(column, tree.entries)
  const valid = columns.get(`${name}_valid`)
  return valid === undefined ? rows : rows.map((row, i) => (valid.values[i] === 0 ? null : row))
}

function rowsOf({ values, offsets, width = 1, text }: Column, rows: number): Cell[] {
  return Array.from({ length: rows }, (_, i) => {
    if (text === true) return Buffer.from(values as Uint8Array).toString('utf8', offsets![i], offsets![i + 1])
    if (offsets !== undefined) return Array.from(values.subarray(offsets[i], offsets[i + 1]) as Float64Array)
    if (width > 1) return Array.from(values.subarray(i * width, (i + 1) * width) as Float64Array)
    return values[i]!
  })
}

/** Where nulls of floating-point numbers are NaN, as in ROOT files, they cannot be told from numbers that are. */
export function withoutNaN(cells: Cells): Cells {
  const plain = (cell: Cell): Cell => (Number.isNaN(cell) ? null : cell)
  return new Map([...cells].map(([name, rows]) => [name, rows.map(plain)]))
}
