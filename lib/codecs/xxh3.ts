/** XXH3, 64 bits, seed 0 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md): the checksum of RNTuples' envelopes and
 *  pages. Up to 240 bytes in JavaScript; longer inputs by WebAssembly with 128-bit registers. */
import { INPUT_BYTES, loadXxh3Stripes, STRIPE_BYTES, type Xxh3Stripes } from './xxh3-stripes.js'

// biome-ignore format: a table
const SECRET = Buffer.from(
  'b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221' +
  'b8084674f743248ee03590e6813a264c3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8' +
  'a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb' +
  '170ddd51b7f0da49d316552629d4689e2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e',
  'hex',
)
const PRIME32_1 = 0x9e3779b1n
const PRIME32_2 = 0x85ebca77n
const PRIME32_3 = 0xc2b2ae3dn
const PRIME64_1 = 0x9e3779b185ebca87n
const PRIME64_2 = 0xc2b2ae3d27d4eb4fn
const PRIME64_3 = 0x165667b19e3779f9n
const PRIME64_4 = 0x85ebca77c2b2ae63n
const PRIME64_5 = 0x27d4eb2f165667c5n
const MIX_1 = 0x165667919e3779f9n
const MIX_2 = 0x9fb21c651e98df25n
const MASK = 0xffffffffffffffffn
/** What the sums of the eight lanes begin with. */
const LANES = [PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3, PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1]
const SHORT = 240
/** The secret moves on by 8 bytes a stripe; after so many the sums are scrambled. */
const STRIPES_A_BLOCK = (SECRET.length - STRIPE_BYTES) / 8
const BLOCK_BYTES = STRIPES_A_BLOCK * STRIPE_BYTES
/** What is in the module's memory at a time. */
const WINDOW_BYTES = INPUT_BYTES - (INPUT_BYTES % BLOCK_BYTES)
/** Of the last stripe, and of the end, into the secret. */
const LAST_SECRET = SECRET.length - STRIPE_BYTES - 7
const MERGE_SECRET = 11

const SECRET_WORDS = Array.from({ length: SECRET.length - 7 }, (_, at) => SECRET.readBigUInt64LE(at))

let stripes: Xxh3Stripes | undefined

/** The hash of `bytes` as an unsigned 64-bit number. */
export function xxh3(bytes: Uint8Array): bigint {
  const { length } = bytes
  if (length > SHORT) return hashLong(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, length)
  if (length > 16) return hashMiddle(view)
  return hashShort(view)
}

/** Does the hash of `bytes` stand, lowest byte first, at `stored[at]`? */
export function matchesXxh3(bytes: Uint8Array, stored: Uint8Array, at = 0): boolean {
  const view = new DataView(stored.buffer, stored.byteOffset + at, 8)
  return xxh3(bytes) === view.getBigUint64(0, true)
}

function hashShort(view: DataView): bigint {
  const { byteLength: length } = view
  if (length > 8) {
    const low = view.getBigUint64(0, true) ^ SECRET_WORDS[24]! ^ SECRET_WORDS[32]!
    const high = view.getBigUint64(length - 8, true) ^ SECRET_WORDS[40]! ^ SECRET_WORDS[48]!
    return avalanche((BigInt(length) + swapBytes(low) + high + foldedProduct(low, high)) & MASK)
  }
  if (length >= 4) {
    const first = BigInt(view.getUint32(0, true))
    const last = BigInt(view.getUint32(length - 4, true))
    let h = (last + (first << 32n)) ^ SECRET_WORDS[8]! ^ SECRET_WORDS[16]!
    h ^= rotate(h, 49n) ^ rotate(h, 24n)
    h = (h * MIX_2) & MASK
    h ^= (h >> 35n) + BigInt(length)
    h = (h * MIX_2) & MASK
    return h ^ (h >> 28n)
  }
  if (length === 0) return avalanche64(SECRET_WORDS[56]! ^ SECRET_WORDS[64]!)
  const first = view.getUint8(0)
  const middle = view.getUint8(length >> 1)
  const combined = ((first << 16) | (middle << 24) | view.getUint8(length - 1) | (length << 8)) >>> 0
  const flip = (SECRET.readUInt32LE(0) ^ SECRET.readUInt32LE(4)) >>> 0
  return avalanche64(BigInt((combined ^ flip) >>> 0))
}

/** 17 to 240 bytes. */
function hashMiddle(view: DataView): bigint {
  const { byteLength: length } = view
  const mix = (at: number, secret: number) =>
    foldedProduct(
      view.getBigUint64(at, true) ^ SECRET_WORDS[secret]!,
      view.getBigUint64(at + 8, true) ^ SECRET_WORDS[secret + 8]!,
    )
  let sum = BigInt(length) * PRIME64_1
  if (length <= 128) {
    for (let k = (length - 1) >> 5; k >= 0; k--) {
      sum += mix(16 * k, 32 * k) + mix(length - 16 * (k + 1), 32 * k + 16)
    }
    return avalanche(sum & MASK)
  }
  for (let k = 0; k < 8; k++) sum += mix(16 * k, 16 * k)
  sum = avalanche(sum & MASK)
  for (let k = 8; k < length >> 4; k++) sum += mix(16 * k, 16 * (k - 8) + 3)
  sum += mix(length - 16, 119)
  return avalanche(sum & MASK)
}

function hashLong(bytes: Uint8Array): bigint {
  stripes ??= loadXxh3Stripes(SECRET)
  const { length } = bytes
  const sums = stripes.begin(LANES)
  const full = Math.floor((length - 1) / BLOCK_BYTES) * BLOCK_BYTES
  for (let at = 0; at < full; at += WINDOW_BYTES) {
    const end = Math.min(at + WINDOW_BYTES, full)
    stripes.put(bytes.subarray(at, end))
    for (let block = 0; block < end - at; block += BLOCK_BYTES) {
      stripes.accumulate(block, 0, STRIPES_A_BLOCK)
      stripes.scramble(SECRET.length - STRIPE_BYTES)
    }
  }
  // With the stripe at the very end, which may begin before the others do.
  const rest = Math.min(full, length - STRIPE_BYTES)
  stripes.put(bytes.subarray(rest))
  stripes.accumulate(full - rest, 0, Math.floor((length - 1 - full) / STRIPE_BYTES))
  stripes.accumulate(length - STRIPE_BYTES - rest, LAST_SECRET, 1)
  let sum = BigInt(length) * PRIME64_1
  for (let k = 0; k < 4; k++) {
    const secret = MERGE_SECRET + 16 * k
    sum += foldedProduct(sums[2 * k]! ^ SECRET_WORDS[secret]!, sums[2 * k + 1]! ^ SECRET_WORDS[secret + 8]!)
  }
  return avalanche(sum & MASK)
}

/** The upper half of the 128-bit product on the lower one. */
function foldedProduct(a: bigint, b: bigint): bigint {
  const product = a * b
  return (product & MASK) ^ (product >> 64n)
}

function avalanche(h: bigint): bigint {
  h = ((h ^ (h >> 37n)) * MIX_1) & MASK
  return h ^ (h >> 32n)
}

/** That of XXH64. */
function avalanche64(h: bigint): bigint {
  h = ((h ^ (h >> 33n)) * PRIME64_2) & MASK
  h = ((h ^ (h >> 29n)) * PRIME64_3) & MASK
  return h ^ (h >> 32n)
}

function rotate(h: bigint, bits: bigint): bigint {
  return ((h << bits) & MASK) | (h >> (64n - bits))
}

function swapBytes(h: bigint): bigint {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(h)
  return bytes.readBigUInt64BE()
}
