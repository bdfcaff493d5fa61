/** Grids and histograms by hand, for tests. */
import { type Hist, newHist, regularAxis, variableAxis } from '../../lib/hist/index.js'
import type { EfficiencyGrid } from '../../lib/scale-factors/index.js'

const ETA = { name: 'el_eta', label: 'supercluster eta', edges: [-2, 0, 2] }
const PT = { name: 'el_pt', label: 'pt [GeV]', edges: [10, 20, 50] }

/** Four bins: eta below 0 and above, each with two of pt. errors: up and down alike. null: failed. */
export function grid(
  efficiencies: readonly (number | null)[],
  errors: number | readonly (readonly [up: number, down: number])[] = 0,
): EfficiencyGrid {
  const side = (k: 0 | 1) =>
    Float64Array.from(efficiencies, (e, bin) =>
      e === null ? NaN : typeof errors === 'number' ? errors : errors[bin]![k],
    )
  return {
    axes: [ETA, PT],
    efficiency: Float64Array.from(efficiencies, e => e ?? NaN),
    up: side(0),
    down: side(1),
    failure: efficiencies.map(e => (e === null ? 'no probes' : null)),
    origin: efficiencies.map(() => 'test'),
  }
}

const eta = variableAxis({ name: 'el_eta', label: 'eta', edges: [-2.5, 0, 2.5] })
const pt = variableAxis({ name: 'el_pt', label: 'pt', edges: [10, 20, 50] })
const npv = variableAxis({ name: 'npv', edges: [0, 30] })
export const mll = regularAxis({ name: 'mll', label: 'mll [GeV]', bins: 8, lower: 50, upper: 130 })
export const AXES = { eta, pt, npv, mll }

/** A fill: value by axis name, weight. */
export type Fill = readonly [at: Readonly<Record<string, number>>, weight?: number]

export function filled(axes: Hist['axes'], fills: readonly Fill[]): Hist {
  const hist = newHist(axes)
  for (const [at, weight = 1] of fills) {
    let cell = 0
    let stride = 1
    for (const axis of axes) {
      const edges = axis.kind === 'variable' ? axis.edges : Float64Array.from({ length: 9 }, (_, i) => 50 + 10 * i)
      const x = at[axis.name]!
      cell += stride * edges.filter(edge => edge <= x).length
      stride *= edges.length + 1
    }
    hist.value[cell]! += weight
    hist.variance[cell]! += weight * weight
  }
  return hist
}
