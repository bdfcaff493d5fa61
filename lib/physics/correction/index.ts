/** Corrections in correctionlib's JSON (schema version 2), and the pileup weights made of them. */
export type { CorrectionJson, CorrectionSetJson, VariableJson } from './document.js'
export {
  choosePileup,
  hasPileupVariations,
  type PileupCorrection,
  type PileupVariation,
  type PileupWeight,
  pileupFromHistograms,
  pileupWeight,
} from './pileup.js'
