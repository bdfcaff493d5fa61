/** Ratios of efficiencies: data over simulation, which is the scale factor. */
import type { EfficiencyRow } from '../hist/index.js'

export interface Ratio {
  readonly value: number
  /** Distances of the ends of its interval, not negative; NaN where one of the two efficiencies has no interval. */
  readonly low: number
  readonly high: number
}

/** standard: the ratio is lower where the upper one is lower or the lower one higher, so errors of opposite sides go together.
 *  reference: as the reference's plot_ratio has it, those of the same side. Both add them in quadrature. */
export type RatioErrors = 'standard' | 'reference'

/** a / b; NaN where b is 0 or one of them has no value or no interval. */
export function ratioOf(a: EfficiencyRow, b: EfficiencyRow, errors: RatioErrors = 'standard'): Ratio {
  if (b.efficiency === 0 || a.problem !== null || b.problem !== null) return { value: NaN, low: NaN, high: NaN }
  const value = a.efficiency / b.efficiency
  const [below, above] = errors === 'standard' ? [b.errorHigh, b.errorLow] : [b.errorLow, b.errorHigh]
  const size = (of: number, other: number) => Math.hypot(of / b.efficiency, (value * other) / b.efficiency)
  return { value, low: size(a.errorLow, below), high: size(a.errorHigh, above) }
}
