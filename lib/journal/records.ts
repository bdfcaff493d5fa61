/** Records of an append-only file, each with its length and checksums, so that what a killed run or a power cut left half
 *  written is told from damage:
 *
 *    "TNPR" | payload's length, u32 | SHA-256 of the payload, 8 bytes | SHA-256 of the 16 bytes before, 4 bytes | payload
 *
 *  Numbers are little-endian. */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { UsageError } from '../core/errors.js'

const MAGIC = Buffer.from('TNPR')
const CHECKED_BYTES = 16
export const HEADER_BYTES = 20

/** Where a record's payload stands in its file, in bytes. */
export interface Place {
  readonly start: number
  readonly length: number
}

export function recordHeader(payload: Uint8Array): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  MAGIC.copy(header)
  header.writeUInt32LE(payload.length, 4)
  digest(payload, 8).copy(header, 8)
  digest(header.subarray(0, CHECKED_BYTES), 4).copy(header, CHECKED_BYTES)
  return header
}

/** Where the whole records are, and how long the file is up to the end of the last of them: what is behind was cut short.
 *  Throws UsageError, with the place, where a record is damaged in any other way. Holds one record at a time. */
export async function scanRecords(
  path: string,
  see: (payload: Buffer, index: number) => void = () => {},
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
      if (!digest(payload, 8).equals(header.subarray(8, CHECKED_BYTES))) {
        // After a power cut the last record's length may be on the disk without its content.
        if (next === size || (await zeros(file, next, size))) break
        throw damaged(path, end)
      }
      see(payload, places.length)
      places.push(place)
      end = next
    }
    return { places, end, size }
  } finally {
    await file.close()
  }
}

/** The bytes at a place. Throws UsageError where the file ends before. */
export async function readAt(file: FileHandle, { start, length }: Place): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length)
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, start + done)
    if (bytesRead === 0) throw new UsageError([{ place: 'journal', message: 'became shorter while it was read.' }])
    done += bytesRead
  }
  return bytes
}

function goodHeader(header: Buffer): boolean {
  const check = digest(header.subarray(0, CHECKED_BYTES), 4)
  return header.subarray(0, 4).equals(MAGIC) && check.equals(header.subarray(CHECKED_BYTES))
}

async function zeros(file: FileHandle, from: number, to: number): Promise<boolean> {
  const STEP = 1 << 16
  for (let start = from; start < to; start += STEP) {
    const bytes = await readAt(file, { start, length: Math.min(STEP, to - start) })
    if (bytes.some(b => b !== 0)) return false
  }
  return true
}

function digest(bytes: Uint8Array, length: number): Buffer {
  return createHash('sha256').update(bytes).digest().subarray(0, length)
}

function damaged(path: string, at: number): UsageError {
  const message = `the record at byte ${at} is damaged, so the run cannot be continued from it. Run again without --resume.`
  return new UsageError([{ place: path, message }])
}
