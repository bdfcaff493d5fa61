/** The histograms of one method and filter: as a pickle for Python's hist, and beside it as UHI JSON. */
import type { Sink } from '../core/types.js'
import { type HistTree, pickleHists, uhiTree, writeAtomic } from '../formats/index.js'

export function writeHists(files: { readonly pickle: string; readonly json: string }): Sink<HistTree> {
  return {
    kind: 'sink',
    name: 'writeHists',
    writes: [files.pickle, files.json],
    drain: async items => {
      for await (const tree of items) {
        await writeAtomic(files.pickle, pickleHists(tree))
        await writeAtomic(files.json, uhiTree(tree))
      }
    },
  }
}
