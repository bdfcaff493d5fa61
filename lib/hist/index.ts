/** Histograms: axes, weighted storage, filling, efficiencies and the UHI JSON form. */
export {
  type Axis,
  axisEdges,
  axisExtent,
  binCount,
  type RegularAxis,
  regularAxis,
  sameAxes,
  sameAxis,
  type VariableAxis,
  variableAxis,
} from './axis.js'
export {
  clopperPearson,
  type Efficiency,
  type EfficiencyEstimate,
  type EfficiencyProblem,
  estimateEfficiency,
  type IntervalOptions,
  type WeightSum,
} from './efficiency.js'
export {
  type EfficiencyBin,
  type EfficiencyRow,
  type EfficiencyTable,
  efficiencyTable,
  isWeighted,
  type TableOptions,
} from './efficiency-table.js'
export { addEntries, type Entries, type FillRows, fillEntries } from './fill.js'
export { BLOCK_CELLS, forFilledBlocks } from './filled-blocks.js'
export { cellCount, equalHists, type Filling, type Hist, mergeInto, newFilling, newHist, sumHist } from './hist.js'
export { INTERVALS, type IntervalKind, ONE_SIGMA } from './intervals.js'
export {
  isClose,
  MASS_AXIS,
  type MassRange,
  rangeBins,
  regionProblems,
  SIDEBAND_WINDOW,
  SIDEBANDS,
  type Sidebands,
} from './mass-regions.js'
export { addPacked, isPacked, type PackedEntries, packEntries } from './packed.js'
export { projectHist, sliceHist } from './project.js'
export { bandFactors, type RegionSums, type SubtractedEstimate, subtractedEfficiency } from './sidebands.js'
export { parseUhi } from './uhi.js'
export { TextBytes, uhiSparseText, uhiText, writeUhi } from './uhi-text.js'
