/** Codecs of Parquet pages for hyparquet, which brings its own for Snappy alone. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Compressors } from 'hyparquet'
import { decodeLz4Block, decompress } from '../../codecs/index.js'

export const decompressors: Compressors = {
  // The decoder reuses its memory, and pages are looked at later.
  ZSTD: (input, length) => decompress('ZS', input, length, 'Parquet page').slice(),
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(length, 1) }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: Math.max(length, 1) }),
  LZ4_RAW: (input, length) => {
    const output = new Uint8Array(length)
    decodeLz4Block(input, output)
    return output
  },
}
