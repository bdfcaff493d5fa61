/** tnp-pipe in code: load a configuration and run it, or build graphs of one's own from the stages.
 *
 *      import { loadJob, runJob } from 'tnp-pipe'
 *      const { job } = loadJob({ config: 'runner.json', fileset: 'fileset.json', output: 'out' })
 *      const summary = await runJob(job)
 */
export * from '../pipelines/index.js'
export { type DatasetEntry, type Fileset, fetchFileset, parseDatasetList, redirectFiles } from './catalog/index.js'
export * from './config/index.js'
export { BugError, DataError, OutputError, type Problem, UsageError } from './core/errors.js'
export { parseOrdered } from './core/json-text.js'
export { NTUPLE_FORMATS, type NtupleFormat } from './core/ntuple-format.js'
export type * from './core/types.js'
export {
  type BinFit,
  efficiencyTables,
  type FitterConfig,
  type FitterResults,
  fitResultsJson,
  fitTask,
  fitterConfig,
  parseFitResults,
  planFits,
  runFitter,
} from './fitter/index.js'
export { type HistTree, parseUhiTree, unpickleHists } from './formats/index.js'
export { efficienciesJson } from './formats/scale-factors/index.js'
export {
  checkShape,
  declareGraph,
  explainMermaid,
  explainText,
  type GraphDeclaration,
  sinkToWritable,
  sourceToReadable,
  toDuplex,
  toReadable,
} from './graph/index.js'
export { type EfficiencyTable, efficiencyTable, type Hist } from './hist/index.js'
export * from './job/index.js'
export { goldenJsonText, mergeGoldenJsons } from './job/merge-goldenjson.js'
export {
  type Correction,
  CorrectionSet,
  hasPileupVariations,
  type PileupCorrection,
  type PileupVariation,
  pileupWeight,
} from './physics/correction/index.js'
export * from './preprocess/index.js'
export { type Executor, executeGraph, processesExecutor, syncExecutor, threadsExecutor } from './run/index.js'
export {
  correctionOf,
  countEfficiencies,
  type EfficiencyGrid,
  type ScaleFactors,
  scaleFactors,
} from './scale-factors/index.js'
export * from './stages/index.js'
