/** Comparing outputs with the JSON twins of what the reference wrote (fixtures/expected.py says how they are made). */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { equal, ok } from 'uvu/assert'
import { type HistTree, isHist, parseUhiTree } from '../../lib/formats/index.js'
import { axisEdges, axisExtent, type Hist } from '../../lib/hist/index.js'
import { close } from '../support/columns.js'

interface TwinColumn {
  readonly name: string
  readonly type: string
  readonly lengths?: readonly number[]
  readonly values?: readonly number[]
  readonly sha1?: string
}

interface TwinTable {
  readonly rows: number
  readonly columns: readonly TwinColumn[]
}

type Row = Readonly<Record<string, unknown>>

/** Columns that the reference computes in float32 or from sums kept in float32. */
const COMPUTED: Readonly<Record<string, number>> = { pair_mass: 1e-5, weight: 1e-6, weight_total: 1e-6 }

export async function sameParquet(path: string, twinPath: string): Promise<void> {
  const twin = JSON.parse(readFileSync(twinPath, 'utf8')) as TwinTable
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  equal(Number(metadata.num_rows), twin.rows, `${path}: rows`)
  const names = metadata.schema
    .filter(s => s.name !== 'list' && s.name !== 'item')
    .slice(1)
    .map(s => s.name)
  equal(
    names,
    twin.columns.map(c => c.name),
    `${path}: columns`,
  )
  const rows = (await parquetReadObjects({ file, compressors })) as Row[]
  for (const column of twin.columns) sameTwinColumn(rows, column, path)
}

function sameTwinColumn(rows: readonly Row[], twin: TwinColumn, path: string): void {
  const place = `${path}: ${twin.name}`
  const cells = rows.map(r => r[twin.name])
  const isList = twin.type.startsWith('large_list')
  const values = (isList ? cells.flatMap(c => Array.from(c as ArrayLike<unknown>)) : cells).map(Number)
  const lengths = isList ? cells.map(c => (c as ArrayLike<unknown>).length) : null
  if (twin.sha1 !== undefined) {
    equal(digest(values, cells, lengths, twin.type), twin.sha1, place)
    return
  }
  if (twin.lengths !== undefined) equal(lengths, twin.lengths, `${place}: lengths`)
  equal(values.length, twin.values!.length, `${place}: number of values`)
  const relative = COMPUTED[twin.name] ?? 0
  for (const [i, want] of twin.values!.entries()) {
    const exact = twin.type.includes('float') ? Math.fround(want) : want
    close(values[i]!, exact, relative, 0, `${place}[${i}]`)
  }
}

const ARRAYS = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float: Float32Array,
  double: Float64Array,
} as const

function digest(
  values: readonly number[],
  cells: readonly unknown[],
  lengths: readonly number[] | null,
  type: string,
): string {
  const hash = createHash('sha1')
  if (lengths !== null) hash.update(new Uint8Array(Int32Array.from(lengths).buffer))
  const item = /<item: (\w+)/.exec(type)?.[1] ?? type
  const flat = lengths === null ? cells : cells.flatMap(c => Array.from(c as ArrayLike<unknown>))
  const big = (x: unknown) => BigInt(x as bigint)
  if (item === 'int64') hash.update(new Uint8Array(BigInt64Array.from(flat, big).buffer))
  else if (item === 'uint64') hash.update(new Uint8Array(BigUint64Array.from(flat, big).buffer))
  else hash.update(new Uint8Array(ARRAYS[item as keyof typeof ARRAYS].from(values).buffer))
  return hash.digest('hex')
}

interface TwinHist {
  readonly axes: readonly { name: string; label: string; type: string; edges: number[] }[]
  readonly shape_with_flow: readonly number[]
  readonly cells: readonly (readonly [number, number, number])[]
}
interface TwinTree {
  readonly [key: string]: TwinHist | TwinTree
}

/** The UHI JSON beside a pickle against the twin of the reference's pickle. */
export function sameHists(uhiPath: string, twinPath: string): void {
  const tree = parseUhiTree(readFileSync(uhiPath, 'utf8'), uhiPath)
  sameTree(tree, JSON.parse(readFileSync(twinPath, 'utf8')) as TwinTree, uhiPath)
}

function sameTree(got: HistTree, want: TwinTree, place: string): void {
  equal(Object.keys(got), Object.keys(want), `${place}: keys`)
  for (const [key, node] of Object.entries(want)) {
    const ours = got[key]!
    if (isHist(ours)) sameHist(ours, node as TwinHist, `${place} ${key}`)
    else sameTree(ours, node as TwinTree, `${place} ${key}`)
  }
}

function sameHist(got: Hist, want: TwinHist, place: string): void {
  equal(
    got.axes.map(a => ({ name: a.name, label: a.label, edges: Array.from(axisEdges(a)) })),
    want.axes.map(({ name, label, edges }) => ({ name, label, edges })),
    `${place}: axes`,
  )
  equal(got.axes.map(axisExtent), want.shape_with_flow, `${place}: shape`)
  let filled = 0
  for (const n of got.variance) if (n !== 0) filled++
  const cells = new Map(
    want.cells.map(([flat, value, variance]) => [ownCell(flat, want.shape_with_flow), [value, variance]]),
  )
  ok(Math.abs(filled - cells.size) === 0, `${place}: ${filled} cells filled, wanted ${cells.size}`)
  for (const [cell, [value, variance]] of cells) {
    close(got.value[cell]!, value!, 1e-6, 1e-12, `${place}: value of cell ${cell}`)
    close(got.variance[cell]!, variance!, 1e-6, 1e-12, `${place}: variance of cell ${cell}`)
  }
}

/** The twin counts with the last axis fastest, our storage with the first. */
function ownCell(flat: number, shape: readonly number[]): number {
  const index: number[] = []
  let rest = flat
  for (const extent of [...shape].reverse()) {
    index.unshift(rest % extent)
    rest = Math.floor(rest / extent)
  }
  let cell = 0
  let stride = 1
  for (const [axis, i] of index.entries()) {
    cell += i * stride
    stride *= shape[axis]!
  }
  return cell
}

/** args, kwargs and the exception's name of every partition. */
export function sameReport(path: string, twinPath: string): void {
  type Entry = { args: unknown; kwargs: unknown; exception: unknown }
  const pick = ({ args, kwargs, exception }: Entry) => ({ args, kwargs, exception })
  const got = (JSON.parse(readFileSync(path, 'utf8')) as Entry[]).map(pick)
  equal(got, (JSON.parse(readFileSync(twinPath, 'utf8')) as Entry[]).map(pick), path)
}
