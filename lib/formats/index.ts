/** File formats that the project writes: Parquet, pickles and UHI JSON of histograms, reports; and how files come to be. */
export { TEMPORARY_SUFFIX } from '../bytes/temporary-name.js'
export { setAside } from './aside.js'
export { openAtomic, writeAtomic, writeTogether, writtenAtomic } from './atomic.js'
export type { AtomicFile } from './atomic-file.js'
export { type FitterInput, fitterInputs, type NamedPair, pairsBelow, pairsOf } from './fitter/index.js'
export {
  type HistTree,
  isHist,
  parseUhiTree,
  readUhiTree,
  treeOfHists,
  uhiTree,
  uhiTreeBytes,
  uhiTreeLine,
} from './hist-tree.js'
export * from './parquet/index.js'
export { pickleHists, unpickleHists } from './pickle/index.js'
export { pythonRepr } from './python-text.js'
export { PICKLE, readHistograms } from './read-hists.js'
export {
  failedEntry,
  type ReportEntry,
  type ReportedRange,
  readEntry,
  reportJson,
  reportPieces,
} from './report-json.js'
export { type NamedHist, rootHistsFile } from './root-hists/index.js'
export { checkBranchNames, renamedColumns } from './root-names.js'
export { type EncodedGroup, type TableFiles, type TableWriter, TREE_NAME } from './table-format.js'
export { tableFiles } from './table-formats.js'
export {
  type Field,
  fieldsOf,
  type LeafField,
  type NullableColumn,
  type RecordField,
  type TableSchema,
  tableSchema,
} from './table-schema.js'
