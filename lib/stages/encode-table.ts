/** Table -> the bytes of a row group or cluster: encoded where the table is, so that only compressed bytes travel on. */
import type { NtupleFormat } from '../core/ntuple-format.js'
import type { Chunk, Keeping, MapStage, Table } from '../core/types.js'
import { type EncodedGroup, type TableFiles, type TableSchema, tableFiles } from '../formats/index.js'

export interface EncodedTable {
  readonly chunk: Chunk
  readonly length: number
  readonly group: EncodedGroup
  /** Set where the run writes a journal. */
  readonly keeping?: Keeping
}

/** `schema` is that of the tables that it takes. */
export interface EncodeStage extends MapStage<Table, EncodedTable> {
  readonly schema: TableSchema
}

/** The stages' names by format, as graphs show them. */
export const FORMAT_TITLES: Readonly<Record<NtupleFormat, string>> = {
  parquet: 'Parquet',
  rntuple: 'RNTuple',
  ttree: 'TTree',
}

export function encodeTable(schema: TableSchema, format: NtupleFormat = 'parquet'): EncodeStage {
  let files: TableFiles | null = null
  return {
    schema,
    kind: 'map',
    name: `encode${FORMAT_TITLES[format]}`,
    map: async table => {
      files ??= await tableFiles(format, schema)
      return { chunk: table.chunk, length: table.length, group: files.encodeGroup(table) }
    },
  }
}
