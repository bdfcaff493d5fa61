/** Draws of a configuration: the same for the same seed and number, whatever was drawn before. */
import { Random } from '../random.js'

export class Draw {
  private readonly random: Random

  constructor(seed: number, k: number) {
    this.random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(k + 1, 0x85ebca6b))
    for (let i = 0; i < 8; i++) this.random.uniform()
  }

  chance(probability: number): boolean {
    return this.random.chance(probability)
  }

  below(n: number): number {
    return this.random.below(n)
  }

  /** Between the two, to `digits` decimals. */
  number(low: number, high: number, digits = 2): number {
    return Number(this.random.uniform(low, high).toFixed(digits))
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!
  }

  /** `n` different ones, in any order; all of them where there are fewer. */
  some<T>(from: readonly T[], n: number): T[] {
    const left = [...from]
    return Array.from({ length: Math.min(n, left.length) }, () => left.splice(this.below(left.length), 1)[0]!)
  }

  /** One of the values, by weights. */
  weighted<T>(from: readonly (readonly [weight: number, value: T])[]): T {
    let left = this.random.uniform(
      0,
      from.reduce((sum, [weight]) => sum + weight, 0),
    )
    for (const [weight, value] of from) {
      left -= weight
      if (left < 0) return value
    }
    return from.at(-1)![1]
  }

  /** The keys whose draws give a value, in an order of their own. */
  options(
    from: Readonly<Record<string, readonly [probability: number, value: () => unknown]>>,
  ): Record<string, unknown> {
    const out: [string, unknown][] = []
    for (const [key, [probability, value]] of Object.entries(from))
      if (this.chance(probability)) out.push([key, value()])
    return Object.fromEntries(this.chance(0.2) ? this.some(out, out.length) : out)
  }
}
