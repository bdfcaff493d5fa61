/** XXH64 (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md), seed 0: the checksum of ROOT's LZ4 blocks.
 *  64-bit numbers are pairs of 32-bit halves, since BigInt would be thirty times as slow. */

/** Bytes that are mixed at a time, in four lanes of 8. */
const STRIPE_BYTES = 32
const LANE_BYTES = 8

/** The five primes, as upper and lower half. */
const P1H = 0x9e3779b1
const P1L = 0x85ebca87
const P2H = 0xc2b2ae3d
const P2L = 0x27d4eb4f
const P3H = 0x165667b1
const P3L = 0x9e3779f9
const P4H = 0x85ebca77
const P4L = 0xc2b2ae63
const P5H = 0x27d4eb2f
const P5L = 0x165667c5

/** The running 64-bit number: every operation below changes it, which keeps pairs out of the heap. */
let high = 0
let low = 0

function set(h: number, l: number): void {
  high = h | 0
  low = l | 0
}

function add(h: number, l: number): void {
  const sum = (low >>> 0) + (l >>> 0)
  high = (high + h + (sum > 0xffffffff ? 1 : 0)) | 0
  low = sum | 0
}

function xor(h: number, l: number): void {
  high ^= h
  low ^= l
}

/** Modulo 2^64; the lower halves are multiplied in parts of 16 bits, whose products are exact. */
function multiply(h: number, l: number): void {
  const a0 = low & 0xffff
  const a1 = low >>> 16
  const b0 = l & 0xffff
  const b1 = l >>> 16
  const p00 = Math.imul(a0, b0)
  const p01 = Math.imul(a0, b1)
  const p10 = Math.imul(a1, b0)
  const middle = (p00 >>> 16) + (p01 & 0xffff) + (p10 & 0xffff)
  const upper = Math.imul(a1, b1) + (p01 >>> 16) + (p10 >>> 16) + (middle >>> 16)
  high = (upper + Math.imul(low, h) + Math.imul(high, l)) | 0
  low = (p00 & 0xffff) | (middle << 16)
}

function rotate(bits: number): void {
  const h = high
  high = (h << bits) | (low >>> (32 - bits))
  low = (low << bits) | (h >>> (32 - bits))
}

/** Mixes 8 bytes of input, given as halves, into the number. */
function round(h: number, l: number): void {
  const accH = high
  const accL = low
  set(h, l)
  multiply(P2H, P2L)
  add(accH, accL)
  rotate(31)
  multiply(P1H, P1L)
}

/** Whether the XXH64 of `bytes` is what stands, big-endian, in the 8 bytes of `checksum`. */
export function matchesXxhash64(bytes: Uint8Array, checksum: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wanted = new DataView(checksum.buffer, checksum.byteOffset, checksum.byteLength)
  const tail = mixStripes(view)
  add(0, bytes.length)
  mixTail(view, tail)
  avalanche()
  return high === wanted.getInt32(0) && low === wanted.getInt32(4)
}

/** Leaves the hash of all whole stripes in the running number; gives the position behind them. */
function mixStripes(view: DataView): number {
  set(P5H, P5L)
  if (view.byteLength < STRIPE_BYTES) return 0
  set(P1H, P1L)
  add(P2H, P2L)
  const highs = Int32Array.of(high, P2H, 0, 0)
  const lows = Int32Array.of(low, P2L, 0, 0)
  // 0 - P1: its complement and one.
  set(~P1H, ~P1L)
  add(0, 1)
  highs[3] = high
  lows[3] = low
  let at = 0
  for (; at + STRIPE_BYTES <= view.byteLength; at += STRIPE_BYTES) {
    for (let lane = 0; lane < 4; lane++) {
      const from = at + lane * LANE_BYTES
      set(highs[lane]!, lows[lane]!)
      round(view.getInt32(from + 4, true), view.getInt32(from, true))
      highs[lane] = high
      lows[lane] = low
    }
  }
  mergeLanes(highs, lows)
  return at
}

const LANE_ROTATIONS = [1, 7, 12, 18]

function mergeLanes(highs: Int32Array, lows: Int32Array): void {
  let sumH = 0
  let sumL = 0
  for (let lane = 0; lane < 4; lane++) {
    set(highs[lane]!, lows[lane]!)
    rotate(LANE_ROTATIONS[lane]!)
    add(sumH, sumL)
    sumH = high
    sumL = low
  }
  for (let lane = 0; lane < 4; lane++) {
    set(0, 0)
    round(highs[lane]!, lows[lane]!)
    xor(sumH, sumL)
    multiply(P1H, P1L)
    add(P4H, P4L)
    sumH = high
    sumL = low
  }
}

/** The bytes behind the last whole stripe: by eights, at most one four, and singly. */
function mixTail(view: DataView, from: number): void {
  let at = from
  for (; at + 8 <= view.byteLength; at += 8) {
    const h = high
    const l = low
    set(0, 0)
    round(view.getInt32(at + 4, true), view.getInt32(at, true))
    xor(h, l)
    rotate(27)
    multiply(P1H, P1L)
    add(P4H, P4L)
  }
  if (at + 4 <= view.byteLength) {
    mixSmall(view.getInt32(at, true), P1H, P1L)
    rotate(23)
    multiply(P2H, P2L)
    add(P3H, P3L)
    at += 4
  }
  for (; at < view.byteLength; at++) {
    mixSmall(view.getUint8(at), P5H, P5L)
    rotate(11)
    multiply(P1H, P1L)
  }
}

function mixSmall(value: number, primeH: number, primeL: number): void {
  const h = high
  const l = low
  set(0, value)
  multiply(primeH, primeL)
  xor(h, l)
}

function avalanche(): void {
  xor(0, high >>> 1) // 33 bits to the right
  multiply(P2H, P2L)
  xor(high >>> 29, (low >>> 29) | (high << 3))
  multiply(P3H, P3L)
  xor(0, high)
}
