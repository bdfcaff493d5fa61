/** Chunk -> Batch: reads the branches that the graph needs from the chunk's entries. */
import { BugError, DataError } from '../core/errors.js'
import type { Batch, Chunk, Column, Layout, MapStage } from '../core/types.js'
import { openRootFile, type RootFile, type Tree } from '../root/index.js'

export interface DecodeOptions {
  readonly branches: readonly string[]
  /** Types that the graph was built for; a file whose branch has another type is refused. */
  readonly layout: Layout | null
  /** Collections whose objects are counted from the start of the partition (for global indices). */
  readonly counted?: readonly string[]
}

export function decodeBranches(options: DecodeOptions): MapStage<Chunk, Batch> {
  return {
    kind: 'map',
    name: 'decodeBranches',
    map: async chunk => {
      const began = performance.now()
      const opened = await openTree(chunk.file, chunk.tree)
      const { bytes, requests } = opened.file.counters
      const { start, stop } = entryRange(chunk, opened.tree)
      checkTypes(chunk, opened.tree, options)
      const columns = await opened.tree.read(options.branches, start, stop)
      const bases = await countBefore(chunk, opened.tree, columns, options.counted ?? [])
      const read = {
        start,
        stop,
        seconds: (performance.now() - began) / 1000,
        bytes: opened.file.counters.bytes - bytes,
        requests: opened.file.counters.requests - requests,
        ranges: options.branches.length,
      }
      return { chunk, length: stop - start, columns, events: null, read, bases }
    },
  }
}

function entryRange(chunk: Chunk, tree: Tree): { start: number; stop: number } {
  const stop = chunk.stop ?? tree.entries
  if (chunk.start > tree.entries || stop > tree.entries) {
    throw new DataError(
      'ValueError',
      `${chunk.file} > ${chunk.tree}: entries [${chunk.start}, ${stop}) asked for, the tree has ${tree.entries}. Was the file changed since the fileset was made?`,
    )
  }
  return { start: chunk.start, stop }
}

/** Branches of another type than in the dataset's first file would be misread by what was compiled for that type. */
function checkTypes(chunk: Chunk, tree: Tree, { branches, layout }: DecodeOptions): void {
  if (layout === null) return
  for (const name of branches) {
    const got = tree.branch(name)
    const want = layout.branch(name)
    if (got === undefined || want === undefined || got.dtype === want.dtype) continue
    throw new DataError(
      'ValueError',
      `${chunk.file} > ${chunk.tree}: branch "${name}" is ${got.dtype}, the dataset's first file has ${want.dtype}. Put files of different versions into different datasets.`,
    )
  }
}

/** Objects of each collection in the partition's entries before this chunk. */
async function countBefore(
  chunk: Chunk,
  tree: Tree,
  columns: ReadonlyMap<string, Column>,
  counted: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const bases = new Map<string, number>()
  for (const collection of counted) {
    if (!columns.has(`n${collection}`)) throw new BugError(`decode: n${collection} was not read`)
    let sum = 0
    if (chunk.start > chunk.partitionStart) {
      const before = await tree.read([`n${collection}`], chunk.partitionStart, chunk.start)
      for (const n of before.get(`n${collection}`)!.values) sum += Number(n)
    }
    bases.set(collection, sum)
  }
  return bases
}

interface OpenTree {
  readonly file: RootFile
  readonly tree: Tree
}

/** Trees kept open: the next chunk, or the next pass, often needs the same file again. */
const OPEN_TREES = 4
const open = new Map<string, Promise<OpenTree>>()

/** The tree of a file, opened or still open from before. Failures are not kept. */
export async function openTree(path: string, treeName: string): Promise<OpenTree> {
  const key = `${path}:${treeName}`
  const known = open.get(key)
  if (known !== undefined) {
    open.delete(key)
    open.set(key, known)
    return known
  }
  const opening = openRootFile(path).then(async file => {
    try {
      return { file, tree: await file.tree(treeName) }
    } catch (error) {
      await file.close()
      throw error
    }
  })
  open.set(key, opening)
  opening.catch(() => open.delete(key))
  const oldest = open.size > OPEN_TREES ? open.keys().next().value : undefined
  if (oldest !== undefined) await closeTree(oldest)
  return opening
}

async function closeTree(key: string): Promise<void> {
  const opened = open.get(key)
  open.delete(key)
  await opened?.then(o => o.file.close()).catch(() => {})
}

/** Closes every file that is still open; called when a run ends. */
export async function closeTrees(): Promise<void> {
  for (const key of [...open.keys()]) await closeTree(key)
}
