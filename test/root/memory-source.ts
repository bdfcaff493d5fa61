/** A ROOT file in memory as a byte source, for tests, with the record of what was read. */
import type { ByteSource, Range } from '../../lib/bytes/source.js'
import { DataError } from '../../lib/core/errors.js'

/** `reads`: every range that was asked for, in order. */
export interface MemorySource extends ByteSource {
  readonly reads: Range[]
  readonly closed: boolean
}

export function memorySource(bytes: Uint8Array, name = 'memory.root'): MemorySource {
  const reads: Range[] = []
  let closed = false
  const take = ({ position, length }: Range): Uint8Array => {
    if (!(position >= 0 && length >= 0 && position + length <= bytes.length)) {
      throw new DataError('OSError', `${name}: wanted ${length} bytes at ${position}, the file has ${bytes.length}.`)
    }
    reads.push({ position, length })
    return bytes.subarray(position, position + length)
  }
  return {
    name,
    reads,
    counters: { requests: 0, bytes: 0 },
    isSlow: false,
    latencyMs: 0,
    get closed() {
      return closed
    },
    size: async () => bytes.length,
    readAt: async (position, length) => take({ position, length }),
    // As a remote source would: the bytes come later, in memory that the reader gets back for the next read.
    async readv(ranges, allocate) {
      const total = ranges.reduce((sum, range) => sum + range.length, 0)
      const room = total > 0 && allocate !== undefined ? allocate(total) : new Uint8Array(total)
      await new Promise(resolve => setImmediate(resolve))
      let at = 0
      return ranges.map(range => {
        room.set(take(range), at)
        at += range.length
        return room.subarray(at - range.length, at)
      })
    },
    async close() {
      closed = true
    },
  }
}

/** The DataError that `run` throws. */
export async function dataError(run: () => Promise<unknown>): Promise<DataError> {
  try {
    await run()
  } catch (error) {
    if (error instanceof DataError) return error
    throw error
  }
  throw new Error('no error was thrown')
}
