/** Reading ROOT files: trees of plain numbers as columns of typed arrays. Own code for TTree, since it is ten times as fast
 *  as the libraries there are.
 *
 *      const file = await openRootFile('nano.root')
 *      const tree = await file.tree('Events')
 *      const columns = await tree.read(['run', 'Electron_pt'], 0, tree.entries)
 *      await file.close()
 */
export { type KeyInfo, openRootFile, RootFile } from './file.js'
export { type Histogram, type HistogramFile, openHistograms, readHistogram } from './histogram.js'
export type { RNTuple } from './rntuple/ntuple.js'
export { TTree } from './tree/tree.js'
export type { BranchDescription, BranchStorage, ReadOptions, Tree } from './tree-interface.js'
