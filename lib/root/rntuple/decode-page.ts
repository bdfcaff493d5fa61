/** From the bytes of an expanded page to values. Loops over typed arrays; every encoding begins anew in each page. */
import { joinPlanes } from '../../codecs/index.js'
import type { Values } from '../../core/types.js'
import type { Encoding } from './column-types.js'
import type { StoredColumn } from './member.js'

/** In place of an end that 32 bits cannot hold: no page has so many elements, so that it is refused. */
const TOO_MANY = 0xffffffff

type Decoder = (bytes: Uint8Array, column: StoredColumn, to: Values) => unknown

const DECODERS: Readonly<Record<Encoding, Decoder>> = {
  plain: (bytes, _, to) => bytesOf(to).set(bytes.subarray(0, to.byteLength)),
  split: (bytes, _, to) => joinSplit(bytes, to),
  zigzag: (bytes, _, to) => {
    if (to.BYTES_PER_ELEMENT === 4) return joinPlanes(bytes, new Int32Array(to.buffer, to.byteOffset, to.length), true)
    joinSplit(bytes, to)
    undoZigzag(to)
  },
  delta: (bytes, _, to) => {
    joinSplit(bytes, to)
    addUp(to)
  },
  wide: (bytes, _, to) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let i = 0; i < to.length; i++)
      to[i] = view.getUint32(8 * i + 4, true) === 0 ? view.getUint32(8 * i, true) : TOO_MANY
  },
  wideDelta: (bytes, _, to) => {
    const { buffer, byteOffset, length } = to
    const high = new Int32Array(length)
    joinPlanes(bytes.subarray(4 * length), high, false)
    joinPlanes(bytes, new Int32Array(buffer, byteOffset, length), false)
    addUp(to)
    for (let i = 0; i < length; i++) if (high[i] !== 0) return to.fill(TOO_MANY as never, i)
  },
  bits: (bytes, _, to) => unpackBits(bytes, to),
  half: (bytes, _, to) => widenHalves(bytes, 2, 1, to),
  splitHalf: (bytes, _, to) => widenHalves(bytes, 1, to.length, to),
  truncated: (bytes, { bits }, to) => widenTruncated(bytes, bits, to),
  quantised: (bytes, { bits, record }, to) => scaleQuantised(bytes, bits, record.min, record.max, to),
}

/** Puts the page's elements into `to`, which is of the column's own type and has one place for each. bytes: the expanded page. */
export function decodePage(bytes: Uint8Array, column: StoredColumn, to: Values): void {
  DECODERS[column.type.encoding](bytes, column, to)
}

function bytesOf({ buffer, byteOffset, byteLength }: Values): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** All first bytes, then all second ones, ...: back to number after number. */
function joinSplit(bytes: Uint8Array, to: Values): void {
  const { buffer, byteOffset, length: n } = to
  if (to.BYTES_PER_ELEMENT === 2) {
    const out = new Uint16Array(buffer, byteOffset, n)
    for (let i = 0; i < n; i++) out[i] = bytes[i]! | (bytes[n + i]! << 8)
  } else if (to.BYTES_PER_ELEMENT === 4) {
    joinPlanes(bytes, new Int32Array(buffer, byteOffset, n), false)
  } else {
    const out = new Int32Array(buffer, byteOffset, 2 * n)
    const [low, high] = [new Int32Array(n), new Int32Array(n)]
    joinPlanes(bytes, low, false)
    joinPlanes(bytes.subarray(4 * n), high, false)
    for (let i = 0; i < n; i++) {
      out[2 * i] = low[i]!
      out[2 * i + 1] = high[i]!
    }
  }
}

/** 0, 1, 2, 3, ... stand for 0, -1, 1, -2, ...; numbers of two or eight bytes. */
function undoZigzag(to: Values): void {
  const { buffer, byteOffset, length: n } = to
  if (to.BYTES_PER_ELEMENT === 2) {
    const out = new Uint16Array(buffer, byteOffset, n)
    for (let i = 0; i < n; i++) out[i] = (out[i]! >>> 1) ^ -(out[i]! & 1)
  } else {
    const out = new Int32Array(buffer, byteOffset, 2 * n)
    for (let i = 0; i < 2 * n; i += 2) {
      const [low, high] = [out[i]!, out[i + 1]!]
      const sign = -(low & 1)
      out[i] = ((low >>> 1) | (high << 31)) ^ sign
      out[i + 1] = (high >>> 1) ^ sign
    }
  }
}

function addUp({ buffer, byteOffset, length }: Values): void {
  const out = new Uint32Array(buffer, byteOffset, length)
  let sum = 0
  for (let i = 0; i < length; i++) out[i] = sum = (sum + out[i]!) >>> 0
}

function unpackBits(bytes: Uint8Array, to: Values): void {
  const out = to as Uint8Array
  const n = out.length
  for (let i = 0; i < n; i++) out[i] = (bytes[i >> 3]! >> (i & 7)) & 1
}

/** Half precision: the low byte of number i at i * step, the high one `apart` bytes behind it. */
function widenHalves(bytes: Uint8Array, step: number, apart: number, to: Values): void {
  const out = new Uint32Array(to.buffer, to.byteOffset, to.length)
  const floats = to as Float32Array
  for (let i = 0; i < out.length; i++) {
    const half = bytes[i * step]! | (bytes[i * step + apart]! << 8)
    const sign = (half & 0x8000) << 16
    const exponent = (half >> 10) & 0x1f
    const fraction = half & 0x3ff
    if (exponent === 0) floats[i] = (sign === 0 ? 1 : -1) * fraction * 2 ** -24
    else out[i] = sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13)
  }
}

/** Numbers of `bits` bits each without gaps, lowest bit first. */
function unpack(bytes: Uint8Array, bits: number, out: Uint32Array): void {
  const mask = bits === 32 ? 0xffffffff : 2 ** bits - 1
  for (let i = 0; i < out.length; i++) {
    const at = i * bits
    const byte = Math.floor(at / 8)
    const shift = at % 8
    const low = (bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16)
    const word = (low | ((bytes[byte + 3] ?? 0) << 24)) >>> shift
    out[i] = (shift + bits > 32 ? word | ((bytes[byte + 4] ?? 0) << (32 - shift)) : word) & mask
  }
}

/** The lower bits of the fraction were left out. */
function widenTruncated(bytes: Uint8Array, bits: number, to: Values): void {
  const out = new Uint32Array(to.buffer, to.byteOffset, to.length)
  unpack(bytes, bits, out)
  for (let i = 0; i < out.length; i++) out[i]! <<= 32 - bits
}

/** 0 stands for min, the largest number of so many bits for max. */
function scaleQuantised(bytes: Uint8Array, bits: number, min: number, max: number, to: Values): void {
  const out = to as Float32Array
  const numbers = new Uint32Array(out.length)
  unpack(bytes, bits, numbers)
  const most = 2 ** bits - 1
  for (let i = 0; i < out.length; i++) out[i] = min + (numbers[i]! * (max - min)) / most
}
