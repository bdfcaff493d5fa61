/** From efficiencies of data and simulation to scale factors with uncertainties: arrays and numbers, no files. */

export { type CorrectionOptions, correctionOf, valueTables } from './correction.js'
export { type CountOptions, countEfficiencies } from './count.js'
export {
  binningDifference,
  binRanges,
  binText,
  type EfficiencyGrid,
  emptyGrid,
  type GridAxis,
  type Range,
} from './grid.js'
export { joinCorrection } from './join.js'
export {
  type ScaleFactorOptions,
  type ScaleFactors,
  type Source,
  SYMMETRISE,
  type Symmetrise,
  scaleFactors,
  tableValue,
  type Uncertainty,
} from './scale-factors.js'
export { DEVIATIONS, type DeviationName, type Inputs, SCHEMES, type Scheme } from './sources.js'
