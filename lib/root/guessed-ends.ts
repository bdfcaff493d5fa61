/** What stands at the two ends of a distant file, read in one go before anybody asks for it: ROOT writes the header first, and the tree's
 *  record, the lists of keys and the streamers last. Opening a file then takes one round trip in place of three or four. */
import { BYTES_PER_MS, type ByteSource } from '../bytes/source.js'

/** The header, and in files that uproot wrote the lists of keys as well. */
const HEAD_BYTES = 64 * 1024
/** A tree of 2,700 branches has a record of 0.3 MB compressed and 1.5 MB not, with some 0.1 MB of other things behind it. */
const MOST_TAIL_BYTES = 2 * 1024 * 1024
/** Less than this is hardly ever enough. */
const LEAST_TAIL_BYTES = 128 * 1024

export interface GuessedEnds {
  /** The source itself, but that what is known of its ends is not read again. */
  readonly source: ByteSource
  /** Gives the memory back. */
  forget(): void
}

/** Reads both ends where waiting for them one by one would take longer; otherwise reads nothing. Throws DataError. */
export async function guessEnds(source: ByteSource): Promise<GuessedEnds> {
  const worth = Math.min(MOST_TAIL_BYTES, Math.floor(source.latencyMs * BYTES_PER_MS))
  const size = await source.size()
  if (worth < LEAST_TAIL_BYTES) return { source, forget: () => {} }
  const headBytes = Math.min(HEAD_BYTES, size)
  const tailAt = Math.max(headBytes, size - worth)
  const [head, tail] = await source.readv([
    { position: 0, length: headBytes },
    { position: tailAt, length: size - tailAt },
  ])
  const known = [
    { at: 0, bytes: head! },
    { at: tailAt, bytes: tail! },
  ]
  const lookUp = (position: number, length: number): Uint8Array | null => {
    for (const { at, bytes } of known) {
      if (position >= at && length >= 0 && position + length <= at + bytes.length) {
        return bytes.subarray(position - at, position - at + length)
      }
    }
    return null
  }
  const around: ByteSource = {
    name: source.name,
    counters: source.counters,
    get isSlow() {
      return source.isSlow
    },
    get latencyMs() {
      return source.latencyMs
    },
    size: () => source.size(),
    readAt: async (position, length, signal) =>
      lookUp(position, length) ?? (await source.readAt(position, length, signal)),
    readv: (ranges, allocate, signal) => source.readv(ranges, allocate, signal),
    close: () => source.close(),
  }
  return { source: around, forget: () => known.splice(0) }
}
