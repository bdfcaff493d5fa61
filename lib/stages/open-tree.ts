/** Opening inputs, and keeping them open: the one place that knows which kinds of files there are. */
import { isRemote } from '../bytes/address.js'
import { fileKind } from '../core/file-kind.js'
import { shared } from '../core/shared.js'
import type { Column, Layout } from '../core/types.js'
import { openRootFile, type ReadOptions } from '../root/index.js'

/** A file of events that is open. */
export interface EventFile {
  /** null where the format has none. */
  readonly uuid: string | null
  readonly source: { readonly isSlow: boolean; readonly latencyMs: number; size(): Promise<number> }
  close(): Promise<void>
}

/** The events in it: a tree of a ROOT file, or the rows of a Parquet file. */
export interface EventTree extends Layout {
  readonly entries: number
  /** Columns of entries [start, stop), by name; `options` as of a ROOT tree. Throws DataError. */
  read(names: readonly string[], start: number, stop: number, options?: ReadOptions): Promise<Map<string, Column>>
  /** Asks for the bytes of a range that will be read next. Gives false where enough bytes are under way already. */
  readAhead?(names: readonly string[], start: number, stop: number): boolean
  /** Compression of each branch's first basket; null for a branch without one. Only of trees. */
  compressions?(names: readonly string[]): Promise<Map<string, string | null>>
}

export interface OpenTree {
  readonly file: EventFile
  readonly tree: EventTree
}

/** Trees kept open: the next chunk, or the next pass, often needs the same file again. */
const OPEN_TREES = 2
/** Of distant files more, since they are opened long before they are read. One of 2,656 branches takes 3 MB. */
const OPEN_DISTANT_TREES = 20

interface Kept {
  readonly opening: Promise<OpenTree>
  readonly isDistant: boolean
  /** Those that read from it now: it stays open as long. */
  users: number
  isOpen: boolean
  /** Nobody has read from it yet: it was opened ahead. */
  isUnused: boolean
}

const kept = shared('open trees', () => new Map<string, Kept>())

/** The tree of a file, opened or still open from before. Parquet files have no trees: the name is not looked at. Failures are
 *  not kept. The second tree opened after it may close it: use `withTree` where others may open trees meanwhile. Throws DataError. */
export async function openTree(path: string, treeName: string): Promise<OpenTree> {
  return withTree(path, treeName, opened => opened)
}

/** What `work` makes of the tree, which stays open until then. isAhead: others will read from it, and are to meet its failure.
 *  Throws as `openTree` and `work` do. */
export async function withTree<T>(
  path: string,
  treeName: string,
  work: (opened: OpenTree) => T | Promise<T>,
  { isAhead = false }: { readonly isAhead?: boolean } = {},
): Promise<T> {
  const tree = keep(path, treeName)
  if (!isAhead && tree.isUnused) {
    tree.isUnused = false
    forgetFailure(keyOf(path, treeName), tree)
  }
  tree.users++
  try {
    await closeOldest(tree.isDistant)
    return await work(await tree.opening)
  } finally {
    tree.users--
  }
}

function keyOf(path: string, treeName: string): string {
  return `${path}:${treeName}`
}

function keep(path: string, treeName: string): Kept {
  const key = keyOf(path, treeName)
  const known = kept.get(key)
  if (known !== undefined) {
    kept.delete(key)
    kept.set(key, known)
    return known
  }
  const opening = fileKind(path) === 'parquet' ? openParquetRows(path) : openRootTree(path, treeName)
  const tree = { opening, isDistant: isRemote(path), users: 0, isOpen: false, isUnused: true }
  kept.set(key, tree)
  opening.then(
    () => {
      tree.isOpen = true
    },
    () => {},
  )
  forgetFailure(key, tree)
  return tree
}

/** A failure is met once by who reads: opening a file of a server that does not answer takes long. */
function forgetFailure(key: string, tree: Kept): void {
  tree.opening.catch(() => {
    if (!tree.isUnused && kept.get(key) === tree) kept.delete(key)
  })
}

/** The longest unused first. Those that were opened ahead have not been used at all, and stay. */
async function closeOldest(isDistant: boolean): Promise<void> {
  const alike = [...kept].filter(([, tree]) => tree.isDistant === isDistant)
  let excess = alike.length - (isDistant ? OPEN_DISTANT_TREES : OPEN_TREES)
  for (const [key, { users, isUnused }] of alike) {
    if (excess <= 0) break
    if (users > 0 || (isDistant && isUnused)) continue
    await closeTree(key)
    excess--
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
  const closing = tree?.opening.then(o => o.file.close()).catch(() => {})
  // One whose server does not answer is closed whenever it has been opened: nobody waits for that.
  if (tree?.isOpen !== false) await closing
}

/** Closes every file that is still open; called when a run ends. */
export async function closeTrees(): Promise<void> {
  for (const key of [...kept.keys()]) await closeTree(key)
}
