import zlib, { deflateRawSync, deflateSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, instance, is, match, ok, throws, unreachable } from 'uvu/assert'
import {
  compressionName,
  decompress,
  frameContentLength,
  loadZstdCompress,
  zstdCompress,
} from '../../lib/codecs/index.js'
import { createNodeZstdDecoder, zstdOfNode } from '../../lib/codecs/node-zstd.js'
import { createWasmZstdDecoder } from '../../lib/codecs/zstd.js'
import { DataError } from '../../lib/core/errors.js'

const text = Buffer.from('tag and probe '.repeat(40))
/** lzma.compress(text, FORMAT_XZ, CHECK_CRC32, preset 0) of Python. */
const xz = Buffer.from(
  'fd377a585a0000016922de36020021010c0000008f98419ce0022f00175d003a184925a79afdf5943556bd999255040aa372017d0000' +
    '0000118f1f9600012fb0040000007dfc0aaa3e300d8b020000000001595a',
  'hex',
)
/** XXH64 of the block, then the block: "abcd", a match of 8 bytes 4 back, and the literals "vwxyz". */
const lz4 = Buffer.from('f69507b13340d235' + '44616263640400' + '50767778797a', 'hex')

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

test('an LZ4 block whose checksum differs is a ValueError', () => {
  const changed = Uint8Array.from(lz4)
  // A literal: the block still decodes.
  changed[changed.length - 1]!++
  const error = failure(() => decompress('L4', changed, 17, 'here'))
  is(error.exception, 'ValueError')
  is(error.message, 'here: damaged LZ4 block: the checksum differs.')
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

/** Node 20 has no libzstd. */
const node = zstdOfNode()

test(`Zstandard of Node's own decodes frame after frame, with checksums and without, whatever came before${node === null ? ' (skipped: this Node has none)' : ''}`, () => {
  if (node === null) return
  const decode = createNodeZstdDecoder(node)
  const large = Buffer.from(Float64Array.from({ length: 50_000 }, (_, k) => Math.sin(k) * k).buffer)
  for (const [holds, checksumFlag] of [text, large, text].flatMap(b => [[b, 0] as const, [b, 1] as const])) {
    const params = { [(zlib.constants as unknown as Record<string, number>).ZSTD_c_checksumFlag!]: checksumFlag }
    const frame = node.zstdCompressSync(holds, { params })
    const whole = () => equal(Buffer.from(decode(frame, holds.length)), holds)
    whole()
    for (const cut of [1, 3, 4, 5, frame.length - 6]) {
      // Older ones give back what they have of a frame, which is less than it announces.
      let got = 0
      try {
        got = decode(frame.subarray(0, frame.length - cut), holds.length).length
      } catch (error) {
        ok(error instanceof Error)
      }
      if (checksumFlag === 0 || cut > 4) is.not(got, holds.length)
      whole()
    }
    throws(() => decode(frame, holds.length - 1))
    whole()
  }
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
