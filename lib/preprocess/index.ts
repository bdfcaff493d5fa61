/** Making filesets fit to run: steps, UUIDs, entries and forms; and cutting filesets down. */
export type { PreprocessedDataset, PreprocessedFile, PreprocessedFileset } from './documents.js'
export { failedSteps, type ReportJson } from './failed-steps.js'
export {
  type FileSpec,
  type FilesetJson,
  filterFiles,
  maxChunks,
  maxChunksPerFile,
  maxFiles,
  sliceChunks,
  sliceFiles,
} from './fileset-tools.js'
export type { PreprocessOptions, PreprocessProgress } from './options.js'
export { type Preprocessed, preprocess, preprocessEntries } from './preprocess.js'
export { parseSlice, type Slice } from './slices.js'
