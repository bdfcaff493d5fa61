/** A look at a spectrum's peak, for starts. */

/** Mean and width of the highest peak above a straight line between the outer tenths of the range; null where there is none. */
export function peakOf(edges: ArrayLike<number>, values: ArrayLike<number>): { mean: number; sigma: number } | null {
  const bins = values.length
  const outer = Math.max(1, Math.round(bins / 10))
  const density = (i: number): number => values[i]! / (edges[i + 1]! - edges[i]!)
  let left = 0
  let right = 0
  for (let i = 0; i < outer; i++) {
    left += density(i) / outer
    right += density(bins - 1 - i) / outer
  }
  const above = (i: number): number => {
    const part = bins > 1 ? i / (bins - 1) : 0
    return density(i) - left * (1 - part) - right * part
  }
  let top = -1
  let most = 0
  for (let i = 0; i < bins; i++) {
    const smooth = (above(Math.max(i - 1, 0)) + 2 * above(i) + above(Math.min(i + 1, bins - 1))) / 4
    if (smooth > most) {
      most = smooth
      top = i
    }
  }
  if (top < 0) return null
  let low = top
  let high = top
  while (low > 0 && above(low - 1) > most / 2) low--
  while (high < bins - 1 && above(high + 1) > most / 2) high++
  // full width at half maximum of a Gaussian
  return { mean: (edges[low]! + edges[high + 1]!) / 2, sigma: (edges[high + 1]! - edges[low]!) / 2.355 }
}
