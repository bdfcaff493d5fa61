/** Parquet files of typed-array columns: schema, encoding (in workers) and writing. */

export { type Merged, mergeParquet } from './merge.js'
export { type Compress, type EncodedChunk, type EncodedRowGroup, encodeRowGroup } from './row-group.js'
export { assembleFile, ParquetFileWriter } from './writer.js'
