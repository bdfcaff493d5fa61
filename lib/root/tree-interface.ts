/** What every kind of tree in a ROOT file gives: columns by name and entry range. Nothing above this folder knows which kind it
 *  reads. */
import type { Column, Columns, Layout, ReadCost } from '../core/types.js'

export interface ReadOptions {
  /** Stops between two batches of about 4 MiB of compressed data. */
  readonly signal?: AbortSignal
  /** What reading cost is added to it. */
  readonly cost?: ReadCost
  /** Ascending positions, counted from the first entry read, of the only entries that matter: baskets that hold none of them
   *  are not read, and other entries' values are 0 where they were in such a basket. Lists keep their lengths. */
  readonly events?: Int32Array
  /** Columns of the same entries that have been read before: columns of equal lists share their offsets. */
  readonly beside?: Columns
}

/** A branch in words: for forms of trees. */
export interface BranchDescription {
  /** "Electron_pt[nElectron]/F", or what the branch was documented with. */
  readonly title: string
  /** Lengths of the fixed-size array that each entry, or each element of its list, is, outermost first; [] for plain values. */
  readonly shape: readonly number[]
}

/** How a branch is stored. */
export interface BranchStorage {
  /** Number of its baskets or pages. */
  readonly parts: number
  /** Of the first of them in the file: "ZSTD", "LZMA", "LZ4", "ZLIB" or "none"; of a basket that cannot be read "damaged" or "beyond the
   *  file"; null for a branch without one. */
  readonly compression: string | null
}

export interface Tree extends Layout {
  /** Class of the object in the file. */
  readonly kind: 'TTree' | 'RNTuple'
  /** Path in the file, without cycle: "Events", "dir/tree". */
  readonly path: string
  readonly cycle: number
  readonly title: string
  readonly entries: number
  /** What the file says of a branch that can be read. Throws DataError as `branch` does, 'KeyError' where there is none. */
  describe(name: string): BranchDescription
  /** Also for branches whose values cannot be read. Throws DataError 'KeyError' where there is no such branch. */
  storage(names: readonly string[]): Promise<Map<string, BranchStorage>>
  /** Compression of each branch, as in `storage`. */
  compressions(names: readonly string[]): Promise<Map<string, string | null>>
  /** Entries between which all branches are stored by themselves, and the last entry: ascending; ranges between them cost nothing
   *  twice. [0] for a tree without data. */
  clusters(): Promise<readonly number[]>
  /** Columns of entries [start, stop), by name. Columns with the same counter, or whose counters agree in this range, share
   *  one offsets object. Whole columns stand in memory: choose the range by bytes. Consecutive ranges do not decompress what
   *  lies between them twice.
   *  Throws DataError: 'KeyError' for a branch that is not there, 'NotImplementedError' for one that cannot be read,
   *  'ValueError' for a range outside [0, entries] and for damaged compressed data, 'OSError' for a truncated file,
   *  'DeserializationError' for nonsense in the tree. */
  read(names: readonly string[], start: number, stop: number, options?: ReadOptions): Promise<Map<string, Column>>
  /** Asks for the bytes that `read` of the same range will begin with, so that they come while something else is done. Gives false
   *  where so much is under way that nothing was asked for. Does not throw for what is wrong with the file: `read` does. */
  readAhead(names: readonly string[], start: number, stop: number): boolean
  /** Gives the tree's memory to the next one; called when its file is closed. Names and counts stay, branches cannot be looked up
   *  any more. */
  close(): void
}
