/** Parquet as a format of tables: ZSTD, a row group a table. */
import { loadZstdCompress, zstdCompress } from '../../codecs/index.js'
import type { EncodedGroup, TableFormat } from '../table-format.js'
import { type EncodedRowGroup, encodeRowGroup } from './row-group.js'
import { assembleFile, ParquetFileWriter } from './writer.js'

/** As the reference's writer (pyarrow) compresses. */
const ZSTD_LEVEL = 1

export const PARQUET: TableFormat = {
  name: 'parquet',
  load: loadZstdCompress,
  files: schema => ({
    encodeGroup: rows => encodeRowGroup(rows, schema, bytes => zstdCompress(bytes, ZSTD_LEVEL)),
    open: (path, building) => ParquetFileWriter.open(path, schema, building),
    assembleFile: (groups: readonly EncodedGroup[]) => assembleFile(schema, groups as readonly EncodedRowGroup[]),
  }),
}
