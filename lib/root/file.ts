/** A ROOT file: what is in it, in all folders, and its trees. */
import { openSource } from '../bytes/open.js'
import type { ByteSource, Counters } from '../bytes/source.js'
import { remoteWarnings } from '../bytes/warnings.js'
import { DataError, nearestHint } from '../core/errors.js'
import { type FileHeader, readDirectory, readFileHeader } from './directory.js'
import { type GuessedEnds, guessEnds } from './guessed-ends.js'
import type { Key } from './key.js'
import { ReadBuffers } from './read-buffers.js'
import { type RecoveredKeys, recoverKeys } from './recover.js'
import { type Friend, FriendTree } from './tree/friend-tree.js'
import { openTree, TTree } from './tree/tree.js'
import { TREE_CLASSES as TTREE_CLASSES } from './tree/tree-record.js'
import type { Tree } from './tree-interface.js'

const NTUPLE_CLASS = 'ROOT::RNTuple'
/** Classes of trees that can be read. */
const TREE_CLASSES: ReadonlySet<string> = new Set([...TTREE_CLASSES.keys(), NTUPLE_CLASS])
const FOLDER_CLASSES: ReadonlySet<string> = new Set(['TDirectory', 'TDirectoryFile'])
/** Shared by all files: a pass over many reads one at a time. */
const BUFFERS = new ReadBuffers()
/** Folders deeper than this are a loop in a damaged file. */
const MAX_DEPTH = 32

/** An object in a file. */
export interface KeyInfo {
  /** With the folders it is in: "dir/Events". */
  readonly path: string
  readonly cycle: number
  readonly className: string
  readonly title: string
}

interface FoundKey {
  readonly path: string
  readonly key: Key
}

/** An open ROOT file. */
export class RootFile {
  readonly #source: ByteSource
  readonly #ends: GuessedEnds
  readonly #header: FileHeader
  readonly #top: readonly Key[]
  readonly #trees = new Map<Key, Promise<Tree>>()
  /** Trees with their friends. */
  readonly #joined = new Map<TTree, Tree>()
  /** Of a file that was not closed. */
  #lost: RecoveredKeys | null
  #all: Promise<readonly FoundKey[]> | null = null

  /** Use openRootFile. */
  constructor(
    source: ByteSource,
    ends: GuessedEnds,
    header: FileHeader,
    top: readonly Key[],
    lost: RecoveredKeys | null = null,
  ) {
    this.#source = source
    this.#ends = ends
    this.#header = header
    this.#top = top
    this.#lost = lost
  }

  /** Path or URL as it was given. */
  get name(): string {
    return this.#source.name
  }

  /** The file's UUID from its header: 8-4-4-4-12 hexadecimal digits. */
  get uuid(): string {
    return this.#header.uuid
  }

  /** Of the ROOT that wrote the file, 62406 for 6.24/06. */
  get version(): number {
    return this.#header.version
  }

  /** Requests made and bytes read so far. */
  get counters(): Counters {
    return this.#source.counters
  }

  /** All objects of the file, those in folders included and every cycle, in the file's order. */
  async keys(): Promise<readonly KeyInfo[]> {
    const found = await this.#allKeys()
    return found.map(({ path, key }) => ({ path, cycle: key.cycle, className: key.className, title: key.title }))
  }

  /** Paths of all trees, in folders too, each once. */
  async treePaths(): Promise<string[]> {
    const found = await this.#allKeys()
    return [...new Set(found.filter(({ key }) => TREE_CLASSES.has(key.className)).map(({ path }) => path))]
  }

  /** The tree at `path`: "Events", "dir/Events", or of a certain cycle "Events;1"; otherwise the highest cycle. A tree is
   *  read once, however often it is asked for.
   *  Throws DataError: 'KeyInFileError' with the nearest names where there is none, 'NotImplementedError' for an RNTuple of a version
   *  before the first. */
  async tree(path: string): Promise<Tree> {
    const { name, cycle } = splitCycle(path.replace(/^\/+/, ''))
    const key = await this.#find(name, cycle)
    if (key === null || !TREE_CLASSES.has(key.className)) throw await this.#noTree(path, key)
    const tree = await this.#opened(name, key)
    return tree instanceof TTree && tree.friends.length > 0 ? this.#withFriends(tree) : tree
  }

  /** The object at the path, of the highest cycle where none is asked for; null: there is none. */
  async #find(path: string, cycle: number | null): Promise<Key | null> {
    const keys = path.includes('/') ? await this.#allKeys() : this.#top.map(key => ({ path: key.name, key }))
    let best: Key | null = null
    for (const found of keys) {
      const wanted = found.path === path && (cycle === null || found.key.cycle === cycle)
      if (wanted && (best === null || found.key.cycle > best.cycle)) best = found.key
    }
    return best
  }

  #opened(path: string, key: Key): Promise<Tree> {
    let tree = this.#trees.get(key)
    if (tree === undefined) {
      tree = key.className === NTUPLE_CLASS ? this.#openNtuple(path, key) : this.#openTree(path, key)
      this.#trees.set(key, tree)
      tree.then(this.#ends.forget, this.#ends.forget)
    }
    return tree
  }

  /** The tree with the columns of its friends in this file. A friend with an index is left out: its entries are not those of the
   *  same numbers. */
  async #withFriends(tree: TTree): Promise<Tree> {
    const known = this.#joined.get(tree)
    if (known !== undefined) return known
    const friends: Friend[] = []
    const folder = tree.path.slice(0, tree.path.lastIndexOf('/') + 1)
    for (const { name, tree: path } of tree.friends) {
      const inFolder = await this.#find(folder + path, null)
      const key = inFolder ?? (await this.#find(path, null))
      if (key === null || !TTREE_CLASSES.has(key.className)) continue
      const friend = await this.#opened(inFolder === null ? path : folder + path, key)
      if (friend !== tree && !(friend as TTree).hasIndex) friends.push({ name, tree: friend })
    }
    const joined = friends.length === 0 ? tree : new FriendTree(tree, friends)
    this.#joined.set(tree, joined)
    return joined
  }

  #openTree(path: string, key: Key): Promise<Tree> {
    return openTree(this.#source, this.#ends.source, BUFFERS, path, key, this.#header.streamers)
  }

  async #openNtuple(path: string, key: Key): Promise<Tree> {
    // Loaded where a file holds one: most hold TTrees.
    const { openRNTuple } = await import('./rntuple/open.js')
    return openRNTuple(this.#source, this.#ends.source, BUFFERS, path, key)
  }

  /** The file's bytes; the file stays the owner. */
  get source(): ByteSource {
    return this.#source
  }

  /** Ends reading; the file's trees are not to be used any more. Closing twice is allowed. */
  async close(): Promise<void> {
    const trees = [...this.#trees.values()]
    this.#trees.clear()
    await this.#source.close()
    for (const tree of trees) await tree.then(opened => opened.close()).catch(() => {})
  }

  async #noTree(path: string, key: Key | null): Promise<DataError> {
    if (key?.className.endsWith('RNTuple')) {
      const problem = `${JSON.stringify(path)} is a ${key.className}, an RNTuple from before version 1.0, and cannot be read. Write it with ROOT 6.34 or later.`
      return new DataError('NotImplementedError', `${this.name}: ${problem}`)
    }
    if (key !== null) {
      return new DataError(
        'KeyInFileError',
        `${this.name}: ${JSON.stringify(path)} is not a tree but a ${key.className}.`,
      )
    }
    const trees = await this.treePaths()
    const all = trees.length === 0 ? ' The file has no trees.' : ` Trees: ${trees.join(', ')}.`
    const problem = `tree ${JSON.stringify(path)} not found.${nearestHint(path, trees)}${all}`
    return new DataError('KeyInFileError', `${this.name}: ${problem}`)
  }

  #allKeys(): Promise<readonly FoundKey[]> {
    this.#all ??= this.#walk(this.#top, '', 0)
    return this.#all
  }

  /** Keys of a folder without a list of them. The record of such a list has the folder's own name. */
  async #recovered({ position, name }: Key): Promise<readonly Key[]> {
    this.#lost ??= await recoverKeys(this.#ends.source, this.#header.begin)
    const keys = this.#lost.byDirectory.get(position) ?? []
    return keys.filter(key => !(FOLDER_CLASSES.has(key.className) && key.name === name))
  }

  async #walk(keys: readonly Key[], prefix: string, depth: number): Promise<readonly FoundKey[]> {
    const found: FoundKey[] = []
    for (const key of keys) {
      const path = prefix + key.name
      found.push({ path, key })
      if (!FOLDER_CLASSES.has(key.className)) continue
      const place = `${this.name} > ${path}`
      if (depth === MAX_DEPTH) throw new DataError('DeserializationError', `${place}: folders are nested without end.`)
      const inside =
        (await readDirectory(this.#ends.source, key.position + key.headerBytes, place)) ?? (await this.#recovered(key))
      found.push(...(await this.#walk(inside, `${path}/`, depth + 1)))
    }
    return found
  }
}

/** Opens a ROOT file: a local path, or any byte source. `close` it when done, which also closes the source.
 *  Throws DataError: FileNotFoundError and its kin for a path that cannot be opened, 'OSError' for a truncated file,
 *  'ValueError' for a file that is not ROOT's. */
export async function openRootFile(file: string | ByteSource): Promise<RootFile> {
  const source = typeof file === 'string' ? await openSource(file) : file
  try {
    const ends = await guessEnds(source)
    const { header, head } = await readFileHeader(ends.source)
    const top = await readDirectory(ends.source, header.directoryAt, source.name, head)
    if (top !== null) return new RootFile(source, ends, header, top)
    const lost = await recoverKeys(ends.source, header.begin)
    const found = lost.byDirectory.get(header.begin) ?? []
    if (found.length === 0) throw nothingRecovered(source.name)
    const keys = found.map(key => `${key.name};${key.cycle}`).join(', ')
    remoteWarnings.add(`${source.name}: was not closed properly: ${keys} recovered. Events may be missing.`)
    return new RootFile(source, ends, { ...header, streamers: lost.streamers }, found, lost)
  } catch (error) {
    await source.close()
    throw error
  }
}

function nothingRecovered(name: string): DataError {
  const problem = 'there is no list of keys, and no object that was written whole. The file was not closed properly.'
  return new DataError('OSError', `${name}: ${problem}`)
}

function splitCycle(path: string): { name: string; cycle: number | null } {
  const match = /^(.*);(\d+)$/.exec(path)
  return match === null ? { name: path, cycle: null } : { name: match[1]!, cycle: Number(match[2]) }
}
