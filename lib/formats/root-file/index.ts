/** ROOT files as containers: buffers in ROOT's serialisation, keys, compressed blocks, class descriptions, and files that are
 *  written from front to back. What is in them is made elsewhere: root-hists, ttree. */
export { type Packing, packRecord, ZLIB, zstdPacking } from './blocks.js'
export { RootBuffer } from './buffer.js'
export { type Classes, RNTUPLE } from './describe.js'
export { BEGIN, type Place } from './head.js'
export { type Key, keyBytes, keyLength, placeKeys } from './key.js'
export { type LayoutOptions, RootFileLayout } from './layout.js'
export { RootFileWriter } from './writer.js'
