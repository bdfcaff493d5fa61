/** Codecs of Parquet pages for hyparquet. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { type Compressors, snappyUncompress } from 'hyparquet'
import { decodeLz4Block, decompress } from '../../codecs/index.js'

export const decompressors: Compressors = {
  // The decoder reuses its memory, and pages are looked at later.
  ZSTD: (input, length) => decompress('ZS', input, length, 'Parquet page').slice(),
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(length, 1) }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: Math.max(length, 1) }),
  SNAPPY: (input, length) => {
    const output = new Uint8Array(length)
    snappyUncompress(input, output)
    return output
  },
  LZ4_RAW: (input, length) => {
    const output = new Uint8Array(length)
    decodeLz4Block(input, output)
    return output
  },
}
