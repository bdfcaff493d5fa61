/** Zstandard frames by the libzstd in Node 22.15 and later. */
import zlib from 'node:zlib'
import type { BlockDecoder } from './block-decoder.js'

/** The part of node:zlib that Node 20 lacks. */
export interface ZstdZlib {
  readonly constants: { readonly ZSTD_c_compressionLevel: number; readonly ZSTD_e_end: number }
  zstdDecompressSync(input: Uint8Array, options: { chunkSize: number; maxOutputLength: number }): Buffer
  zstdCompressSync(input: Uint8Array, options: { params: Record<number, number> }): Buffer
  createZstdDecompress(): object
}

/** Node's zlib if it has Zstandard, else null. */
export function zstdOfNode(): ZstdZlib | null {
  return 'zstdDecompressSync' in zlib ? (zlib as unknown as ZstdZlib) : null
}

/** What a stream of Node's zlib does its work by. Not documented, so it is looked at before it is used. */
interface Engine {
  readonly _handle: {
    onerror: (message: string) => void
    writeSync(
      flush: number,
      input: Uint8Array,
      from: number,
      bytes: number,
      output: Uint8Array,
      at: number,
      room: number,
    ): void
  }
  /** Bytes that are left, of the output's room and of the input. */
  readonly _writeState: Uint32Array
}

/** Frame_Header_Descriptor, behind the magic number (RFC 8878, 3.1.1.1.1). */
const DESCRIPTOR_AT = 4
const CHECKSUM_FLAG = 0x04

/** Decoding of each block by a new decompressor of its own takes 1.7 times the time, much of it page faults: one is kept, and writes
 *  into memory that is kept. Where Node has no such thing inside, or where a block fails, `zstdDecompressSync` has the last word. */
export function createNodeZstdDecoder(node: ZstdZlib): BlockDecoder {
  let failed = false
  const onError = (): void => {
    failed = true
  }
  let engine = newEngine(node, onError)
  // Not a Buffer, whose slice() would be a view of what the next block overwrites.
  let room = new Uint8Array(0)
  return (input, outputLength) => {
    // Frames with a checksum are not ROOT's. One that is cut within it would go on into the next frame.
    const plain = outputLength > 0 && input.length > DESCRIPTOR_AT && (input[DESCRIPTOR_AT]! & CHECKSUM_FLAG) === 0
    if (engine !== null && plain) {
      if (room.length < outputLength) room = new Uint8Array(outputLength)
      failed = false
      engine._handle.writeSync(node.constants.ZSTD_e_end, input, 0, input.length, room, 0, outputLength)
      const [outputLeft, inputLeft] = engine._writeState
      if (!failed && outputLeft === 0 && inputLeft === 0) return room.subarray(0, outputLength)
      // It stands in the middle of a frame.
      engine = newEngine(node, onError)
    }
    // chunkSize at the output's length lets Node decode into a single buffer, 20 % faster than in its default pieces.
    return node.zstdDecompressSync(input, {
      chunkSize: Math.max(outputLength, 64),
      maxOutputLength: Math.max(outputLength, 1),
    })
  }
}

/** null where this Node's differ from what is used here. */
function newEngine(node: ZstdZlib, onError: () => void): Engine | null {
  const made = node.createZstdDecompress() as Partial<Engine>
  const { _handle: handle, _writeState: state } = made
  if (typeof handle?.writeSync !== 'function' || !(state instanceof Uint32Array)) return null
  handle.onerror = onError
  return made as Engine
}
