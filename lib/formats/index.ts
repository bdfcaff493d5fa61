/** File formats that the project writes: Parquet, pickles and UHI JSON of histograms, reports; and how files come to be. */
export { type AtomicFile, openAtomic, TEMPORARY_SUFFIX, writeAtomic } from './atomic.js'
export { type FitterInput, fitterInputs } from './fitter-hists.js'
export { type HistTree, isHist, parseUhiTree, uhiTree } from './hist-tree.js'
export * from './parquet/index.js'
export { pickleHists } from './pickle.js'
export { failedEntry, type ReportEntry, type ReportedRange, readEntry, reportJson } from './report-json.js'
export { type NamedHist, rootHistsFile } from './root-hists.js'
export { unpickleHists } from './unpickle-hists.js'
