/** Opening inputs, and keeping them open: the one place that knows which kinds of files there are. */
import { fileKind } from '../core/file-kind.js'
import { shared } from '../core/shared.js'
import type { Column, Layout } from '../core/types.js'
import { openRootFile, type ReadOptions } from '../root/index.js'

/** A file of events that is open. */
export interface EventFile {
  /** null where the format has none. */
  readonly uuid: string | null
  readonly source: { readonly isSlow: boolean; size(): Promise<number> }
  close(): Promise<void>
}

/** The events in it: a tree of a ROOT file, or the rows of a Parquet file. */
export interface EventTree extends Layout {
  readonly entries: number
  /** Columns of entries [start, stop), by name; `options` as of a ROOT tree. Throws DataError. */
  read(names: readonly string[], start: number, stop: number, options?: ReadOptions): Promise<Map<string, Column>>
  /** Asks for the bytes of a range that will be read next. */
  readAhead?(names: readonly string[], start: number, stop: number): void
  /** Compression of each branch's first basket; null for a branch without one. Only of trees. */
  compressions?(names: readonly string[]): Promise<Map<string, string | null>>
}

export interface OpenTree {
  readonly file: EventFile
  readonly tree: EventTree
}

/** Trees kept open: the next chunk, or the next pass, often needs the same file again. */
const OPEN_TREES = 2

interface Kept {
  readonly opening: Promise<OpenTree>
  /** Those that read from it now: it stays open as long. */
  users: number
}

const kept = shared('open trees', () => new Map<string, Kept>())

/** The tree of a file, opened or still open from before. Parquet files have no trees: the name is not looked at. Failures are
 *  not kept. The second tree opened after it may close it: use `withTree` where others may open trees meanwhile. Throws DataError. */
export async function openTree(path: string, treeName: string): Promise<OpenTree> {
  return withTree(path, treeName, opened => opened)
}

/** What `work` makes of the tree, which stays open until then. Throws as `openTree` and `work` do. */
export async function withTree<T>(
  path: string,
  treeName: string,
  work: (opened: OpenTree) => T | Promise<T>,
): Promise<T> {
  const tree = keep(path, treeName)
  tree.users++
  try {
    await closeOldest()
    return await work(await tree.opening)
  } finally {
    tree.users--
  }
}

function keep(path: string, treeName: string): Kept {
  const key = `${path}:${treeName}`
  const known = kept.get(key)
  if (known !== undefined) {
    kept.delete(key)
    kept.set(key, known)
    return known
  }
  const opening = fileKind(path) === 'parquet' ? openParquetRows(path) : openRootTree(path, treeName)
  const tree = { opening, users: 0 }
  kept.set(key, tree)
  opening.catch(() => kept.delete(key))
  return tree
}

async function closeOldest(): Promise<void> {
  for (const [key, { users }] of [...kept]) {
    if (kept.size <= OPEN_TREES) break
    if (users === 0) await closeTree(key)
  }
}

async function openRootTree(path: string, treeName: string): Promise<OpenTree> {
  const file = await openRootFile(path)
  try {
    return { file, tree: await file.tree(treeName) }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function openParquetRows(path: string): Promise<OpenTree> {
  // Loaded where it is needed: most jobs read ROOT files only.
  const { openParquet } = await import('../formats/parquet/input.js')
  const file = await openParquet(path)
  return { file, tree: file }
}

async function closeTree(key: string): Promise<void> {
  const tree = kept.get(key)
  kept.delete(key)
  await tree?.opening.then(o => o.file.close()).catch(() => {})
}

/** Closes every file that is still open; called when a run ends. */
export async function closeTrees(): Promise<void> {
  for (const key of [...kept.keys()]) await closeTree(key)
}
