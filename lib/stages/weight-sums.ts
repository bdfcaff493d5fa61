/** Sums of weights and of their squares in twice the precision of float64, rounded once: however the events were cut into chunks,
 *  the rounded sums come out the same (but for one sum in 10^10). Neumaier, Z. Angew. Math. Mech. 54 (1974) 39; additions by
 *  Knuth's two-sum. */
import type { WeightSum } from '../hist/index.js'

/** [sum, what rounding took from it, sum of squares, what rounding took]. Plain, so that it crosses threads. */
export type WeightSums = [number, number, number, number]

/** Of all weights, or of those where pass is 1. 10 ns a weight. */
export function weightSums(weights: Float64Array, pass: Uint8Array | null): WeightSums {
  let [first, firstRest, second, secondRest] = [0, 0, 0, 0]
  for (let k = 0; k < weights.length; k++) {
    if (pass !== null && pass[k] === 0) continue
    const w = weights[k]!
    const square = w * w
    const sum = first + w
    const part = sum - first
    firstRest += first - (sum - part) + (w - part)
    first = sum
    const squares = second + square
    const squarePart = squares - second
    secondRest += second - (squares - squarePart) + (square - squarePart)
    second = squares
  }
  return [first, firstRest, second, secondRest]
}

export function addWeightSums(into: WeightSums, from: WeightSums): void {
  for (const i of [0, 2] as const) {
    const [a, b] = [into[i], from[i]]
    const sum = a + b
    const part = sum - a
    into[i + 1]! += from[i + 1]! + (a - (sum - part) + (b - part))
    into[i] = sum
  }
}

export function roundedSums([first, firstRest, second, secondRest]: WeightSums): WeightSum {
  return { value: first + firstRest, variance: second + secondRest }
}
