/** A register of 64 bits for hashing and random numbers; BigInt would allocate with every operation. */

export class Uint64 {
  /** The two words as signed 32-bit integers, which V8 keeps without allocating. */
  high: number
  low: number

  constructor(high = 0, low = 0) {
    this.high = high | 0
    this.low = low | 0
  }

  /** Words of either sign. */
  set(high: number, low: number): this {
    this.high = high | 0
    this.low = low | 0
    return this
  }

  copy(other: Uint64): this {
    return this.set(other.high, other.low)
  }

  add(other: Uint64): this {
    const carry = (this.low >>> 0) + (other.low >>> 0) > 0xffffffff ? 1 : 0
    return this.set(this.high + other.high + carry, this.low + other.low)
  }

  xor(other: Uint64): this {
    return this.set(this.high ^ other.high, this.low ^ other.low)
  }

  multiply(other: Uint64): this {
    const { high, low } = this
    const top = highProduct(low, other.low) + Math.imul(high, other.low) + Math.imul(low, other.high)
    return this.set(top, Math.imul(low, other.low))
  }

  /** 0 < bits < 32. */
  rotateLeft(bits: number): this {
    const { high, low } = this
    return this.set((high << bits) | (low >>> (32 - bits)), (low << bits) | (high >>> (32 - bits)))
  }

  /** this ^ (this >>> bits); 0 < bits < 64. */
  xorShiftRight(bits: number): this {
    const { high, low } = this
    if (bits >= 32) return this.set(high, low ^ (high >>> (bits - 32)))
    return this.set(high ^ (high >>> bits), low ^ ((low >>> bits) | (high << (32 - bits))))
  }
}

/** The upper 32 bits of the product of two words taken as unsigned. */
function highProduct(a: number, b: number): number {
  const a0 = a & 0xffff
  const a1 = a >>> 16
  const b0 = b & 0xffff
  const b1 = b >>> 16
  const middle = a1 * b0 + ((a0 * b0) >>> 16)
  const carry = a0 * b1 + (middle & 0xffff)
  return (a1 * b1 + (middle >>> 16) + (carry >>> 16)) | 0
}
