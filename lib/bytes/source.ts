/** What the readers of files stand on: bytes at positions, wherever the file is. A remote file is one more implementation of
 *  ByteSource; nothing above this folder knows where bytes come from. */

/** `length` bytes from `position` on, counted from the start of the file. */
export interface Range {
  readonly position: number
  readonly length: number
}

/** What a source has cost so far. `requests` counts reads of the file (after coalescing), `bytes` what they ask for. Both are
 *  counted when a read is called, before it has waited for anything. */
export interface Counters {
  readonly requests: number
  readonly bytes: number
}

/** A link brings about so much while one waits a millisecond for it: what asking once more is worth in bytes. */
export const BYTES_PER_MS = 50_000

/** Gives room for `length` bytes; the caller of `readv` owns it. */
export type Allocate = (length: number) => Uint8Array

/** Random access to one file. Duties of every implementation:
 *  - a range that is not wholly inside the file is a DataError 'OSError' that names the file, thrown before anything of its
 *    length is allocated: lengths come from files and may be nonsense;
 *  - calls may overlap, in any order; none of them sees another's state;
 *  - after `close` every call fails with a DataError 'OSError'; closing twice is allowed. */
export interface ByteSource {
  /** The path or URL as the user gave it: error messages and reports begin with it. */
  readonly name: string
  readonly counters: Counters
  /** The last reads have waited for a disk or a network: asking ahead for the next ones is worth while. */
  readonly isSlow: boolean
  /** Milliseconds from asking to the first byte, as last measured; 0 for local files. Within it, a server's disk and link are worth
   *  about `latencyMs` * 50 kB of further bytes. */
  readonly latencyMs: number
  /** Changes when the file at the server does; left out where the server tells nothing of the kind. */
  readonly identity?: string | undefined
  /** In bytes. */
  size(): Promise<number>
  readAt(position: number, length: number, signal?: AbortSignal): Promise<Uint8Array>
  /** One array a range, in the order of `ranges`. Near ranges are read together, and the arrays of one call may share
   *  memory. `allocate` is called at most once, with room for everything; without it the memory is fresh. */
  readv(ranges: readonly Range[], allocate?: Allocate, signal?: AbortSignal): Promise<Uint8Array[]>
  close(): Promise<void>
}
