/** Filling a histogram of one to four axes: finding the cells, and adding to them. */
import { addEntries, fillEntries, newHist, type RegularAxis, regularAxis, variableAxis } from '../../lib/hist/index.js'
import { Random } from '../random.js'
import { firstAndAgain, type Times } from './times.js'

interface Input {
  readonly kind: 'regular' | 'variable'
  readonly dimensions: number
  readonly rows: number
  readonly repeats: number
}

/** Bins of pt, eta, phi and mass: 23 x 50 x 20 x 80 cells at most, without those beyond the limits. */
const AXES: readonly RegularAxis[] = [
  regularAxis({ name: 'mass', bins: 80, lower: 50, upper: 130 }),
  regularAxis({ name: 'pt', bins: 23, lower: 10, upper: 200 }),
  regularAxis({ name: 'eta', bins: 50, lower: -2.5, upper: 2.5 }),
  regularAxis({ name: 'phi', bins: 20, lower: -3.2, upper: 3.2 }),
]

export async function run({ kind, dimensions, rows, repeats }: Input): Promise<Times> {
  const random = new Random(1)
  const regular = AXES.slice(0, dimensions)
  const axes = kind === 'regular' ? regular : regular.map(unevenAxis)
  const values = regular.map(({ lower, upper }) => {
    const margin = (upper - lower) / 50
    return Float32Array.from({ length: rows }, () => random.uniform(lower - margin, upper + margin))
  })
  const hist = newHist(axes)
  return { ...(await firstAndAgain(repeats, () => addEntries(hist, fillEntries(axes, values, { rows })))) }
}

/** The same number of bins, wider and wider. */
function unevenAxis({ name, bins, lower, upper }: RegularAxis) {
  const edges = Float64Array.from({ length: bins + 1 }, (_, k) => lower + (upper - lower) * (k / bins) ** 1.5)
  return variableAxis({ name, edges })
}
