/** Corrections in correctionlib's JSON (schema version 2), evaluated for arrays of events.
 *
 *      const set = CorrectionSet.read('electron.json.gz')
 *      const weights = set.correction('Electron-ID-SF').evaluate(['2023', 'sf', 'Medium', eta, pt])
 *
 *  A CorrectionSource is a correction as plain data: it travels to workers and is compiled there.
 */
export { type Correction, type CorrectionSource, compileCorrection } from './correction.js'
export type { CompoundCorrectionJson, CorrectionJson, CorrectionSetJson, InputType, VariableJson } from './document.js'
export type { Argument } from './lanes.js'
export {
  choosePileup,
  hasPileupVariations,
  type PileupCorrection,
  type PileupHistograms,
  type PileupVariation,
  type PileupWeight,
  pileupFromHistograms,
  pileupWeight,
} from './pileup.js'
export { parseCorrectionBytes, parseCorrectionText } from './read.js'
export { CorrectionSet } from './set.js'
export { correctionSetText } from './text.js'
