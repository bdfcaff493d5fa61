/** Mass ranges and regions of methods. */
import { isObject } from '../core/is-object.js'
import { type Cursor, show } from './cursor.js'
import type { MassRange, Region } from './job.js'

/** A number is a half-width about the Z mass, a pair a range; null is `fallback`. */
export function resolveMassRange(cursor: Cursor, fallback: MassRange): MassRange {
  const given = cursor.or<number | [number, number] | null>(null)
  if (given === null) return fallback
  if (typeof given === 'number') {
    if (given <= 0) cursor.problem(`a half-width about the Z mass must be more than 0, got ${show(given)}.`)
    return { kind: 'window', halfWidth: given }
  }
  const [lo, hi] = checkedPair(cursor, given)
  return { kind: 'range', lo, hi }
}

export const WIDE_RANGE: MassRange = { kind: 'range', lo: 50, hi: 130 }

export function defaultMassRange(cutAndCount: boolean): MassRange {
  return cutAndCount ? { kind: 'window', halfWidth: 30 } : WIDE_RANGE
}

/** Regions in the order given. */
export function resolveRegions(cursor: Cursor, fallback: readonly Region[]): readonly Region[] {
  if (!isObject(cursor.value)) return fallback
  return cursor.entries().map(([name, pair]) => {
    const [lo, hi] = checkedPair(pair, pair.or<[number, number]>([0, 1]))
    return { name, lo, hi }
  })
}

export const DEFAULT_REGIONS = {
  pt: [
    { name: 'barrel', lo: 0, hi: 1.4442 },
    { name: 'endcap', lo: 1.566, hi: 2.5 },
  ],
  eta: [{ name: 'entire', lo: 0, hi: 3.32 }],
  phi: [{ name: 'entire', lo: 0, hi: 2.5 }],
} as const satisfies Record<string, readonly Region[]>

function checkedPair(cursor: Cursor, [lo, hi]: readonly [number, number]): readonly [number, number] {
  if (lo >= hi) cursor.problem(`must be [lo, hi] with lo < hi, got ${show([lo, hi])}: nothing is inside.`)
  return [lo, hi]
}
