/** Results like those of chunks, for measuring: of a known size before packing, the same for the same seed. */
import type { Chunk } from '../../lib/core/types.js'
import type { ChunkResult } from '../../lib/graph/segment.js'
import {
  addPacked,
  type Entries,
  type Hist,
  newHist,
  type PackedEntries,
  packEntries,
  regularAxis,
} from '../../lib/hist/index.js'
import { Random } from '../random.js'

/** data: entries without weights. simulation: with weights of a few hundred values, a generator's times those of pileup.
 *  spread: with weights that all differ. noise: bytes that cannot be compressed, as Parquet has them. */
export type PartialKind = 'data' | 'simulation' | 'spread' | 'noise'

export const KINDS: readonly PartialKind[] = ['data', 'simulation', 'spread', 'noise']

/** pt, eta, mass, as in electron tag-and-probe: 102,500 cells with those beyond the limits. */
export const AXES = [
  regularAxis({ name: 'pt', bins: 23, lower: 10, upper: 200 }),
  regularAxis({ name: 'eta', bins: 48, lower: -2.5, upper: 2.5 }),
  regularAxis({ name: 'mass', bins: 80, lower: 50, upper: 130 }),
]
export const CELLS = AXES.reduce((product, { bins }) => product * (bins + 2), 1)

export type Partial = Uint8Array | PackedEntries

/** A cell and, with weights, a float64. */
const ENTRY_BYTES: Readonly<Record<PartialKind, number>> = { data: 4, simulation: 12, spread: 12, noise: 1 }

/** Packed, as a worker sends it. */
export function makePartial(kind: PartialKind, bytes: number, seed: number): Partial {
  return packed(makeEntries(kind, bytes, seed))
}

export function packed(made: Uint8Array | Entries): Partial {
  return made instanceof Uint8Array ? made : packEntries(made)
}

/** As a chunk gives it. */
export function makeEntries(kind: PartialKind, bytes: number, seed: number): Uint8Array | Entries {
  const random = new Random(seed)
  const n = Math.floor(bytes / ENTRY_BYTES[kind])
  if (kind === 'noise') {
    const noise = new Uint8Array(n)
    for (let k = 0; k < n; k++) noise[k] = Math.floor(256 * random.uniform())
    return noise
  }
  const cells = new Int32Array(n)
  for (let k = 0; k < n; k++) cells[k] = cellOf(random)
  return { cells, weights: kind === 'data' ? null : weightsOf(kind, n, random) }
}

/** A falling pt, a flat eta, a peak in mass: most cells are empty, as they are in jobs. */
function cellOf(random: Random): number {
  const pt = Math.min(23, Math.floor(1 + random.exponential(4)))
  const eta = 1 + Math.floor(48 * random.uniform())
  const mass = Math.max(0, Math.min(81, Math.round(random.chance(0.8) ? random.normal(41, 3) : random.uniform(0, 81))))
  return pt + 25 * (eta + 50 * mass)
}

function weightsOf(kind: 'simulation' | 'spread', n: number, random: Random): Float64Array {
  const pileup = Float32Array.from({ length: 100 }, () => random.uniform(0, 2))
  return Float64Array.from({ length: n }, () => {
    const generator = kind === 'spread' ? random.normal(120, 12) : random.chance(0.2) ? -123.4 : 123.4
    return (generator * pileup[Math.floor(random.uniform(20, 60))]!) / 1.2e9
  })
}

export function resultOf(chunk: Chunk, partial: Partial | null): ChunkResult {
  const items = new Map(partial === null ? [] : [['partial', partial]])
  return { chunk, items, counts: new Map(), times: new Map(), read: null, failure: null }
}

/** What the driver does with results: fills a histogram, and looks at the ends of bytes. */
export class Merger {
  readonly hist: Hist = newHist(AXES)
  noise = 0

  add({ items }: ChunkResult): void {
    const partial = items.get('partial') as Partial | undefined
    if (partial === undefined) return
    if (partial instanceof Uint8Array) this.noise += partial[0]! + partial.at(-1)!
    else addPacked(this.hist, partial)
  }

  /** The same for the same partials in the same order. */
  get sum(): number {
    return this.hist.value.reduce((sum, x) => sum + x, this.noise)
  }
}
