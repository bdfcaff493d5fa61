/** Configuration: the documents a user writes, made into one complete job. */

export { BinningStore, DEFAULT_BINNING } from './binning.js'
export {
  DUPLICATE_MODES,
  type Duplicate,
  type DuplicateMode,
  describeDuplicates,
  duplicateFiles,
  uuidKey,
} from './duplicate-files.js'
export { type ExecutorName, resolveExecutor } from './executor.js'
export type { CheckExpression, ExpressionFault, ExpressionScope } from './expressions.js'
export { type Fileset, type FilesetEntry, loadFileset, parseFileset } from './fileset.js'
export { decodeForm, optionalTriggers } from './form.js'
export { formatProblems } from './format.js'
export type { BinningDocument, FilesetDocument, RunnerDocument, SettingsDocument } from './generated/types.gen.js'
export { type GoldenRuns, loadGoldenJson, mergeRanges } from './golden-json.js'
export * from './job.js'
export {
  datasetDir,
  filterNameProblem,
  isNameWithin,
  partFileCount,
  partFileName,
  sanitizeFilterName,
  sanitizeReportName,
} from './output-names.js'
export { type Partition, partitionCount, partitionsOf } from './partitions.js'
export { PYTHON_EXCEPTIONS, tolerates } from './python-exceptions.js'
export { type Configuration, type ConfigurationInput, type FilesetForms, loadConfiguration } from './resolve.js'
export {
  TRIGGER_MODES,
  type TriggerMode,
  type TriggerOptions,
  triggerConfiguration,
} from './triggers.js'
export {
  type Family,
  type MethodName,
  type NanoWorkflow,
  type NtuplesWorkflow,
  TAG_AND_PROBE_METHODS,
  WORKFLOWS,
  type WorkflowName,
} from './workflows.js'
