/** The lists of a collection in a range of entries: where each ends, from the index column of the collection. */
import { DataError } from '../../core/errors.js'
import { type Cluster, columnIn } from './clusters.js'
import type { StoredColumn } from './member.js'
import { damaged, type Piece, piecesOf } from './pieces.js'

const MAX_ELEMENTS = 2 ** 31 - 1

/** Elements [from, to) of a cluster's value columns belong to the range. `total`: all of the cluster's elements; null: not known. */
export interface ElementRange {
  readonly from: number
  readonly to: number
  readonly total: number | null
}

interface Part {
  readonly cluster: Cluster
  /** Entries of the range in the cluster, counted in it. */
  readonly from: number
  readonly to: number
  /** Ends of the lists before entry `from` and of entries [from, to). */
  readonly ends: Uint32Array
}

/** Ends of the lists of entries [start, stop) of one collection, while they are read. */
export class Lists {
  readonly #stored: readonly StoredColumn[]
  readonly #start: number
  readonly #stop: number
  readonly #place: string
  readonly #parts: Part[] = []
  #offsets: Int32Array | null = null
  readonly #ranges = new Map<Cluster, ElementRange>()

  constructor(stored: readonly StoredColumn[], start: number, stop: number, place: string) {
    this.#stored = stored
    this.#start = start
    this.#stop = stop
    this.#place = place
  }

  /** The pages with ends of the range's lists. */
  pieces(clusters: readonly Cluster[]): Piece[] {
    return clusters.flatMap(cluster => {
      const from = Math.max(this.#start, cluster.start) - cluster.start
      const to = Math.min(this.#stop, cluster.stop) - cluster.start
      const stored = columnIn(cluster, this.#stored)
      const ends = new Uint32Array(to - from + 1)
      this.#parts.push({ cluster, from, to, ends })
      const front = frontOf(stored.column, stored.pages?.starts[stored.pages.count], cluster, 1, this.#place)
      const first = from === 0 ? 0 : from - 1
      const wanted = {
        cluster,
        stored,
        from: first,
        to,
        front,
        values: ends,
        dtype: 'uint32',
        at: from === 0 ? 1 : 0,
      } as const
      return piecesOf({ ...wanted, place: this.#place })
    })
  }

  /** offsets[i]: elements before entry start + i; once all pieces are in place. Throws DataError. */
  get offsets(): Int32Array {
    this.#offsets ??= this.#addUp()
    return this.#offsets
  }

  /** Elements of the cluster that belong to the range; likewise. */
  elements(cluster: Cluster): ElementRange {
    this.#offsets ??= this.#addUp()
    return this.#ranges.get(cluster)!
  }

  #addUp(): Int32Array {
    const offsets = new Int32Array(this.#stop - this.#start + 1)
    let at = 0
    for (const { cluster, from, to, ends } of this.#parts) {
      const first = ends[0]!
      const base = offsets[at]! - first
      let before = first
      for (let i = 1; i < ends.length; i++) {
        const end = ends[i]!
        if (end < before)
          throw damaged(this.#place, `the list of entry ${cluster.start + from + i - 1} has a negative length`)
        if (base + end > MAX_ELEMENTS) throw this.#tooMany(cluster.start + from + i)
        offsets[++at] = base + end
        before = end
      }
      const total = to === cluster.stop - cluster.start ? before : null
      this.#ranges.set(cluster, { from: first, to: before, total })
    }
    return offsets
  }

  #tooMany(entry: number): DataError {
    const problem = `entries [${this.#start}, ${entry}) have more than ${MAX_ELEMENTS} elements`
    return new DataError('ValueError', `${this.#place}: ${problem}. Read fewer entries at a time.`)
  }
}

/** Elements at the beginning of a cluster that are not stored, since the column began later: they are zero. Of columns with `width`
 *  elements an entry. stored: elements that are; undefined: there are none. Throws where the rest does not fit. */
export function frontOf(
  { record }: StoredColumn,
  stored: number | undefined,
  cluster: Cluster,
  width: number,
  place: string,
): number {
  if (stored === undefined) return Number.POSITIVE_INFINITY
  const expected = (cluster.stop - cluster.start) * width
  if (stored === expected) return 0
  if (stored < expected && record.firstElement > 0) return expected - stored
  throw damaged(place, `${stored} elements in place of ${expected} in the cluster at entry ${cluster.start}`)
}
