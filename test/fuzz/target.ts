/** What the campaign runs: a target makes cases out of random numbers, and runs one. A case is a JSON value, so that it can be kept,
 *  looked at and run again. */
import { Random } from '../../bench/random.js'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export interface Target<C extends Json = Json> {
  /** The next case. Nothing but the random numbers decides which. */
  make(random: Random): C
  /** Runs a case: a word for what came of it ("right"). Throws what the program throws; Wrong where a value is not what it must be.
   *  scratch: a folder for files of the case. */
  run(one: C, scratch: string): Promise<string>
  /** Simpler cases, the boldest first; endless it must not be. */
  shrink(one: C): Iterable<C>
  /** Ends servers. */
  close?(): Promise<void>
}

/** A target before its seeds are read. */
export interface TargetEntry {
  /** For `--list`: what it damages, and what must hold besides the invariants of all. */
  readonly what: string
  open(): Promise<Target>
}

/** A value is not what the undamaged input, or another way to it, says. */
export class Wrong extends Error {
  override readonly name = 'Wrong'
}

/** Random numbers of one case: those of no other, and the same in every run. */
export function caseRandom(seed: number, target: string, index: number): Random {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(`${seed} ${target} ${index}`)) hash = Math.imul(hash ^ byte, 0x01000193)
  return new Random(hash)
}

export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.below(items.length)]!
}

/** Small numbers mostly: 1 in half of the cases. */
export function few(random: Random, most = 16): number {
  let n = 1
  while (n < most && random.chance(0.5)) n++
  return n
}
