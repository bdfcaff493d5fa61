/** Signatures of requests. */
import { createHash } from 'node:crypto'
import { test } from 'uvu'
import { equal } from 'uvu/assert'
import { createSigner } from '../../../lib/bytes/xrootd/sign.js'

/** 'S', 0, version, options, level, number of exceptions, exceptions. */
const asks = (level: number, options = 0, ...exceptions: number[]) =>
  Buffer.from([0x53, 0, 0, options, level, exceptions.length / 2, ...exceptions])

function head(request: number, body: readonly number[] = [], length = 0): Buffer {
  const bytes = Buffer.alloc(24)
  bytes.writeUInt16BE(0x1234, 0)
  bytes.writeUInt16BE(request, 2)
  Buffer.from(body).copy(bytes, 4)
  bytes.writeInt32BE(length, 20)
  return bytes
}

/** Shows what was sealed, with a mark. */
const seal = (hash: Uint8Array) => Buffer.concat([Buffer.from('sealed'), hash])
const NONE = Buffer.alloc(0)
const hashOf = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

/** Of all requests from 3000 to 3031, those that are signed. */
function signed(security: Uint8Array, body: readonly number[] = []): number[] {
  const signer = createSigner(security, seal)
  const all = Array.from({ length: 32 }, (_, k) => 3000 + k)
  return all.filter(request => signer?.(head(request, body), NONE) != null)
}

test('a signature names the request, its stream and its number, and seals the hash of number, request and payload', () => {
  const sign = createSigner(asks(4), seal)!
  const payload = Buffer.from('/store/x')
  const request = head(3017, [7], payload.length)
  const expected = (sequence: number) => {
    const hash = hashOf(Buffer.of(0, 0, 0, 0, 0, 0, 0, sequence), request, payload)
    return Buffer.concat([
      Buffer.of(0x12, 0x34, 0x0b, 0xd5, 0x0b, 0xc9, 0, 0), // stream, 3029, 3017, version, flags
      Buffer.of(0, 0, 0, 0, 0, 0, 0, sequence),
      Buffer.of(1, 0, 0, 0), // SHA-256
      Buffer.of(0, 0, 0, 38),
      seal(hash),
    ]).toString('hex')
  }
  equal(sign(request, payload)!.toString('hex'), expected(1))
  equal(sign(head(3011), NONE), null)
  equal(sign(request, payload)!.toString('hex'), expected(2), 'numbers go up by the requests that are signed')
})

test('requests without payload say so', () => {
  const sign = createSigner(asks(4), seal)!
  const close = head(3003)
  const signature = sign(close, NONE)!
  equal(signature[7], 1)
  equal(signature.subarray(30), hashOf(Buffer.of(0, 0, 0, 0, 0, 0, 0, 1), close))
})

test('bytes to be written are hashed only where the server wants it', () => {
  const bytes = Buffer.from('content')
  const first = Buffer.of(0, 0, 0, 0, 0, 0, 0, 1)
  for (const request of [3019, 3026]) {
    const write = head(request, [], bytes.length)
    const without = createSigner(asks(4), seal)!(write, bytes)!
    equal([without[7], without.subarray(30)], [1, hashOf(first, write)])
    const withBytes = createSigner(asks(4, 1), seal)!(write, bytes)!
    equal([withBytes[7], withBytes.subarray(30)], [0, hashOf(first, write, bytes)])
  }
})

/** chmod, gpfile, mv, chkpoint, rm, rmdir, fattr, truncate; set, which always changes something here. */
const COMPATIBLE = [3002, 3005, 3009, 3012, 3014, 3015, 3018, 3020, 3028]
const STANDARD = [...COMPATIBLE, 3008, 3010].sort()
const INTENSE = [...STANDARD, 3003, 3019, 3023, 3024, 3026, 3030].sort()
const PEDANTIC = [...INTENSE, 3001, 3004, 3013, 3016, 3017, 3021, 3022, 3025, 3027].sort()

test('each level signs what XProtocol says; a level above the last counts as the last', () => {
  equal(signed(asks(0)), [])
  equal(signed(asks(1)), COMPATIBLE)
  equal(signed(asks(2)), STANDARD)
  equal(signed(asks(3)), INTENSE)
  equal(signed(asks(4)), PEDANTIC)
  equal(signed(asks(200)), PEDANTIC)
})

test('on the lowest level files that are opened to be changed are signed, and questions to plugins on the third', () => {
  const mode = [0, 0]
  for (const options of [0x02, 0x08, 0x20, 0x0200])
    equal(signed(asks(1), [...mode, options >> 8, options & 255]).includes(3010), true)
  equal(signed(asks(1), [...mode, 0x04, 0x10]).includes(3010), false) // read, return the status
  for (const kind of [16, 32, 64]) equal(signed(asks(3), [0, kind]).includes(3001), true)
  for (const kind of [1, 3, 7]) equal(signed(asks(3), [0, kind]).includes(3001), false)
})

test('exceptions of single requests come on top of the level', () => {
  equal(signed(asks(0, 0, 13, 2)), [3013])
  equal(signed(asks(0, 0, 13, 2, 13, 0)), [])
  equal(signed(asks(2, 0, 10, 0, 8, 0, 17, 2)), [...COMPATIBLE, 3017].sort())
  equal(signed(asks(0, 0, 17, 99)), [3017])
  // A signature of a signature there is not.
  equal(signed(asks(0, 0, 29, 2)), [])
})

test('without a key, hashes are sent as they are where the server insists, and nothing otherwise', () => {
  equal(createSigner(asks(4), null), null)
  const request = head(3017)
  const signature = createSigner(asks(4, 2), null)!(request, NONE)!
  equal(signature.subarray(24), hashOf(Buffer.of(0, 0, 0, 0, 0, 0, 0, 1), request))
})

test('what is no list of requirements asks for nothing', () => {
  for (const bytes of ['', '53', '5300000004', '540000000400', '530001000400']) {
    equal(createSigner(Buffer.from(bytes, 'hex'), seal), null)
  }
  // More exceptions are announced than there are.
  equal(signed(Buffer.from([0x53, 0, 0, 0, 0, 200, 13, 2, 14])), [3013])
})

test.run()
