/** What the reference's fitter takes: its histograms, one a bin, their names, and the pickle of its binning. Written only. */
export { binningPickle, type FitterBin, fitterBins } from './binning.js'
export { type NamedPair, pairsBelow, pairsOf } from './hist-pairs.js'
export { type FitterInput, fitterInputs } from './hists.js'
export { edgeName, pythonFixed } from './text.js'
