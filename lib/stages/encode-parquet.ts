/** Table -> the bytes of a Parquet row group: encoded where the table is, so that only compressed bytes travel on. */
import { loadZstdCompress, zstdCompress } from '../codecs/index.js'
import type { Chunk, Keeping, MapStage, Table } from '../core/types.js'
import { type EncodedRowGroup, encodeRowGroup, type ParquetSchema } from '../formats/index.js'

export interface EncodedTable {
  readonly chunk: Chunk
  readonly length: number
  readonly group: EncodedRowGroup
  /** Set where the run writes a journal. */
  readonly keeping?: Keeping
}

/** As the reference's writer (pyarrow) compresses. */
const ZSTD_LEVEL = 1

/** `schema` is that of the tables that it takes. */
export interface EncodeStage extends MapStage<Table, EncodedTable> {
  readonly schema: ParquetSchema
}

export function encodeParquet(schema: ParquetSchema): EncodeStage {
  return {
    schema,
    kind: 'map',
    name: 'encodeParquet',
    map: async table => {
      await loadZstdCompress()
      const group = encodeRowGroup(table, schema, bytes => zstdCompress(bytes, ZSTD_LEVEL))
      return { chunk: table.chunk, length: table.length, group }
    },
  }
}
