import { test } from 'uvu'
import { is } from 'uvu/assert'
import { matchesXxhash64 } from '../../lib/codecs/xxhash64.js'

const ascending = (length: number) => Uint8Array.from({ length }, (_, i) => i)

/** By the reference implementation (Python's xxhash): no whole stripe, exactly one, several, and every kind of tail. */
const KNOWN: [Uint8Array, string][] = [
  [Buffer.from(''), 'ef46db3751d8e999'],
  [Buffer.from('a'), 'd24ec4f1a98c6e5b'],
  [Buffer.from('abc'), '44bc2cf5ad770999'],
  [Buffer.from('abcd'), 'de0327b0d25d92cc'],
  [Buffer.from('tag and probe'), '3bc6eb1620d4082d'],
  [ascending(31), 'c346d2b59b4d8ee1'],
  [ascending(32), 'cbf59c5116ff32b4'],
  [ascending(101), 'e99038495f85381e'],
  [Buffer.from('tag and probe '.repeat(40)), '90b2d1e4f0f0182a'],
]

test('the checksums of the reference implementation match', () => {
  for (const [bytes, checksum] of KNOWN) is(matchesXxhash64(bytes, Buffer.from(checksum, 'hex')), true, checksum)
})

test('one bit more or less in bytes or checksum does not match', () => {
  for (const [bytes, checksum] of KNOWN) {
    for (let k = 0; k < 8; k++) {
      const other = Buffer.from(checksum, 'hex')
      other[k]! ^= 1
      is(matchesXxhash64(bytes, other), false)
    }
    for (let k = 0; k < bytes.length; k++) {
      const other = Uint8Array.from(bytes)
      other[k]! ^= 0x80
      is(matchesXxhash64(other, Buffer.from(checksum, 'hex')), false)
    }
  }
})

test.run()
