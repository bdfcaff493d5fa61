/** Histograms of toy electrons in bins of eta, pt and the mass, whose efficiencies are known. */
import { type Hist, newHist, regularAxis, variableAxis } from '../../lib/hist/index.js'

export const ETA = [-2.5, 0, 2.5]
export const PT = [20, 35, 70, 200]

/** Of bin (i, j) of eta and pt. */
export function trueEfficiency(i: number, j: number): number {
  return 0.75 + 0.05 * j + 0.03 * i
}

export interface ToyOptions {
  /** Probes of the signal in each bin. */
  readonly signal: number
  /** Probes of the background, passing and failing. */
  readonly background: readonly [number, number]
  /** The resolution's shift and width, GeV. */
  readonly shift: number
  readonly sigma: number
  /** Seed of the Poisson fluctuations; 0: none. */
  readonly seed: number
  /** Edges of eta; default ETA. */
  readonly eta?: readonly number[]
  /** What each entry weighs. */
  readonly weight?: number
}

export function toyPair(options: ToyOptions): { passing: Hist; failing: Hist } {
  const axes = [
    variableAxis({ name: 'el_eta', edges: [...(options.eta ?? ETA)] }),
    variableAxis({ name: 'el_pt', edges: PT }),
    regularAxis({ name: 'PV_npvs', bins: 2, lower: 0, upper: 60 }),
    regularAxis({ name: 'mll', bins: 80, lower: 50, upper: 130 }),
  ]
  const pair = { passing: newHist(axes), failing: newHist(axes) }
  const line = peak(options.shift, options.sigma)
  const random = generator(options.seed)
  const { weight = 1 } = options
  for (let i = 0; i < ETA.length - 1; i++) {
    for (let j = 0; j < PT.length - 1; j++) {
      const efficiency = trueEfficiency(i, j)
      for (let k = 0; k < 80; k++) {
        const falling = Math.exp(-0.03 * (k + 0.5)) / ((1 - Math.exp(-2.4)) / 0.03)
        const [passing, failing] = options.background.map(count => count * falling) as [number, number]
        // Of the third axis, half each.
        const cell = 1 + i + 4 * (1 + j + 5 * (1 + 4 * (1 + k)))
        const other = cell + 4 * 5
        for (const at of [cell, other]) {
          const counts = {
            passing: (options.signal * efficiency * line[k]! + passing) / 2,
            failing: (options.signal * (1 - efficiency) * line[k]! + failing) / 2,
          }
          for (const side of ['passing', 'failing'] as const) {
            const count = options.seed === 0 ? counts[side] : random(counts[side])
            pair[side].value[at] = count * weight
            pair[side].variance[at] = count * weight * weight
          }
        }
      }
    }
  }
  return pair
}

/** The line of the Z convolved with a Gaussian, over the bins. */
function peak(shift: number, sigma: number): number[] {
  const line = (m: number) => (m * m) / ((m * m - 91.1876 ** 2) ** 2 + (91.1876 * 2.4952) ** 2)
  const bins = Array.from({ length: 80 }, (_, k) => {
    let sum = 0
    for (let x = 50 + k + 0.125; x < 51 + k; x += 0.25) {
      for (let t = -4; t <= 4; t += 0.25) sum += Math.exp(-0.5 * t * t) * line(x - shift - t * sigma)
    }
    return sum
  })
  const total = bins.reduce((a, b) => a + b, 0)
  return bins.map(bin => bin / total)
}

/** Poisson numbers by a normal approximation where many are expected: enough for toys. */
function generator(seed: number): (mean: number) => number {
  let state = seed >>> 0
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 4294967296
  }
  return mean => {
    if (mean > 40) {
      const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
    }
    let count = 0
    for (let product = uniform(); product > Math.exp(-mean); product *= uniform()) count++
    return count
  }
}
