/** What is known of a dataset on its way through a pipe: in each line of chunks, and as the schema's metadata of each Arrow
 *  stream. Plain JSON. */

import type { Dataset } from '../config/index.js'
import { UsageError } from '../core/errors.js'
import { parseOrdered } from '../core/json-text.js'
import type { Chunk, DType } from '../core/types.js'
import type { PartitionRead } from '../stages/index.js'
import { checkShape, STREAM_FACTS } from './shapes.js'

/** The documents of a job as they were written; absent where none was given. */
export interface Documents {
  readonly runner?: Readonly<Record<string, unknown>>
  readonly settings?: Readonly<Record<string, unknown>>
  readonly binning?: Readonly<Record<string, unknown>>
}

export type DatasetFacts = Omit<Dataset, 'files' | 'form' | 'isMC'> & { readonly isMC: boolean }

/** Known from the start. */
export interface DatasetStart {
  readonly dataset: DatasetFacts
  /** Number of partitions of the dataset: what its Parquet files are numbered by. */
  readonly partitions: number
  /** null: nobody has added it up. */
  readonly sumGenWeight: StoredSum | null
  /** Partitions that are left out because they are known to be unreadable. */
  readonly failed: readonly PartitionRead[]
  /** The file whose columns stand for those of all. */
  readonly first: { readonly path: string; readonly tree: string }
  /** What there is to say of files that are listed twice has been said. */
  readonly knowsDuplicates?: boolean
  /** Trigger decisions that some files lack, and the number of files. */
  readonly optionalTriggers?: readonly string[]
  readonly files?: number
  readonly documents: Documents
}

/** JSON has no NaN and no infinity: a sum that is one is a text. */
export type StoredSum = number | 'NaN' | 'Infinity' | '-Infinity'

export function storedSum(sum: number): StoredSum {
  return Number.isFinite(sum) ? sum : (String(sum) as StoredSum)
}

/** A line of chunks. chunk null: all partitions of the dataset are unreadable. */
export interface ChunkLine extends DatasetStart {
  readonly chunk: Chunk | null
}

/** A branch of the files: name, type (null: one that cannot be read), counter and width. */
export type FileBranch = readonly [name: string, dtype: DType | null, counter: string | null, width: number]

/** What an Arrow stream holds: batches of events; events with their pairs (a column `pairs`); rows of an output table. */
export type Item = 'events' | 'pairs' | 'table'

export interface TableFacts {
  /** Folder below the dataset's, and how the files' names begin. */
  readonly method: string
  readonly prefix: string
  /** Columns that are nullable, of which no value ever is null. */
  readonly neverNull?: readonly string[]
}

export interface Paired {
  readonly workflow: string
  readonly options: Readonly<Record<string, unknown>>
}

/** The metadata of an Arrow stream. */
export interface StreamFacts {
  readonly item: Item
  readonly dataset: DatasetFacts
  readonly partitions: number
  readonly sumGenWeight: StoredSum | null
  readonly documents: Documents
  /** The branches of the files, in their order, whether they were read or not. */
  readonly branches: readonly FileBranch[]
  /** Columns that stages made. */
  readonly added: readonly string[]
  /** The stages that the events have passed. */
  readonly done: readonly string[]
  /** Collections of tags and probes, of pairs. */
  readonly pairs: { readonly tags: string; readonly probes: string } | null
  /** The workflow and the options that the pairs were made with. */
  readonly paired: Paired | null
  /** The mass window that the pairs passed, and the filters that were evaluated. */
  readonly window: string | null
  readonly filters: readonly string[]
  /** The method that was chosen on the way. */
  readonly method: string | null
  readonly table: TableFacts | null
}

/** Under this key of the schema's metadata. */
export const FACTS_KEY = 'tnp-pipe'

/** Throws UsageError where a stage in between has lost them. */
export function factsOf(metadata: ReadonlyMap<string, string>): StreamFacts {
  const text = metadata.get(FACTS_KEY)
  if (text === undefined) {
    const message = `the Arrow schema has no metadata "${FACTS_KEY}", which says what the columns are. A stage of your own must write the schema that it read, or one made from it: in pyarrow, pa.ipc.new_stream(out, reader.schema), with schema.append(field) for new columns, or schema.with_metadata(reader.schema.metadata).`
    throw new UsageError([{ place: 'stdin', message }])
  }
  let facts: unknown
  try {
    facts = parseOrdered(text)
  } catch {
    throw new UsageError([{ place: 'stdin', message: `the Arrow schema's metadata "${FACTS_KEY}" is not JSON.` }])
  }
  checkShape(STREAM_FACTS, facts, `stdin: the Arrow schema's metadata "${FACTS_KEY}"`, 'what the stages before write')
  return facts as StreamFacts
}
