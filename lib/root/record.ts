/** A record's contents: stored as it is, or as one or more compressed blocks of at most 16 MiB each. A block begins with 9
 *  bytes: two letters for the compression, its version, and the compressed and uncompressed length, 3 bytes little-endian each. */
import { decompress } from '../codecs/index.js'
import { DataError } from '../core/errors.js'

const BLOCK_HEADER_BYTES = 9
/** No codec makes more of its input than this; a larger claim is nonsense, and is refused before room for it is made. */
export const MAX_EXPANSION = 2 ** 16

/** The `objectBytes` bytes of an object stored in bytes[start, end). The result may be a view of `bytes` or be overwritten by
 *  the next call: copy what must stay. Throws DataError ('ValueError' for damaged or unknown blocks). */
export function expandRecord(
  bytes: Uint8Array,
  start: number,
  end: number,
  objectBytes: number,
  place: string,
): Uint8Array {
  if (end - start === objectBytes) return bytes.subarray(start, end)
  const first = readBlockHeader(bytes, start, end, place)
  if (first.outputLength === objectBytes) return expandBlock(bytes, start, first, place)
  checkBlocks(bytes, start, end, objectBytes, place)
  const object = new Uint8Array(objectBytes)
  let done = 0
  for (let at = start; done < objectBytes; ) {
    const block = readBlockHeader(bytes, at, end, place)
    object.set(expandBlock(bytes, at, block, place), done)
    done += block.outputLength
    at += BLOCK_HEADER_BYTES + block.inputLength
  }
  return object
}

/** In place of a compression's name, of a record that lies behind the file's end. */
export const MISSING = 'beyond the file'

/** The tag of the record's first block, such as "ZS", or null where it is stored uncompressed. */
export function compressionTag(bytes: Uint8Array, start: number, end: number, objectBytes: number): string | null {
  if (end - start === objectBytes || end - start < BLOCK_HEADER_BYTES) return null
  return String.fromCharCode(bytes[start]!, bytes[start + 1]!)
}

interface BlockHeader {
  readonly inputLength: number
  readonly outputLength: number
}

function readBlockHeader(bytes: Uint8Array, at: number, end: number, place: string): BlockHeader {
  const room = end - at - BLOCK_HEADER_BYTES
  const inputLength = room < 0 ? 0 : bytes[at + 3]! | (bytes[at + 4]! << 8) | (bytes[at + 5]! << 16)
  if (room < 0 || inputLength > room) {
    const problem = `a compressed block is cut off (${inputLength} bytes wanted, ${Math.max(room, 0)} left)`
    throw new DataError('ValueError', `${place}: ${problem}. The file is damaged.`)
  }
  return { inputLength, outputLength: bytes[at + 6]! | (bytes[at + 7]! << 8) | (bytes[at + 8]! << 16) }
}

/** The blocks' headers must add up before room for all of them is made. */
function checkBlocks(bytes: Uint8Array, start: number, end: number, objectBytes: number, place: string): void {
  let total = 0
  for (let at = start; total < objectBytes; ) {
    const block = readBlockHeader(bytes, at, end, place)
    if (block.outputLength === 0) break
    total += block.outputLength
    at += BLOCK_HEADER_BYTES + block.inputLength
  }
  if (total === objectBytes) return
  const problem = `compressed blocks make ${total} bytes, the header says ${objectBytes}`
  throw new DataError('ValueError', `${place}: ${problem}. The file is damaged.`)
}

function expandBlock(bytes: Uint8Array, at: number, block: BlockHeader, place: string): Uint8Array {
  const tag = String.fromCharCode(bytes[at]!, bytes[at + 1]!)
  const begin = at + BLOCK_HEADER_BYTES
  return decompress(tag, bytes.subarray(begin, begin + block.inputLength), block.outputLength, place)
}
