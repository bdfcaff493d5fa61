/** Decompression of one block by its two-letter tag, as ROOT marks its blocks (R__unzip). Every decoder is made when it is
 *  first needed. */
import { inflateRawSync, inflateSync } from 'node:zlib'
import { DataError } from '../core/errors.js'
import type { BlockDecoder } from './block-decoder.js'
import { decodeLz4Block } from './lz4.js'
import { matchesXxhash64 } from './xxhash64.js'
import { createXzDecoder } from './xz.js'
import { createZstdDecoder, hasNodeZstd } from './zstd.js'

/** Of an "L4" block: the xxhash64 of the compressed bytes stands before them. */
const LZ4_CHECKSUM_BYTES = 8

const FACTORIES: ReadonlyMap<string, () => BlockDecoder> = new Map([
  ['ZL', () => (input, length) => inflateSync(input, inflateOptions(length))],
  ['CS', () => (input, length) => inflateRawSync(input, inflateOptions(length))],
  ['XZ', createXzDecoder],
  ['ZS', createZstdDecoder],
  ['L4', createLz4Decoder],
] as const)

const NAMES: ReadonlyMap<string, string> = new Map([
  ['ZL', 'ZLIB'],
  ['CS', 'ZLIB (old)'],
  ['XZ', 'LZMA'],
  ['ZS', 'ZSTD'],
  ['L4', 'LZ4'],
])

/** The name of a tag's compression for people, as uproot has it, or undefined for an unknown tag. */
export function compressionName(tag: string): string | undefined {
  return NAMES.get(tag)
}

/** Compression -> what decodes it on this platform, for logs. */
export function decompressorNames(): Readonly<Record<string, string>> {
  return {
    ZLIB: 'node:zlib',
    ZSTD: hasNodeZstd() ? 'node:zlib' : 'zstandard-wasm (WebAssembly)',
    LZMA: 'xz-decompress (WebAssembly)',
    LZ4: 'lz4-wasm-nodejs (WebAssembly)',
  }
}

const decoders = new Map<string, BlockDecoder>()

/** Decompresses one block. `tag`: ZL (zlib), CS (raw deflate), XZ (.xz), ZS (Zstandard) or L4 (checksum and LZ4 block).
 *  The result has exactly `outputLength` bytes and may be overwritten by the next call: copy what must stay.
 *  `place` begins the text of errors. Throws DataError 'ValueError' for an unknown tag and for a damaged block. */
export function decompress(tag: string, input: Uint8Array, outputLength: number, place: string): Uint8Array {
  let decode = decoders.get(tag)
  if (decode === undefined) {
    const create = FACTORIES.get(tag)
    if (create === undefined) {
      const known = [...FACTORIES.keys()].join(', ')
      throw new DataError('ValueError', `${place}: unknown compression ${JSON.stringify(tag)} (known: ${known}).`)
    }
    decode = create()
    decoders.set(tag, decode)
  }
  let output: Uint8Array
  try {
    output = decode(input, outputLength)
  } catch (cause) {
    const { name, message: why } = cause as Error
    // A wasm decoder that was stopped in the middle by a trap may be in any state.
    if (name === 'RuntimeError') decoders.delete(tag)
    throw new DataError('ValueError', `${place}: damaged ${compressionName(tag)} block: ${why}.`, { cause })
  }
  if (output.length === outputLength) return output
  const problem = `a ${compressionName(tag)} block holds ${output.length} bytes, its header says ${outputLength}`
  throw new DataError('ValueError', `${place}: ${problem}. The file is damaged.`)
}

/** One chunk with room for one byte more than is expected saves zlib a second round (20 % measured). */
function inflateOptions(length: number): { chunkSize: number; maxOutputLength: number } {
  return { chunkSize: Math.max(length + 1, 64), maxOutputLength: Math.max(length, 1) }
}

function createLz4Decoder(): BlockDecoder {
  let room = Buffer.alloc(0)
  return (input, outputLength) => {
    if (input.length < LZ4_CHECKSUM_BYTES) throw new Error('the checksum is missing')
    const block = input.subarray(LZ4_CHECKSUM_BYTES)
    if (!matchesXxhash64(block, input)) throw new Error('the checksum differs')
    if (room.length < outputLength) room = Buffer.allocUnsafeSlow(outputLength)
    const output = room.subarray(0, outputLength)
    decodeLz4Block(block, output)
    return output
  }
}
