/** Table -> the bytes of a row group or cluster: encoded where the table is, so that only compressed bytes travel on. */
import type { NtupleFormat } from '../core/ntuple-format.js'
import type { Chunk, Keeping, MapStage, Table } from '../core/types.js'
import {
  checkBranchNames,
  type EncodedGroup,
  renamedColumns,
  type TableFiles,
  type TableSchema,
  tableFiles,
} from '../formats/index.js'

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
  /** Columns that have other names in the files. */
  readonly renamed: readonly (readonly [name: string, inFile: string])[]
}

/** The stages' names by format, as graphs show them. */
export const FORMAT_TITLES: Readonly<Record<NtupleFormat, string>> = {
  parquet: 'Parquet',
  rntuple: 'RNTuple',
  ttree: 'TTree',
}

/** Throws UsageError where two columns would have one name in the files. */
export function encodeTable(schema: TableSchema, format: NtupleFormat = 'parquet'): EncodeStage {
  const renamed = format === 'parquet' ? [] : renamedColumns(schema)
  if (format === 'ttree') checkBranchNames(schema)
  let files: TableFiles | null = null
  return {
    schema,
    renamed,
    kind: 'map',
    name: `encode${FORMAT_TITLES[format]}`,
    map: async table => {
      files ??= await tableFiles(format, schema)
      return { chunk: table.chunk, length: table.length, group: files.encodeGroup(table) }
    },
  }
}

/** What users are told of names that are others in the files; null: there are none. */
export function renamingWarning(names: readonly (readonly [string, string])[]): string | null {
  const renamed = new Map(names)
  if (renamed.size === 0) return null
  const told = [...renamed].map(([name, inFile]) => `"${name}" is ${inFile}`).join(', ')
  return `names of columns in ROOT files are C++ identifiers: ${told}`
}
