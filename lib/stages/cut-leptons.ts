/** Kinematic cuts on one side of the pairs: identification level, pt, |eta| and the gap between barrel and endcaps. */
import { keepPairs } from '../columns/index.js'
import type { MapStage, Pairs } from '../core/types.js'
import { ECAL_GAP } from '../physics/constants.js'
import { floatsOf, valuesOf } from './batch.js'

export interface LeptonCuts {
  /** GeV; pt must be above it. */
  readonly pt: number
  /** |eta_to_use| must be below it. */
  readonly absEta: number
  readonly avoidEcalTransition: boolean
  /** Smallest cutBased level; null: not asked for. */
  readonly cutBased: number | null
}

export function cutTag(collection: string, cuts: LeptonCuts): MapStage<Pairs, Pairs> {
  return cutSide('cutTag', 'tag', collection, cuts)
}

export function cutProbe(collection: string, cuts: LeptonCuts): MapStage<Pairs, Pairs> {
  return cutSide('cutProbe', 'probe', collection, cuts)
}

function cutSide(name: string, side: 'tag' | 'probe', collection: string, cuts: LeptonCuts): MapStage<Pairs, Pairs> {
  return {
    kind: 'map',
    name,
    reads: [`${collection}_pt`, ...(cuts.cutBased === null ? [] : [`${collection}_cutBased`])],
    note: describe(cuts),
    map: pairs => {
      const { batch } = pairs
      const keep = passLeptonCuts(
        pairs[side],
        floatsOf(batch, `${collection}_pt`),
        floatsOf(batch, `${collection}_eta_to_use`),
        cuts.cutBased === null ? null : valuesOf<Uint8Array>(batch, `${collection}_cutBased`),
        cuts,
      )
      return keepPairs(pairs, keep)
    },
  }
}

function describe(cuts: LeptonCuts): string {
  const parts = [`pt > ${cuts.pt}`, `|eta| < ${cuts.absEta}`]
  if (cuts.cutBased !== null) parts.unshift(`cutBased >= ${cuts.cutBased}`)
  if (cuts.avoidEcalTransition) parts.push('not in 1.4442..1.566')
  return parts.join(', ')
}

/** 1 for each pair whose lepton passes. lepton: Int32Array[nPairs], positions in pt, eta, cutBased. The bounds are rounded to
 *  float32 before they are compared with float32 columns (a photon's supercluster eta may be float64). NaN fails. */
export function passLeptonCuts(
  lepton: Int32Array,
  pt: Float32Array,
  eta: Float32Array | Float64Array,
  cutBased: ArrayLike<number> | null,
  cuts: LeptonCuts,
): Uint8Array {
  const minPt = Math.fround(cuts.pt)
  const bound = (x: number) => (eta instanceof Float64Array ? x : Math.fround(x))
  const maxEta = bound(cuts.absEta)
  const gapLow = bound(ECAL_GAP.low)
  const gapHigh = bound(ECAL_GAP.high)
  const minLevel = cuts.cutBased ?? 0
  const keep = new Uint8Array(lepton.length)
  for (let k = 0; k < lepton.length; k++) {
    const i = lepton[k]!
    const absEta = Math.abs(eta[i]!)
    // Bits instead of branches, which no processor foresees.
    let kept = Number(pt[i]! > minPt) & Number(absEta < maxEta)
    if (cuts.avoidEcalTransition) kept &= Number(absEta < gapLow) | Number(absEta > gapHigh)
    if (cutBased !== null) kept &= Number(cutBased[i]! >= minLevel)
    keep[k] = kept
  }
  return keep
}
