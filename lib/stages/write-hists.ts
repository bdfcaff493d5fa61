/** The histograms of one method and filter: as a pickle for Python's hist, and beside it as UHI JSON. */
import { publish } from '../core/publication.js'
import type { Context, Sink } from '../core/types.js'
import { type AtomicFile, type HistTree, openAtomic, pickleHists, uhiTreeBytes } from '../formats/index.js'

export interface HistogramFiles {
  readonly pickle: string
  readonly json: string
}

export function writeHists(files: HistogramFiles): Sink<HistTree> {
  return {
    kind: 'sink',
    name: 'writeHists',
    writes: [files.pickle, files.json],
    drain: async (items, ctx) => {
      for await (const tree of items) await writeBoth(files, tree, ctx)
    },
  }
}

/** Both files get their names when both are complete. The pickle goes to the disk while the JSON is made. */
async function writeBoth(files: HistogramFiles, tree: HistTree, ctx: Context): Promise<void> {
  const opened: AtomicFile[] = []
  try {
    for (const path of [files.pickle, files.json]) opened.push(await openAtomic(path))
    const [pickle, json] = opened
    const writing = pickle!.writeSparse(pickleHists(tree))
    // Its failure is met by the await below, after the other file's.
    writing.catch(() => {})
    await json!.write(uhiTreeBytes(tree))
    await writing
    for (const file of opened) await file.seal()
    await publish(opened, ctx)
  } catch (error) {
    for (const file of opened) await file.discard()
    throw error
  }
}
