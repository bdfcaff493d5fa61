/** Histograms of probes with known contents, for the tests of figures. */
import { type Axis, binCount, type EfficiencyTable, efficiencyTable, type Hist, newHist } from '../../lib/hist/index.js'

export type Pair = Readonly<Record<'passing' | 'failing', Hist>>

/** Probes without weights. count: passing and failing ones in a bin, by its position on each axis (from 0). */
export function probes(axes: readonly Axis[], count: (bins: readonly number[]) => readonly [number, number]): Pair {
  const [passing, failing] = [newHist(axes), newHist(axes)]
  const visit = (bins: readonly number[], cell: number, stride: number) => {
    const axis = axes[bins.length]
    if (axis === undefined) {
      const [passed, failed] = count(bins)
      passing.value[cell] = passing.variance[cell] = passed
      failing.value[cell] = failing.variance[cell] = failed
      return
    }
    const size = binCount(axis)
    for (let i = 0; i < size; i++) visit([...bins, i], cell + (i + 1) * stride, stride * (size + 2))
  }
  visit([], 0, 1)
  return { passing, failing }
}

export function tableOf({ passing, failing }: Pair, axes?: readonly string[]): EfficiencyTable {
  return efficiencyTable(passing, failing, axes === undefined ? {} : { axes })
}
