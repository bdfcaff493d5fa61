/** Pickles of histograms as `hist` and the reference save them: written and read. */
export { pickleHists } from './pickle.js'
export { unpickleHists } from './unpickle-hists.js'
