import { deflateRawSync, deflateSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, instance, is, match, throws, unreachable } from 'uvu/assert'
import {
  compressionName,
  decompress,
  frameContentLength,
  loadZstdCompress,
  zstdCompress,
} from '../../lib/codecs/index.js'
import { createWasmZstdDecoder } from '../../lib/codecs/zstd.js'
import { DataError } from '../../lib/core/errors.js'

const text = Buffer.from('tag and probe '.repeat(40))
/** lzma.compress(text, FORMAT_XZ, CHECK_CRC32, preset 0) of Python. */
const xz = Buffer.from(
  'fd377a585a0000016922de36020021010c0000008f98419ce0022f00175d003a184925a79afdf5943556bd999255040aa372017d0000' +
    '0000118f1f9600012fb0040000007dfc0aaa3e300d8b020000000001595a',
  'hex',
)
/** "abcd" and a match of 8 bytes 4 back, then the literals "vwxyz"; before it ROOT's checksum. */
const lz4 = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0x44, 97, 98, 99, 100, 4, 0, 0x50, 118, 119, 120, 121, 122])

function failure(run: () => unknown): DataError {
  try {
    run()
  } catch (error) {
    instance(error, DataError)
    return error as DataError
  }
  return unreachable('no error was thrown') as never
}

/** The blocks of every compression, with what they hold. */
async function blocks(): Promise<Map<string, { block: Uint8Array; holds: Buffer }>> {
  await loadZstdCompress()
  return new Map([
    ['ZL', { block: deflateSync(text), holds: text }],
    ['CS', { block: deflateRawSync(text), holds: text }],
    ['XZ', { block: xz, holds: text }],
    ['ZS', { block: zstdCompress(text, 3), holds: text }],
    ['L4', { block: lz4, holds: Buffer.from('abcdabcdabcdvwxyz') }],
  ])
}

test('each compression gives back what was compressed, again and again', async () => {
  for (const [tag, { block, holds }] of await blocks()) {
    for (let k = 0; k < 3; k++) equal(Buffer.from(decompress(tag, block, holds.length, 'here')), holds, tag)
  }
})

test('a cut block is a ValueError that says where it is', async () => {
  for (const [tag, { block, holds }] of await blocks()) {
    const error = failure(() => decompress(tag, block.subarray(0, block.length - 3), holds.length, 'x.root > Events'))
    is(error.exception, 'ValueError', tag)
    match(error.message, new RegExp(`^x.root > Events: .*${compressionName(tag)?.replace(/[()]/g, '\\$&')} block`), tag)
  }
})

test('a block that holds more or fewer bytes than its header says is a ValueError', async () => {
  for (const [tag, { block, holds }] of await blocks()) {
    for (const length of [holds.length - 1, holds.length + 1, 0]) {
      is(failure(() => decompress(tag, block, length, 'here')).exception, 'ValueError', `${tag} ${length}`)
    }
    equal(Buffer.from(decompress(tag, block, holds.length, 'here')), holds, `${tag} after errors`)
  }
})

test('damaged blocks give an error or the announced number of bytes, and later blocks are unharmed', async () => {
  let state = 7
  const random = (below: number) => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 8) % below
  for (const [tag, { block, holds }] of await blocks()) {
    let errors = 0
    for (let k = 0; k < 400; k++) {
      const damaged = Uint8Array.from(block)
      damaged[random(damaged.length)] = random(256)
      damaged[random(damaged.length)] = 255
      try {
        is(decompress(tag, damaged, holds.length, 'here').length, holds.length, tag)
      } catch (error) {
        instance(error, DataError)
        errors++
      }
    }
    is(errors > 100, true, `${tag}: only ${errors} errors`)
    equal(Buffer.from(decompress(tag, block, holds.length, 'here')), holds, tag)
  }
})

test('empty input is an error of every compression', async () => {
  for (const tag of (await blocks()).keys()) {
    is(failure(() => decompress(tag, new Uint8Array(0), 10, 'here')).exception, 'ValueError', tag)
  }
})

test('an unknown compression is named, with the known ones', () => {
  const error = failure(() => decompress('Q?', text, 10, 'x.root'))
  is(error.exception, 'ValueError')
  is(error.message, 'x.root: unknown compression "Q?" (known: ZL, CS, XZ, ZS, L4).')
  is(compressionName('Q?'), undefined)
})

test('LZ4: long literals and long matches, overlapping and not', () => {
  const literals = Buffer.from(Array.from({ length: 300 }, (_, i) => i % 256))
  // 300 = 15 + 255 + 30 literals; a match of 4 + 15 + 255 + 6 = 280 bytes, 300 back; one of 40 bytes, 1 back.
  const block = Buffer.from([
    ...new Array(8).fill(0),
    ...[0xff, 255, 30, ...literals, 300 & 255, 300 >> 8, 255, 6],
    ...[0x0f, 1, 0, 21],
    ...[0x10, 99],
  ])
  const wanted = Buffer.concat([literals, literals.subarray(0, 280), Buffer.alloc(40, 279 % 256), Buffer.from([99])])
  equal(Buffer.from(decompress('L4', block, 621, 'here')), wanted)
})

test('LZ4: a match from before the beginning, and one of distance 0, are errors', () => {
  for (const distance of [0, 5]) {
    const block = Buffer.from([...new Array(8).fill(0), 0x40, 97, 98, 99, 100, distance, 0, 0x10, 97])
    match(failure(() => decompress('L4', block, 9, 'here')).message, /an LZ4 match is out of range/)
  }
})

test('Zstandard in wasm decodes large blocks, grows its memory for them, and refuses too small room', async () => {
  await loadZstdCompress()
  const decode = createWasmZstdDecoder()
  const large = Buffer.alloc(5_000_000, 'tag and probe')
  const frame = zstdCompress(large, 1)
  equal(Buffer.from(decode(frame, large.length)).equals(large), true)
  equal(Buffer.from(decode(zstdCompress(text, 19), text.length)), text)
  throws(() => decode(frame, 1000), /Zstandard error/)
  is(decode(frame, large.length).length, large.length)
})

test('a Zstandard frame says how much it holds', async () => {
  await loadZstdCompress()
  for (const length of [0, 1, 255, 256, 70_000]) is(frameContentLength(zstdCompress(Buffer.alloc(length), 1)), length)
  is(frameContentLength(text), null)
  is(frameContentLength(new Uint8Array(0)), null)
})

test('a higher level of Zstandard makes fewer bytes', async () => {
  await loadZstdCompress()
  const words = Buffer.from(
    Array.from({ length: 5000 }, (_, i) => `${(i * i) % 97} tag ${(i * 31) % 113} probe `).join(''),
  )
  is(zstdCompress(words, 19).length < zstdCompress(words, 1).length, true)
})

test.run()
