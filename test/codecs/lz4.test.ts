import { test } from 'uvu'
import { equal, ok, throws } from 'uvu/assert'
import { decodeLz4Block } from '../../lib/codecs/lz4.js'

function decode(block: readonly number[], length: number): number[] {
  const output = new Uint8Array(length)
  decodeLz4Block(Uint8Array.from(block), output)
  return [...output]
}

const ABCD = [97, 98, 99, 100]

test('short literals and a match that overlaps itself', () => {
  // "abcd", then 8 bytes from 4 back, then the literal "v".
  equal(decode([0x44, ...ABCD, 4, 0, 0x10, 118], 13), [...ABCD, ...ABCD, ...ABCD, 118])
})

test('long literals and long matches, overlapping and not', () => {
  const literals = Array.from({ length: 300 }, (_, i) => i % 256)
  // 300 = 15 + 255 + 30 literals; a match of 4 + 15 + 255 + 6 = 280 bytes, 300 back; one of 40 bytes, 1 back.
  const block = [0xff, 255, 30, ...literals, 300 & 255, 300 >> 8, 255, 6, 0x0f, 1, 0, 21, 0x10, 99]
  equal(decode(block, 621), [...literals, ...literals.slice(0, 280), ...new Array(40).fill(279 % 256), 99])
})

test('an empty block makes nothing', () => {
  equal(decode([0], 0), [])
  equal(decode([], 0), [])
})

test('a match from before the beginning is an error', () => {
  throws(() => decode([0x40, ...ABCD, 5, 0, 0x10, 97], 9), /an LZ4 block is damaged/)
})

test('a block that makes more or fewer bytes than there is room for is an error', () => {
  throws(() => decode([0x44, ...ABCD, 4, 0, 0x10, 118], 12), /an LZ4 block is damaged/)
  throws(() => decode([0x44, ...ABCD, 4, 0, 0x10, 118], 11), /an LZ4 block is damaged/)
  throws(() => decode([0x44, ...ABCD, 4, 0, 0x10, 118], 14), /an LZ4 block is damaged/)
})

test('a block that is cut anywhere is an error', () => {
  const block = [0x44, ...ABCD, 4, 0, 0x10, 118]
  for (let length = 0; length < block.length; length++) throws(() => decode(block.slice(0, length), 13))
  throws(() => decode([0xf0, 255, 255], 1000), /an LZ4 block is damaged/)
})

test('damaged blocks give an error or fill the room, and end', () => {
  let state = 7
  const random = (below: number) => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8) % below
  let errors = 0
  for (let k = 0; k < 3000; k++) {
    const block = [0x44, ...ABCD, 4, 0, 0x23, 1, 2, 6, 0, 0x0f, 1, 0, 200, 0x10, 118]
    block[random(block.length)] = random(256)
    block[random(block.length)] = 255
    try {
      decode(block, 245)
    } catch {
      errors++
    }
  }
  ok(errors > 1000, `only ${errors} errors`)
})

test.run()
