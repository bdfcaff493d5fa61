/** Cuts on the columns of ntuples: momentum, |eta|, the gap between barrel and endcaps, opposite charges. */
import { keepPairs } from '../columns/index.js'
import type { DType, MapStage, Pairs, Values } from '../core/types.js'
import { ECAL_GAP } from '../physics/constants.js'
import type { Variable } from './variables.js'

export interface RowCuts {
  readonly pt: Variable
  /** GeV; pt must be above it. */
  readonly minPt: number
  readonly eta: Variable
  /** |eta| must be below it. */
  readonly maxAbsEta: number
  readonly avoidEcalTransition: boolean
}

/** name: cutTag or cutProbe. Bounds are compared in the columns' own precision; NaN fails. */
export function cutRows(name: string, cuts: RowCuts): MapStage<Pairs, Pairs> {
  const { pt, eta } = cuts
  return {
    kind: 'map',
    name,
    reads: [...pt.reads, ...eta.reads],
    note: describe(cuts),
    map: pairs => keepPairs(pairs, passRowCuts(pt.load(pairs), eta.load(pairs), cuts)),
  }
}

function describe({ pt, minPt, eta, maxAbsEta, avoidEcalTransition }: RowCuts): string {
  const names = eta.reads.join(' + ')
  return `${pt.name} > ${minPt}, |${names}| < ${maxAbsEta}${avoidEcalTransition ? ', not in 1.4442..1.566' : ''}`
}

/** 1 for each pair that passes. pt, eta: Values[nPairs] of the types of `cuts.pt` and `cuts.eta`. */
export function passRowCuts(pt: Values, eta: Values, cuts: RowCuts): Uint8Array {
  const minPt = boundFor(cuts.pt.dtype, cuts.minPt)
  const maxAbsEta = boundFor(cuts.eta.dtype, cuts.maxAbsEta)
  const gapLow = boundFor(cuts.eta.dtype, ECAL_GAP.low)
  const gapHigh = boundFor(cuts.eta.dtype, ECAL_GAP.high)
  const keep = new Uint8Array(pt.length)
  for (let k = 0; k < keep.length; k++) {
    const absEta = Math.abs(Number(eta[k]!))
    if (!(Number(pt[k]!) > minPt && absEta < maxAbsEta)) continue
    if (cuts.avoidEcalTransition && !(absEta < gapLow || absEta > gapHigh)) continue
    keep[k] = 1
  }
  return keep
}

/** A constant as numpy compares it with a column: rounded to float32 next to float32. */
function boundFor(dtype: DType, bound: number): number {
  return dtype === 'float32' ? Math.fround(bound) : bound
}

/** Keeps pairs whose charges have the product -1. */
export function cutCharge(tag: Variable, probe: Variable): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name: 'cutCharge',
    reads: [...tag.reads, ...probe.reads],
    note: `${tag.name} * ${probe.name} = -1`,
    map: pairs => {
      const a = tag.load(pairs)
      const b = probe.load(pairs)
      const keep = new Uint8Array(a.length)
      for (let k = 0; k < keep.length; k++) keep[k] = Number(a[k]!) * Number(b[k]!) === -1 ? 1 : 0
      return keepPairs(pairs, keep)
    },
  }
}
