/** The stages: each one a factory that takes its options and gives a typed stage of a graph. */

export { gather, keepPairs, positions } from '../columns/index.js'
export { describePlace, importExport, type ModulePlace, parseModulePlace } from '../core/user-module.js'
export { addDielectrons, DIELECTRON_COLUMNS } from './add-dielectrons.js'
export { columnOf, offsetsOf, valuesOf, withColumns, withPairColumns } from './batch.js'
export { chooseElectronAngles, ownAngles } from './choose-angles.js'
export { chooseDielectrons } from './choose-dielectrons.js'
export { choosePhotonAngles, PHOTON_SC_ETA_READS, photonScEta } from './choose-photon-angles.js'
export { collectReads, lackingWarnings, type PartitionRead } from './collect-reads.js'
export {
  type Branches,
  collectionOf,
  describeDisagreement,
  findDisagreement,
  isFieldOf,
  NAMES_ONLY,
} from './collections.js'
export { countProbes, type ProbeCounts } from './count-probes.js'
export {
  customEvents,
  customPairs,
  type ReadyStage,
  readyStage,
  type StagePlace,
} from './custom-stage.js'
export { cutProbe, cutTag, type LeptonCuts } from './cut-leptons.js'
export { cutMass, describeMass, type MassWindow } from './cut-mass.js'
export { cutPairs, cutPairsByBoth } from './cut-pairs.js'
export { cutCharge, cutRows, type RowCuts } from './cut-rows.js'
export { type DecodeOptions, decodeBranches } from './decode-branches.js'
export { decodeLate } from './decode-late.js'
export {
  defineFilter,
  definePairStage,
  defineSink,
  defineSource,
  defineStage,
  type EventStage,
  type PairStage,
  type StageDefinition,
  type StageExport,
} from './define.js'
export {
  type DielectronColumn,
  type DielectronValues,
  genPtColumn,
  photonColumn,
  photonFields,
  readablePhotonFields,
  variableColumn,
  vertexDistanceColumn,
} from './dielectron-columns.js'
export { hasNothing } from './empty-tree.js'
export { type EncodedTable, type EncodeStage, encodeTable, renamingWarning } from './encode-table.js'
export { evaluateFilters, type ReadyFilter } from './evaluate-filters.js'
export {
  type EventFilter,
  type ExtraFilterOptions,
  extraFilter,
  type FilterContext,
  type FilterResult,
  isPython,
  keepEvents,
  loadFilter,
} from './extra-filter.js'
export { type Condition, type FillOptions, fillHists, type HistogramPair } from './fill-hists.js'
export { countedCollections, type GlobalIndex, readyIndexColumns } from './global-index.js'
export { goldenJson } from './golden-json.js'
export { matchGen } from './match-gen.js'
export { matchTagElectronTrigger, matchTagTrigger } from './match-trigger.js'
export { closeTrees, type EventFile, type EventTree, openTree, withTree } from './open-tree.js'
export { LACKING_ADVICE, withOptionalTriggers } from './optional-triggers.js'
export { type DielectronCuts, pairDielectrons } from './pair-dielectrons.js'
export { pairElectronPhoton } from './pair-electron-photon.js'
export { type KinematicsOptions, pairKinematics } from './pair-kinematics.js'
export { pairRows } from './pair-rows.js'
export { compilePairExpression, type PairExpression } from './pair-scope.js'
export { pairsWithin } from './pairs-within.js'
export { checkPythonFilter, stopPython } from './python-filter.js'
export { type FileEntry, partitions, readFileset, splitChunks } from './read-fileset.js'
export { matchingPaths, requireAnyTrigger } from './require-any-trigger.js'
export { requireTagElectron } from './require-tag-electron.js'
export { requireTrigger } from './require-trigger.js'
export { columnIsOne, compileRowExpression } from './row-scope.js'
export { hasRow, neededVariable, type RowSpace, rowVariable } from './row-variables.js'
export { type SelectOptions, selectColumns } from './select-columns.js'
export {
  dielectronFields,
  type RowKind,
  type SelectDielectronsOptions,
  selectDielectrons,
} from './select-dielectrons.js'
export { failingProbes, passingProbes } from './split-probes.js'
export { sumGenWeight } from './sum-gen-weight.js'
export { pairColumn, resolveVariable, type Variable, type VariableSpace } from './variables.js'
export { type DielectronWeightOptions, dielectronWeightColumns, weightDielectrons } from './weight-dielectrons.js'
export { WEIGHT_COLUMNS, type WeightOptions, weightMc } from './weight-mc.js'
export { weightPileup } from './weight-pileup.js'
export { writeHists } from './write-hists.js'
export { writeReport } from './write-report.js'
export { type PartFiles, writeTable } from './write-table.js'
