/** Records of an append-only file, each with its length and checksums, so that what a killed run or a power cut left half
 *  written is told from damage:
 *
 *    "TNPR" | payload's length, u32 | CRC-32 of the payload, u32 | CRC-32 of the 12 bytes before, u32 | payload
 *
 *  Numbers are little-endian. */
import { type FileHandle, open } from 'node:fs/promises'
import { crc32 } from '../core/crc32.js'
import { UsageError } from '../core/errors.js'

const MAGIC = Buffer.from('TNPR')
const CHECKED_BYTES = 12
export const HEADER_BYTES = 16

/** Where a record's payload stands in its file, in bytes. */
export interface Place {
  readonly start: number
  readonly length: number
}

/** The payload may be in pieces, of at most 4 GiB together. */
export function recordHeader(...payload: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  MAGIC.copy(header)
  let length = 0
  let crc = 0
  for (const piece of payload) {
    length += piece.length
    crc = crc32(piece, crc)
  }
  header.writeUInt32LE(length, 4)
  header.writeUInt32LE(crc, 8)
  header.writeUInt32LE(crc32(header.subarray(0, CHECKED_BYTES)), CHECKED_BYTES)
  return header
}

/** Where the whole records are, and how long the file is up to the end of the last of them: what is behind was cut short.
 *  Throws UsageError, with the place, where a record is damaged in any other way. Holds one record at a time. */
export async function scanRecords(
  path: string,
  see: (payload: Buffer, place: Place) => void = () => {},
): Promise<{ readonly places: readonly Place[]; readonly end: number; readonly size: number }> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const places: Place[] = []
    let end = 0
    while (end + HEADER_BYTES <= size) {
      const header = await readAt(file, { start: end, length: HEADER_BYTES })
      if (!goodHeader(header)) {
        // After a power cut, zeros may stand where the rest of the last record would be.
        if (await zeros(file, end + HEADER_BYTES, size)) break
        throw damaged(path, end)
      }
      const place = { start: end + HEADER_BYTES, length: header.readUInt32LE(4) }
      const next = place.start + place.length
      if (next > size) break
      const payload = await readAt(file, place)
      if (crc32(payload) !== header.readUInt32LE(8)) {
        // After a power cut the last record's length may be on the disk without its content.
        if (next === size || (await zeros(file, next, size))) break
        throw damaged(path, end)
      }
      see(payload, place)
      places.push(place)
      end = next
    }
    return { places, end, size }
  } finally {
    await file.close()
  }
}

/** The bytes at a place. Throws UsageError where the file ends before. */
export async function readAt(file: FileHandle, { start, length }: Place): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.allocUnsafeSlow(length)
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, start + done)
    if (bytesRead === 0) throw new UsageError([{ place: 'journal', message: 'became shorter while it was read.' }])
    done += bytesRead
  }
  return bytes
}

function goodHeader(header: Buffer): boolean {
  const check = crc32(header.subarray(0, CHECKED_BYTES))
  return header.subarray(0, MAGIC.length).equals(MAGIC) && check === header.readUInt32LE(CHECKED_BYTES)
}

async function zeros(file: FileHandle, from: number, to: number): Promise<boolean> {
  const STEP = 1 << 16
  for (let start = from; start < to; start += STEP) {
    const bytes = await readAt(file, { start, length: Math.min(STEP, to - start) })
    if (bytes.some(b => b !== 0)) return false
  }
  return true
}

function damaged(path: string, at: number): UsageError {
  const message = `the record at byte ${at} is damaged, so the run cannot be continued from it. Run again without --resume.`
  return new UsageError([{ place: path, message }])
}
