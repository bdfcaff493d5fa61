/** The vocabulary of the dataflow: what travels between stages (Chunk, Batch, Pairs, Table) and what a stage is.
 *  Everything else in lib/ speaks in these types. */

/** Element types of a column, named as numpy and Arrow name them. `bool` is stored as one byte, 0 or 1. */
export type DType =
  | 'bool'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float32'
  | 'float64'

export type Values =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array

/** Flat: values[i] belongs to row i (or, with `width` w > 1, values[i*w .. i*w + w)).
 *  Jagged: row i owns values[offsets[i] .. offsets[i + 1]); offsets has one element more than there are rows and starts at 0.
 *  With both, row i owns values[w*offsets[i] .. w*offsets[i + 1]).
 *  Columns of one collection share one offsets object, so "same collection" is an identity test. */
export interface Column<V extends Values = Values> {
  readonly dtype: DType
  readonly values: V
  readonly offsets?: Int32Array
  readonly width?: number
  /** Each list is the UTF-8 bytes of a text: one text a row. */
  readonly text?: true
}
export type Columns = ReadonlyMap<string, Column>

/** One branch of a tree, as far as reading and type checking need it. */
export interface BranchInfo {
  readonly name: string
  readonly dtype: DType
  /** Name of the branch that counts the elements of each entry: its own where each list says its length, as a std::vector does;
   *  null: one value (or `width` values) an entry. */
  readonly counter: string | null
  /** Length of a fixed-size array an entry, or an element of a list; 1 otherwise. */
  readonly width: number
  /** Each entry is a text: a list of its bytes. */
  readonly text?: true
  /** Uncompressed and compressed size in bytes, over all entries. */
  readonly totalBytes: number
  readonly zipBytes: number
  /** A trigger decision that some files of the dataset lack: it counts as 0 in them. */
  readonly mayLack?: true
}

/** The columns that a dataset's files have. Implemented by the tree reader and, in workers, by a snapshot of it. */
export interface Layout {
  readonly names: readonly string[]
  has(name: string): boolean
  /** undefined: no such branch. Throws DataError where the branch is of a type that cannot be read. */
  branch(name: string): BranchInfo | undefined
  /** The branch where only columns of tables can be made of it, which is of texts or of lists of arrays: `branch` refuses it. Absent: there
   *  are none. */
  readonly tableOnly?: (name: string) => BranchInfo | undefined
  /** Branches that have no values but those of other columns, which are in `names` as well. */
  readonly groups?: ReadonlySet<string>
  /** Told of a branch that "all" would have named, had it been one that can be read. */
  readonly leaveOut?: (name: string) => void
  /** Global indices are columns (`Electron_photonIdxG`): objects of unselected events are no longer there to be counted. */
  readonly readyIndices?: true
}

export type Metadata = Readonly<Record<string, unknown>>

/** Entries [start, stop) of one tree in one file: the unit of scheduling and retry. Plain JSON.
 *  stop null: to the end of the file. `partition` counts the read units of the dataset from 0, in fileset order; it is the
 *  unit of reporting and of output files. A large partition is read as several chunks: `part` of `parts`. */
export interface Chunk {
  readonly dataset: string
  readonly file: string
  readonly tree: string
  readonly partition: number
  readonly partitionStart: number
  readonly partitionStop: number | null
  readonly start: number
  readonly stop: number | null
  readonly part: number
  readonly parts: number
  /** The partition is one of the fileset's steps, rather than a whole file. */
  readonly isStep: boolean
  /** What the fileset knows of the file, where it has been preprocessed. */
  readonly expected?: ExpectedFile
}

/** null: not known. */
export interface ExpectedFile {
  readonly uuid: string | null
  readonly entries: number | null
}

/** `length` events with their columns. Cuts on events shrink `events` (ascending positions of the events that are still
 *  in; null: all of them) and leave the columns alone. */
export interface Batch {
  readonly chunk: Chunk
  readonly length: number
  readonly columns: Columns
  readonly events: Int32Array | null
  /** How the batch was read, where it came from a file. */
  readonly read?: ReadRecord
  /** Collection -> its objects in the partition's entries before this batch; for indices that count from the partition's
   *  start. */
  readonly bases?: ReadonlyMap<string, number>
}

/** What reading columns costs: sums that reading adds to. Times in seconds of the thread that reads. */
export interface ReadCost {
  /** Bytes and requests of the file, after neighbouring ranges were joined. */
  bytes: number
  requests: number
  /** Waiting for bytes, or copying them out of the system's cache. */
  waiting: number
  decompressing: number
  /** Putting values into columns, in this machine's byte order. */
  placing: number
  /** Size of the baskets or pages after decompression. */
  unpackedBytes: number
  /** Size of what was put into columns. */
  columnBytes: number
}

/** What reading one chunk took; grows where more of its columns are read later. start, stop: the entries read (stop never
 *  null). seconds: all of it, on the clock. */
export interface ReadRecord extends ReadCost {
  readonly start: number
  readonly stop: number
  seconds: number
  /** Ranges asked for, before neighbours were joined into requests. */
  ranges: number
  /** Of the file, where the fileset does not say them. */
  readonly uuid?: string
  readonly entries?: number
  /** Trigger decisions that the file lacks, which count as 0. */
  lacking?: readonly string[]
}

/** Why a chunk was not read: Python's name of the exception, for reports, and the message. */
export interface ReadFailure {
  readonly exception: string
  readonly message: string
}

/** Tag-probe pairs of a batch: pair k belongs to event event[k] (ascending) and is made of element tag[k] of collection
 *  `tags` and element probe[k] of collection `probes` (positions in the collections' values, not within the event).
 *  `columns` holds per-pair columns such as pair_mass and the filters' decisions. */
export interface Pairs {
  readonly batch: Batch
  readonly tags: string
  readonly probes: string
  readonly event: Int32Array
  readonly tag: Int32Array
  readonly probe: Int32Array
  readonly columns: Columns
}

/** `length` output rows: what a writer of ntuples or another consumer of selected columns takes. */
export interface Table {
  readonly chunk: Chunk
  readonly length: number
  readonly columns: Columns
}

/** A branch that a stage reads. A plain string is required; the other forms are what a file may or may not have. */
export type Read =
  | string
  | { readonly optional: string }
  | { readonly every: string }
  | { readonly oneOf: readonly (readonly string[])[] }

export interface Logger {
  debug(fields: object, message?: string): void
  info(fields: object, message?: string): void
  warn(fields: object, message?: string): void
}

/** What a running stage may touch. */
export interface Context {
  readonly signal: AbortSignal
  readonly log: Logger
  /** Seconds of processor time that this thread has used; there where stages are to be measured. */
  readonly cpu?: () => number
  /** Chunks to look ahead, so that the bytes of distant files are under way before they are needed; absent: one. */
  readonly ahead?: number
  /** There where others wait for this thread as well: called between stages, and waited for. null: nobody has waited for long. */
  readonly turn?: () => Promise<void> | null
  /** There where workers may have made files of sinks. */
  readonly made?: MadeFiles
  /** There where files of several sinks get their names together. */
  readonly publication?: Publication
}

/** A file that is complete under its temporary name. */
export interface Publishable {
  /** Gives it its name. */
  commit(): Promise<void>
  /** Removes what was written, or leaves it where it is to be kept. */
  discard(): Promise<void>
  /** Takes back what has its name already, since another that belongs to it could not get its own. */
  retract?(): Promise<void>
  /** Moves out of the way what an earlier run has left in its place, and adds that to `replaced`. */
  makeRoom?(replaced: Replaced[]): Promise<void>
}

/** A file of an earlier run, under a temporary name. */
export interface Replaced {
  putBack(): Promise<void>
  remove(): Promise<void>
}

export interface Publication {
  add(files: readonly Publishable[]): void
}

export interface Named {
  readonly name: string
  /** Branches that the stage needs in its batch. */
  readonly reads?: readonly Read[]
  /** Columns that the stage adds to its batch or pairs. */
  readonly adds?: readonly string[]
  /** One line for people: what this instance of the stage does, with its numbers. */
  readonly note?: string
}

export interface Source<O> extends Named {
  readonly kind: 'source'
  readonly open: (ctx: Context) => AsyncIterable<O>
}

/** Stateless and order-free, so it may run anywhere, many at a time. null drops the item. */
export interface MapStage<I, O> extends Named {
  readonly kind: 'map'
  readonly map: (item: I, ctx: Context) => O | null | Promise<O | null>
  /** Told that `item` comes next, when `map` has been called for the one before it: for asking for its bytes. Settles when
   *  nothing is left to be done but to wait; null: there is nothing to do. Never throws; what is wrong with the item is told by `map`. */
  readonly ahead?: (item: I, ctx: Context) => Promise<void> | null
}

/** Reduces the stream. `partial` runs where the item is (perhaps in a worker) and returns plain, transferable data;
 *  `merge` takes the partials of a dataset in chunk order; `done` is called once. */
// biome-ignore lint/suspicious/noExplicitAny: the partial's and the state's types are the stage's own affair
export interface FoldStage<I, O, P = any, S = any> extends Named {
  readonly kind: 'fold'
  readonly partial: (item: I, ctx: Context) => P
  readonly init: () => S
  readonly merge: (into: S, partial: P, chunk: Chunk) => void
  readonly done: (state: S) => O
  /** What `done` would give now. Leaves the state as it is and may give parts of it, which are not to be changed. Absent: that cannot
   *  be told before the end. */
  readonly peek?: (state: S) => O
  /** The partial in less room, where it is sent over a network: `merge` takes it in the partial's place, to the same end. */
  readonly pack?: (partial: P) => P
  /** Called in place of `merge` for a chunk that could not be read and that the run tolerates. */
  readonly skip?: (into: S, chunk: Chunk, failure: ReadFailure) => void
}

/** Sees the whole stream (splitting into chunks, grouping): a barrier, never run in parallel. */
export interface FlowStage<I, O> extends Named {
  readonly kind: 'flow'
  readonly flow: (items: AsyncIterable<I>, ctx: Context) => AsyncIterable<O>
}

export type Stage<I, O> = MapStage<I, O> | FoldStage<I, O> | FlowStage<I, O>

/** Where bytes stand in the file that is being built for `path`. */
export interface StoredAt {
  readonly path: string
  /** First byte, from the beginning of the file. */
  readonly start: number
}

/** What a sink that appends an item's bytes to a file needs, so that the bytes serve the run that continues this one. */
export interface Keeping {
  /** The name under which the file `path` is built. The sink leaves it there where the run stops. */
  readonly building: (path: string) => string
  /** Where the bytes stand already; null: nowhere. */
  readonly at: StoredAt | null
  /** To be called once the bytes have been appended. */
  readonly appended: (at: StoredAt) => Promise<void>
}

/** The part of an item that its sink appends to a file: a journal need not hold it as well. */
export interface Appended<I> {
  readonly split: (item: I) => { readonly bytes: Uint8Array<ArrayBuffer>; readonly rest: unknown }
  /** The item, with what its sink needs to keep the bytes. */
  readonly join: (rest: unknown, bytes: Uint8Array<ArrayBuffer>, keeping: Keeping) => unknown
}

/** A file of a sink that a worker has made, still under a temporary name. Plain data. Names are from the output folder or URL, with
 *  slashes. */
export interface MadeFile {
  /** The final name. */
  readonly path: string
  /** Where it is. */
  readonly at: string
  readonly bytes: number
  /** Eight hexadecimal digits. */
  readonly adler32: string
  /** Number of chunks of which it is made: all of the file's. */
  readonly chunks: number
}

/** How the files of a sink are made where its items are, each as a whole: what comes to the sink in place of these items is what
 *  `standIn` gives. */
export interface Making<I> {
  /** Number of the file that the chunk's item goes into. */
  readonly fileOf: (chunk: Chunk) => number
  /** The partitions whose items make it, in their order. */
  readonly partitionsOf: (file: number) => readonly number[]
  readonly pathOf: (file: number) => string
  /** The bytes of the whole file, from the items of all of its chunks. */
  readonly piecesOf: (items: readonly I[]) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>
  readonly standIn: (item: I, made: MadeFile) => unknown
}

/** Where workers may put files that they make. Plain data. */
export interface MakingPlace {
  /** The output folder as the paths of sinks have it. */
  readonly output: string
  /** The same for a worker: an absolute path, or a URL. */
  readonly target: string
  /** Folder below it for files under temporary names; null: that of the final name. */
  readonly temporary: string | null
  /** Part of temporary names: those of one run. */
  readonly run: string
  /** A file below `target`: whoever reads this content there sees the folder. null: of a URL. */
  readonly marker: { readonly name: string; readonly content: string } | null
}

/** What becomes of files that workers have made. */
export interface MadeFiles {
  /** null: there are no workers that may make files. */
  readonly place: MakingPlace | null
  /** Moves out of the way what an earlier run has left in the file's place: see Publishable. */
  readonly makeRoom?: (file: MadeFile, path: string, replaced: Replaced[]) => Promise<void>
  /** Gives the file its name. Throws OutputError. */
  readonly commit: (file: MadeFile, path: string) => Promise<void>
  /** Removes it, unless the run that continues this one may take it. */
  readonly discard: (file: MadeFile) => Promise<void>
}

/** Ends a wire. `drain` settles when everything is on disk under its final name; on abort it removes what it began, but for
 *  files that it was asked to keep. */
export interface Sink<I> extends Named {
  readonly kind: 'sink'
  readonly appended?: Appended<I>
  readonly making?: Making<I>
  /** Files that it will write, for checks and for `explain`. */
  readonly writes?: readonly string[]
  /** Files of this folder with such names are of earlier runs, unless this one writes them. */
  readonly replaces?: { readonly folder: string; readonly names: RegExp }
  readonly drain: (items: AsyncIterable<I>, ctx: Context) => Promise<void>
}

/** A typed connection under construction. Using one wire twice is the fork. */
export interface Wire<T> {
  readonly to: <O>(id: string, stage: Stage<T, O>) => Wire<O>
  readonly into: (id: string, sink: Sink<T>) => void
}

export interface Graph {
  readonly from: <O>(id: string, source: Source<O>) => Wire<O>
}
