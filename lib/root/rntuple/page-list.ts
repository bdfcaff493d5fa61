/** The page list of a group of clusters: which entries each cluster holds, and where the pages of each column are. */
import { type ClusterGroup, checkHeader } from './description.js'
import type { Envelope } from './envelope.js'
import type { FrameCursor } from './frames.js'

const SHARDED = 1
const LEAST_SUMMARY_BYTES = 8 + 16
const LEAST_LIST_BYTES = 12
const LEAST_PAGE_BYTES = 4 + 12
const CHECKSUM_BYTES = 8

/** The pages of one column in one cluster. */
export interface ColumnPages {
  readonly count: number
  /** Of the first element in the whole column; for what is not stored here (suppressed) it is not known: 0. */
  readonly firstElement: number
  /** starts[k]: elements before page k, counted in the cluster; starts[count]: all that are stored. */
  readonly starts: Float64Array
  readonly positions: Float64Array
  /** Bytes in the file, without the checksum. */
  readonly lengths: Float64Array
  /** 8 where a checksum follows the page, else 0. */
  readonly checksumBytes: Uint8Array
}

/** The column is stored in another representation in this cluster. */
export const SUPPRESSED = null

export class PageList {
  /** Entries of the clusters: cluster k holds [edges[k], edges[k + 1]). */
  readonly edges: readonly number[]
  /** Bytes in memory. */
  readonly size: number
  readonly #cursor: FrameCursor
  /** Where the list of each cluster begins. */
  readonly #clusters: number[] = []
  /** By cluster: where the list of each column begins. */
  readonly #columns: Uint32Array[] = []

  constructor({ cursor }: Envelope, group: ClusterGroup, headerChecksum: bigint) {
    this.#cursor = cursor
    this.size = cursor.bytes.length
    checkHeader(cursor, headerChecksum)
    this.edges = readSummaries(cursor, group)
    const list = cursor.list(LEAST_LIST_BYTES)
    if (list.items !== this.clusters) cursor.fail(`pages of ${list.items} clusters in place of ${this.clusters}`)
    for (let k = 0; k < list.items; k++) {
      this.#clusters.push(cursor.position)
      const { end } = cursor.list(LEAST_LIST_BYTES)
      if (end > list.end) cursor.fail('the pages of a cluster pass the end of their list')
      cursor.position = end
    }
  }

  get clusters(): number {
    return this.edges.length - 1
  }

  /** undefined: the column began after this cluster; it is zero here. */
  pages(cluster: number, column: number): ColumnPages | typeof SUPPRESSED | undefined {
    this.#columns[cluster] ??= this.#columnStarts(cluster)
    const at = this.#columns[cluster][column]
    if (at === undefined) return undefined
    // Not kept: there may be millions of them.
    return readPages(this.#cursor.at(at))
  }

  #columnStarts(cluster: number): Uint32Array {
    const cursor = this.#cursor.at(this.#clusters[cluster]!)
    const { end, items } = cursor.list(LEAST_LIST_BYTES)
    const starts = new Uint32Array(items)
    for (let k = 0; k < items; k++) {
      starts[k] = cursor.position
      cursor.position = cursor.list(LEAST_PAGE_BYTES).end
      if (cursor.position > end) cursor.fail('the pages of a column pass the end of their list')
    }
    return starts
  }
}

function readSummaries(cursor: FrameCursor, group: ClusterGroup): number[] {
  const list = cursor.list(LEAST_SUMMARY_BYTES)
  if (list.items !== group.clusters) cursor.fail(`${list.items} clusters in place of ${group.clusters}`)
  const found: { readonly start: number; readonly stop: number }[] = []
  for (let k = 0; k < list.items; k++) {
    const { end } = cursor.record()
    const start = cursor.size()
    const packed = cursor.bits64()
    const flags = Number(packed >> 56n)
    if ((flags & SHARDED) !== 0) cursor.refuse('sharded clusters cannot be read')
    found.push({ start, stop: start + Number(packed & 0xffffffffffffffn) })
    cursor.position = end
  }
  cursor.position = list.end
  const edges = [group.start]
  for (const { start, stop } of found) {
    if (start !== edges.at(-1)) cursor.fail(`a cluster begins at entry ${start} in place of ${edges.at(-1)}`)
    edges.push(stop)
  }
  if (edges.at(-1) !== group.stop) cursor.fail(`the clusters end at entry ${edges.at(-1)} in place of ${group.stop}`)
  return edges
}

function readPages(cursor: FrameCursor): ColumnPages | typeof SUPPRESSED {
  const { end, items: count } = cursor.list(LEAST_PAGE_BYTES)
  const starts = new Float64Array(count + 1)
  const positions = new Float64Array(count)
  const lengths = new Float64Array(count)
  const checksumBytes = new Uint8Array(count)
  for (let k = 0; k < count; k++) {
    const elements = cursor.i32()
    const { position, length } = cursor.locator()
    starts[k + 1] = starts[k]! + Math.abs(elements)
    positions[k] = position
    lengths[k] = length
    if (elements < 0) checksumBytes[k] = CHECKSUM_BYTES
  }
  const firstElement = cursor.offset()
  if (cursor.position > end) cursor.fail('the pages of a column pass their own end')
  if (firstElement < 0) return SUPPRESSED
  return { count, firstElement, starts, positions, lengths, checksumBytes }
}
