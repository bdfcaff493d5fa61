/** Compression codecs: block decoders for files, and Zstandard encoding for what is written. */
export { joinPlanes } from './byte-planes.js'
export { compressionName, decompress, decompressorNames } from './decompress.js'
export { decodeLz4Block } from './lz4.js'
export { matchesXxh3, xxh3 } from './xxh3.js'
export { frameContentLength, loadZstdCompress, zstdCompress } from './zstd.js'
