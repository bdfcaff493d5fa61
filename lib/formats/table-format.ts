/** What a format of tables is: how rows become bytes where they are (in a worker), and how these bytes become files. Parquet, RNTuple
 *  and TTree are three of them; stages and sinks know this interface alone. */

import type { NtupleFormat } from '../core/ntuple-format.js'
import type { Columns, Replaced } from '../core/types.js'
import type { NullableColumn, TableSchema } from './table-schema.js'

/** Name of the RNTuple or TTree in a file. */
export const TREE_NAME = 'Events'

/** Rows to be written. Columns of fields that may be null have `valid` (see NullableColumn) where some are. */
export interface Rows {
  readonly length: number
  readonly columns: Columns | ReadonlyMap<string, NullableColumn>
}

/** The rows of one table as bytes of a file (a row group of Parquet, a cluster of ROOT's formats): plain data, transferable. A format
 *  adds facts of its own, which are plain data as well: sizes, offsets from the beginning of `bytes`, counts. Nothing in it depends
 *  on where the bytes will stand in which file. */
export interface EncodedGroup {
  readonly rows: number
  /** Fills its buffer. Empty where there are no rows. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Files of one schema. */
export interface TableFiles {
  /** Throws BugError where a column is missing or of another type, DataError where one is too large. */
  encodeGroup(rows: Rows): EncodedGroup
  /** Begins a file. building: as `openAtomic` has it. Throws UsageError where it cannot be created, OutputError where it cannot be
   *  written to. */
  open(path: string, building?: string): Promise<TableWriter>
  /** A whole file in pieces, in memory: the same bytes as the writer's. */
  assembleFile(groups: readonly EncodedGroup[]): Uint8Array[]
}

/** A file under construction. Streams: memory holds one group, and the facts of all. */
export interface TableWriter {
  /** The final path. */
  readonly path: string
  /** Groups without rows leave no trace. A group belongs to the writer from now on: a format whose bytes say where they stand writes
   *  that into `group.bytes` itself, before they are written, in whatever state it finds them (they may come from a file that an
   *  earlier run began). storedAt: where in this file, which is continued, these bytes stand already; null: nowhere. Returns where
   *  they stand now, which is the same place in every run that appends the same groups; they are written unless that is storedAt. */
  append(group: EncodedGroup, storedAt?: number | null): Promise<number>
  /** Ends the file, still under its temporary name. A file without rows has the full schema. */
  finish(): Promise<void>
  /** Gives the finished file its name. */
  commit(): Promise<void>
  /** Removes it, or leaves it where it is to be kept. */
  discard(): Promise<void>
  /** Removes it again after commit. */
  retract(): Promise<void>
  /** See Publishable. */
  makeRoom(replaced: Replaced[]): Promise<void>
}

export interface TableFormat {
  readonly name: NtupleFormat
  /** Settles when codecs are there; to be awaited before `files`. Cheap when called again. */
  load(): Promise<void>
  /** schema: in ROOT's formats with names that these can have (root-names.ts); the leaves' `column` is the table's. */
  files(schema: TableSchema): TableFiles
}
