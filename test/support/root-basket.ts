/** TBasket (version 3): the values of one branch for a run of entries, on its own or inside the tree's record. Part of the
 *  test-only writer. */
import { bigEndian, RootBuffer } from './root-buffer.js'
import { keyBytes } from './root-key.js'
import type { BranchSpec } from './root-writer.js'

/** A basket: its bytes, and where it went; seek 0: into the tree's record. */
export interface StoredBasket {
  readonly start: number
  readonly entries: number
  readonly values: Buffer
  readonly offsets: Buffer
  /** Version to fLast, and the flag of a basket on its own. */
  readonly header: Buffer
  readonly keyBytes: number
  readonly seek: number
  readonly bytes: number
}

const HEADER_BYTES = 19
const BUFFER_FOLLOWS = 11
const BUFFER_FOLLOWS_WITHOUT_OFFSETS = 12

/** Entries [start, stop) of the branch. Jagged ones get the entry offsets that ROOT, too, stores behind the values. */
export function makeBasket(
  branch: BranchSpec,
  start: number,
  stop: number,
  treeName: string,
  big: boolean,
): Omit<StoredBasket, 'seek' | 'bytes'> {
  const width = branch.width ?? 1
  const size = branch.values.BYTES_PER_ELEMENT
  const begins = (entry: number) => (branch.offsets?.[entry] ?? entry) * width
  const plain = bigEndian(branch.values.subarray(begins(start), begins(stop)))
  const values = branch.vector === undefined ? plain : withHeaders(plain, branch.offsets!, start, stop, size)
  const length = keyBytes({ className: 'TBasket', name: branch.name, title: treeName }, big) + HEADER_BYTES
  const offsets = new RootBuffer()
  if (branch.offsets !== undefined) {
    offsets.i32(stop - start + 1)
    const header = branch.vector === undefined ? 0 : VECTOR_HEADER
    for (let entry = start; entry < stop; entry++) {
      offsets.i32(length + (begins(entry) - begins(start)) * size + (entry - start) * header)
    }
    offsets.i32(0)
  }
  const header = new RootBuffer()
  header.u16(3)
  header.i32(
    32000,
    branch.offsets === undefined ? width * size : stop - start + 1,
    stop - start,
    length + values.length,
  )
  header.u8(0)
  return {
    start,
    entries: stop - start,
    values,
    offsets: offsets.written(),
    header: header.written(),
    keyBytes: length,
  }
}

const VECTOR_HEADER = 10

/** Byte count, version and count before the values of each entry. */
function withHeaders(values: Buffer, offsets: Int32Array, start: number, stop: number, size: number): Buffer {
  const parts: Buffer[] = []
  for (let entry = start; entry < stop; entry++) {
    const [from, to] = [offsets[entry]! - offsets[start]!, offsets[entry + 1]! - offsets[start]!]
    const head = new RootBuffer()
    head.u32(0x40000000 + VECTOR_HEADER - 4 + (to - from) * size)
    head.u16(9)
    head.i32(to - from)
    parts.push(Buffer.from(head.written()), values.subarray(from * size, to * size))
  }
  return Buffer.concat(parts)
}

/** The basket as ROOT streams it into the tree's record: key, header, offsets, room for the key again, values. */
export function writeEmbedded(out: RootBuffer, branch: string, treeName: string, basket: StoredBasket): void {
  const key = new RootBuffer()
  key.i32(0) // bytes on disk: none, which tells uproot that it is embedded
  key.u16(4)
  key.i32(basket.values.length, 0)
  key.u16(basket.keyBytes)
  key.u16(0)
  key.i32(0, 0)
  for (const text of ['TBasket', branch, treeName]) key.string(text)
  const hasOffsets = basket.offsets.length > 0
  out.raw(key.written())
  out.raw(basket.header.subarray(0, -1))
  out.u8(hasOffsets ? BUFFER_FOLLOWS : BUFFER_FOLLOWS_WITHOUT_OFFSETS)
  if (hasOffsets) {
    out.i32(basket.entries)
    out.raw(basket.offsets.subarray(4, 4 + 4 * basket.entries))
  }
  out.raw(Buffer.alloc(basket.keyBytes)) // where the key would stand in the file; readers skip it
  out.raw(basket.values)
}
