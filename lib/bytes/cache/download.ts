/** A whole file from its server to the disk. */
import { type FileHandle, open } from 'node:fs/promises'
import type { ByteSource } from '../source.js'

const PIECE_BYTES = 8 * 1024 * 1024
/** Enough for 30 MB per round trip, and little memory for each of many workers. */
const IN_FLIGHT = 4

/** path: an empty file. Returns when everything is on the disk: after a loss of power, a file that is renamed but not written would
 *  have its length, and zeros in it. Throws DataError where the source fails, and what node:fs throws. */
export async function download(source: ByteSource, path: string, pieceBytes = PIECE_BYTES): Promise<void> {
  const size = await source.size()
  const file = await open(path, 'r+')
  let next = 0
  let hasFailed = false
  const lane = async () => {
    const room = Buffer.allocUnsafeSlow(Math.min(pieceBytes, size))
    while (next < size && !hasFailed) {
      const position = next
      const length = Math.min(pieceBytes, size - position)
      next += length
      const [bytes] = await source.readv([{ position, length }], wanted => room.subarray(0, wanted))
      await writeAll(file, bytes!, position)
    }
  }
  try {
    const lanes = Array.from({ length: IN_FLIGHT }, () =>
      lane().catch(error => {
        hasFailed = true
        throw error
      }),
    )
    // All of them: the file must not be closed under a write.
    for (const ended of await Promise.allSettled(lanes)) if (ended.status === 'rejected') throw ended.reason
    await file.datasync()
  } finally {
    await file.close()
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}
