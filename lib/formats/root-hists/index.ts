/** Histograms as a ROOT file, as `hist-to-root` and `prepare-histograms` write them. Written only: lib/root reads them. */
export { type NamedHist, rootHistsFile } from './root-hists.js'
