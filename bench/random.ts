/** A seeded random generator with the distributions that the benchmark files need. */

/** xoshiro128** (Blackman and Vigna): 32 good bits a step, quick in JavaScript. */
export class Random {
  private readonly state: Uint32Array

  constructor(seed: number) {
    // SplitMix32 spreads small seeds over the state.
    this.state = Uint32Array.from([1, 2, 3, 4], k => {
      let z = (seed + Math.imul(k, 0x9e3779b9)) | 0
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
      return z ^ (z >>> 15)
    })
  }

  /** In [0, 1). */
  uniform(low = 0, high = 1): number {
    const s = this.state
    const x = Math.imul(s[1]!, 5)
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0
    const t = s[1]! << 9
    s[2]! ^= s[0]!
    s[3]! ^= s[1]!
    s[1]! ^= s[2]!
    s[0]! ^= s[3]!
    s[2]! ^= t
    s[3] = (s[3]! << 11) | (s[3]! >>> 21)
    return low + (high - low) * (result / 0x100000000)
  }

  chance(probability: number): boolean {
    return this.uniform() < probability
  }

  /** A whole number in [0, n). */
  below(n: number): number {
    return Math.floor(this.uniform() * n)
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform())
  }

  normal(mean: number, width: number): number {
    return mean + width * Math.sqrt(this.exponential(2)) * Math.cos(this.uniform(0, 2 * Math.PI))
  }

  poisson(mean: number): number {
    const limit = Math.exp(-mean)
    let n = 0
    for (let product = this.uniform(); product > limit; product *= this.uniform()) n++
    return n
  }
}
