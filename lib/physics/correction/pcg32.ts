/** The random numbers of PCG32 (pcg_random.hpp: pcg32_oneseq, that is xsh_rr on a 64-bit state with the default stream). */
import { Uint64 } from './uint64.js'

const MULTIPLIER = new Uint64(0x5851f42d, 0x4c957f2d)
const INCREMENT = new Uint64(0x14057b7e, 0xf767814f)

export class Pcg32 {
  private readonly state = new Uint64()

  seed(seed: Uint64): void {
    this.state.copy(seed).add(INCREMENT)
    this.advance()
  }

  /** The next number, 0 to 2^32 - 1. */
  next(): number {
    const { low, high } = this.state
    this.advance()
    // (state ^ (state >>> 18)) >>> 27, its lower word, rotated by the state's upper 5 bits.
    const mixedLow = low ^ ((low >>> 18) | (high << 14))
    const mixedHigh = high ^ (high >>> 18)
    const word = (mixedLow >>> 27) | (mixedHigh << 5)
    const turn = high >>> 27
    return ((word >>> turn) | (word << (-turn & 31))) >>> 0
  }

  private advance(): void {
    this.state.multiply(MULTIPLIER).add(INCREMENT)
  }
}
