/** TBasket: the values of one branch for a run of entries. In the file it is a record whose key is followed by the basket's
 *  own header; a basket that was never flushed is embedded in the tree's record. */
import { Cursor } from '../cursor.js'
import { readKeyHead } from '../key.js'
import { compressionTag, expandRecord } from '../record.js'

/** Values of an embedded basket's flag (TBasket::Streamer): added where entry offsets are to be generated, and from where on
 *  an array of displacements follows the offsets. */
const GENERATE_OFFSETS = 80
const DISPLACED = 40
/** Where a key says how long its header is. */
const HEADER_LENGTH_AT = 14

interface Header {
  readonly totalBytes: number
  readonly headerBytes: number
  readonly objectBytes: number
  readonly valueBytes: number
  readonly flag: number
}

/** The values of the basket in `record`: big-endian, entry after entry, without holes. They may be a view of `record` or be
 *  overwritten by the next basket. The entry offsets that jagged baskets mostly store behind their values are not looked at:
 *  the counter branch says the same, and is always there. */
export function readBasket(record: Uint8Array, place: string): Uint8Array {
  const cursor = new Cursor(record, 0, place)
  const { totalBytes, headerBytes, objectBytes, valueBytes } = readHeader(cursor)
  if (totalBytes !== record.length) cursor.fail(`a basket of ${totalBytes} bytes, ${record.length} in the tree's index`)
  if (valueBytes > objectBytes) cursor.fail(`${valueBytes} of ${objectBytes} bytes are values`)
  return expandRecord(record, headerBytes, record.length, objectBytes, place).subarray(0, valueBytes)
}

/** The same for a basket inside the tree's record, where it begins at `position`; those are never compressed. */
export function readEmbeddedBasket(treeRecord: Buffer, position: number, place: string): Uint8Array {
  const cursor = new Cursor(treeRecord, position, place)
  const { headerBytes, valueBytes, flag } = readHeader(cursor)
  const shape = flag >= GENERATE_OFFSETS ? 0 : flag
  if (shape !== 0 && shape % 10 !== 2) {
    cursor.skip(4 * cursor.u32()) // entry offsets
    if (shape > DISPLACED) cursor.skip(4 * cursor.u32())
  }
  cursor.skip(headerBytes) // a second copy of the key
  const valuesAt = cursor.skip(valueBytes)
  return treeRecord.subarray(valuesAt, cursor.position)
}

/** Length of a basket's header, from the first 16 bytes of its record. */
export function basketHeaderBytes(record: Uint8Array, place: string): number {
  const cursor = new Cursor(record, HEADER_LENGTH_AT, place)
  return cursor.u16()
}

/** How the record is compressed ("ZS", ...), or null for not at all. Reads no further than the first block's tag. */
export function basketCompression(record: Uint8Array, totalBytes: number, place: string): string | null {
  const { headerBytes, objectBytes } = readHeader(new Cursor(record, 0, place))
  return compressionTag(record, headerBytes, totalBytes, objectBytes)
}

/** The key and, as its last part, fVersion, fBufferSize, fNevBufSize, fNevBuf, fLast and the flag. */
function readHeader(cursor: Cursor): Header {
  const start = cursor.position
  const key = readKeyHead(cursor)
  if (key.className !== 'TBasket') cursor.fail(`a basket was expected here, not ${JSON.stringify(key.className)}`)
  cursor.skipString() // name: the branch's
  cursor.skipString() // title: the tree's name
  cursor.skip(2 + 4) // fVersion, fBufferSize
  const entrySize = cursor.i32()
  if (entrySize < 0) cursor.skip(1) // fIOBits
  cursor.skip(4) // fNevBuf
  const last = cursor.i32()
  const flag = cursor.u8()
  const valueBytes = last - key.headerBytes
  if (valueBytes < 0) cursor.fail(`a basket of ${valueBytes} bytes`)
  if (cursor.position - start > key.headerBytes) cursor.fail('the header passes its own end')
  const { totalBytes, headerBytes, objectBytes } = key
  return { totalBytes, headerBytes, objectBytes, valueBytes, flag }
}
