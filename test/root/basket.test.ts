import { test } from 'uvu'
import { equal, match, throws } from 'uvu/assert'
import { basketCompression, basketHeaderBytes, readBasket, readEmbeddedBasket } from '../../lib/root/tree/basket.js'
import { RootBuffer } from '../support/root-buffer.js'
import { keyBytes, writeKey } from '../support/root-key.js'

const VALUES = [1, 2, 3, 4, 5, 6]
const NAMES = { className: 'TBasket', name: 'x', title: 'Events', folderSeek: 100 }

interface Parts {
  readonly className?: string
  /** With the byte of IO bits that a negative fNevBufSize announces. */
  readonly ioBits?: number
  readonly flag?: number
  /** What is said of the values' length, in place of the truth. */
  readonly last?: number
  /** Of the record: values and what stands behind them. */
  readonly payload?: readonly number[]
}

/** The key of a basket of six bytes of values, with the basket's header as its last part. */
function header({ ioBits, flag = 0, last, className }: Parts, payloadBytes: number): Buffer {
  const ownBytes = ioBits === undefined ? 19 : 20
  const length = keyBytes({ ...NAMES, className: className ?? 'TBasket' }, false) + ownBytes
  const own = new RootBuffer()
  own.u16(3)
  own.i32(32000, ioBits === undefined ? 7 : -7)
  if (ioBits !== undefined) own.u8(ioBits)
  own.i32(6, last ?? length + VALUES.length)
  own.u8(flag)
  const key = { ...NAMES, className: className ?? 'TBasket', header: own.written() }
  const out = new RootBuffer()
  writeKey(out, key, false, 500, payloadBytes, payloadBytes)
  return out.written()
}

function record(parts: Parts = {}): Buffer {
  const payload = parts.payload ?? VALUES
  return Buffer.concat([header(parts, payload.length), Buffer.from(payload)])
}

test('a basket gives its values, without the entry offsets behind them', () => {
  equal([...readBasket(record(), 'here')], VALUES)
  equal([...readBasket(record({ payload: [...VALUES, 0, 0, 0, 7, 9, 9, 9, 9] }), 'here')], VALUES)
})

test('a basket whose offsets are to be generated has a byte of IO bits in its header', () => {
  equal([...readBasket(record({ ioBits: 1 }), 'here')], VALUES)
})

test('a basket tells its compression from its first bytes', () => {
  const bytes = record({ payload: [...Buffer.from('ZS'), ...VALUES, 0, 0, 0] })
  const head = bytes.subarray(0, basketHeaderBytes(bytes, 'here') + 2)
  equal(basketCompression(head, bytes.length - 1, 'here'), 'ZS')
  equal(basketCompression(head, bytes.length, 'here'), null)
})

test('damaged headers are errors that say where', () => {
  const shorter = record().subarray(0, -1)
  throws(() => readBasket(shorter, 'x.root > T > b'), /^x.root > T > b: a basket of 68 bytes, 67 in the tree's index/)
  throws(() => readBasket(record({ last: 1000 }), 'here'), /bytes are values/)
  throws(() => readBasket(record({ last: 10 }), 'here'), /a basket of -52 bytes/)
  throws(() => readBasket(record({ className: 'TBaskex' }), 'here'), /a basket was expected here, not "TBaskex"/)
  throws(() => readBasket(Buffer.alloc(5), 'here'), /2 bytes wanted, the object has 5/)
})

/** In the tree: header, [number of offsets, offsets, [number of displacements, displacements]], a second key, values. */
function embedded(flag: number, between: readonly number[], ioBits?: number): Buffer {
  const parts = ioBits === undefined ? { flag } : { flag, ioBits }
  const head = header(parts, 0)
  return Buffer.concat([
    Buffer.from([9, 9]),
    head,
    Buffer.from(between),
    Buffer.alloc(head.length),
    Buffer.from(VALUES),
  ])
}

test('embedded baskets are read with and without offsets and displacements', () => {
  const offsets = [0, 0, 0, 2, 1, 1, 1, 1, 2, 2, 2, 2]
  equal([...readEmbeddedBasket(embedded(12, []), 2, 'here')], VALUES)
  equal([...readEmbeddedBasket(embedded(11, offsets), 2, 'here')], VALUES)
  equal([...readEmbeddedBasket(embedded(51, [...offsets, 0, 0, 0, 1, 3, 3, 3, 3]), 2, 'here')], VALUES)
  equal([...readEmbeddedBasket(embedded(91, [], 1), 2, 'here')], VALUES)
})

test('an embedded basket that passes the end of the tree is an error', () => {
  const bytes = embedded(11, [0x7f, 0xff, 0xff, 0xff])
  let message = ''
  try {
    readEmbeddedBasket(bytes, 2, 'here')
  } catch (error) {
    message = (error as Error).message
  }
  match(message, /^here: \d+ bytes wanted, the object has/)
})

test.run()
