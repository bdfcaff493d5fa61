/** A TTree: its branches, and entry ranges of them as columns. */
import type { ByteSource } from '../../bytes/source.js'
import { DataError, nearestHint } from '../../core/errors.js'
import type { BranchInfo, Column } from '../../core/types.js'
import { checkRange } from '../entries.js'
import type { Key } from '../key.js'
import { ObjectBuffer } from '../object-buffer.js'
import type { ReadAhead } from '../read-ahead.js'
import { ReadBuffers } from '../read-buffers.js'
import { expandRecord } from '../record.js'
import { RestCache } from '../rest-cache.js'
import { type InfoPlace, readStreamers, type StreamerInfos } from '../streamers.js'
import type { BranchDescription, BranchStorage, ReadOptions, Tree } from '../tree-interface.js'
import type { BasketIndex } from './basket-index.js'
import { type ReadableBranch, readableBranch } from './branch.js'
import { type BranchRecord, readBranch } from './branch-record.js'
import { firstCompressions } from './compressions.js'
import { readAhead, readColumns, type TreeAccess } from './read-columns.js'
import { type TreeColumns, treeColumns } from './tree-columns.js'
import { needsStreamers, readTree, TREE_CLASSES, type TreeRecord } from './tree-record.js'
import type { FriendName } from './tree-relations.js'

/** Bytes of half-used baskets that a tree keeps for the next range. */
const MAX_REST_BYTES = 64 * 1024 * 1024
/** For the trees' records, of about 1 MB each: as garbage of V8's they would make it mark its whole heap every 40 files. */
const RECORDS = new ReadBuffers()

/** One TTree of an open file. As a Layout it knows its branches; each is parsed when it is first asked for. */
export class TTree implements Tree {
  readonly kind = 'TTree'
  readonly path: string
  readonly cycle: number
  readonly title: string
  readonly entries: number
  /** Of the top-level branches, in the tree's order, unsupported ones included. */
  readonly names: readonly string[]
  readonly groups: ReadonlySet<string>
  readonly hasIndex: boolean
  /** Trees whose columns belong to the same entries. */
  readonly friends: readonly FriendName[]
  readonly #columns: TreeColumns
  readonly #streamers: StreamerInfos | null
  readonly #objects: ObjectBuffer
  readonly #source: ByteSource
  readonly #records = new Map<string, BranchRecord>()
  readonly #readable = new Map<string, ReadableBranch>()
  readonly #rests = new RestCache(MAX_REST_BYTES)
  readonly #buffers: ReadBuffers
  #clusters: readonly number[] | null = null
  /** By the first entry of the range. */
  readonly #ahead = new Map<number, ReadAhead>()

  /** Use RootFile.tree. */
  constructor(source: ByteSource, buffers: ReadBuffers, path: string, key: Key, parsed: ParsedTree) {
    const { objects, record, columns, streamers } = parsed
    this.#source = source
    this.#buffers = buffers
    this.#objects = objects
    this.#columns = columns
    this.#streamers = streamers
    this.path = path
    this.cycle = key.cycle
    this.title = record.title
    this.entries = record.entries
    this.names = columns.names
    this.groups = columns.groups
    this.hasIndex = record.hasIndex
    this.friends = record.friends
  }

  close(): void {
    for (const ahead of this.#ahead.values()) ahead.release()
    this.#ahead.clear()
    const { buffer } = this.#objects.release()
    RECORDS.give(Buffer.from(buffer))
  }

  has(name: string): boolean {
    return this.#columns.has(name)
  }

  branch(name: string): BranchInfo | undefined {
    return this.has(name) ? this.#read(name).info : undefined
  }

  describe(name: string): BranchDescription {
    const { title, leaves } = this.#branchRecord(name)
    const { width } = this.#read(name).info
    return { title, shape: fixedShape(leaves[this.#columns.place(name)!.leaf ?? 0]?.title ?? '', width) }
  }

  /** Where the branch's baskets are. Also for branches whose values cannot be read. Throws DataError 'KeyError' where
   *  there is no such branch. */
  baskets(name: string): BasketIndex {
    return this.#branchRecord(name).baskets
  }

  async storage(names: readonly string[]): Promise<Map<string, BranchStorage>> {
    const compressions = await this.compressions(names)
    const storageOf = (name: string) => ({ parts: this.baskets(name).count, compression: compressions.get(name)! })
    return new Map(names.map(name => [name, storageOf(name)]))
  }

  async compressions(names: readonly string[]): Promise<Map<string, string | null>> {
    const indexes = names.map(name => this.baskets(name))
    const found = await firstCompressions(this.#source, indexes, this.#objects.place)
    return new Map(names.map((name, k) => [name, found[k]!]))
  }

  /** Entries at which all branches begin a basket. As uproot's common_entry_offsets. */
  async clusters(): Promise<readonly number[]> {
    this.#clusters ??= this.#commonStarts()
    return this.#clusters
  }

  async read(
    names: readonly string[],
    start: number,
    stop: number,
    options: ReadOptions = {},
  ): Promise<Map<string, Column>> {
    checkRange(start, stop, this.entries, this.#objects.place)
    const ahead = this.#ahead.get(start) ?? null
    this.#ahead.delete(start)
    return readColumns(this.#access(), names, start, stop, options, ahead)
  }

  readAhead(names: readonly string[], start: number, stop: number): boolean {
    this.#drop(start)
    try {
      checkRange(start, stop, this.entries, this.#objects.place)
      const ahead = readAhead(this.#access(), names, start, stop)
      if (ahead === null) return false
      this.#ahead.set(start, ahead)
    } catch (error) {
      if (!(error instanceof DataError)) throw error
    }
    return true
  }

  #drop(start: number): void {
    this.#ahead.get(start)?.release()
    this.#ahead.delete(start)
  }

  #access(): TreeAccess {
    return {
      source: this.#source,
      record: this.#objects.bytes,
      has: name => this.has(name),
      readable: name => this.#read(name),
      rests: this.#rests,
      buffers: this.#buffers,
    }
  }

  #read(name: string): ReadableBranch {
    let branch = this.#readable.get(name)
    if (branch === undefined) {
      branch = readableBranch({
        name,
        record: this.#branchRecord(name),
        leaf: this.#columns.place(name)!.leaf,
        place: `${this.#objects.place} > ${name}`,
        columnAt: position => this.#columns.nameAt(position, this.#columns.place(name)!.position),
        counterOf: leaf => this.#branchOfLeaf(leaf),
        streamers: this.#streamers,
      })
      this.#readable.set(name, branch)
    }
    return branch
  }

  #branchRecord(name: string): BranchRecord {
    let record = this.#records.get(name)
    if (record === undefined) {
      const place = this.#columns.place(name)
      if (place === undefined) {
        const problem = `branch ${JSON.stringify(name)} not found.${nearestHint(name, this.names)}`
        throw new DataError('KeyError', `${this.#objects.place}: ${problem}`)
      }
      record = readBranch(this.#objects, place.position, name)
      this.#records.set(name, record)
    }
    return record
  }

  /** Nearly always the branch has its leaf's name. Where there is none, whoever reads the branch is told. */
  #branchOfLeaf(leaf: string): string {
    if (this.has(leaf)) return leaf
    const found = this.names.find(name => !this.groups.has(name) && this.#branchRecord(name).leaves[0]?.name === leaf)
    return found ?? leaf
  }

  #commonStarts(): number[] {
    let common: Set<number> | null = null
    for (const name of this.names) {
      const { count, firstEntry } = this.baskets(name)
      if (count === 0) continue
      const own = new Set(firstEntry)
      const both: Set<number> = common ?? own
      common = new Set([...both].filter(entry => own.has(entry)))
    }
    return common === null ? [0] : [...common].sort((a, b) => a - b)
  }
}

/** The dimensions in the leaf's title where they make up the width that the file gives as a number: "x[2][3]" -> [2, 3], "x" -> []. */
function fixedShape(leafTitle: string, width: number): number[] {
  const sizes = [...leafTitle.matchAll(/\[(\d+)\]/g)].map(match => Number(match[1]))
  return sizes.reduce((product, size) => product * size, 1) === width ? sizes : [width]
}

interface ParsedTree {
  readonly objects: ObjectBuffer
  readonly record: TreeRecord
  readonly columns: TreeColumns
  /** null where nothing is to be looked up in it. */
  readonly streamers: StreamerInfos | null
}

/** Reads the tree that `key` describes. `ends`: the source, with what is known of it already. `path`: its path in the file;
 *  `classes`: where the file describes its classes. */
export async function openTree(
  source: ByteSource,
  ends: ByteSource,
  buffers: ReadBuffers,
  path: string,
  key: Key,
  classes: InfoPlace,
): Promise<TTree> {
  const place = `${source.name} > ${path}`
  const record = await ends.readAt(key.position, key.totalBytes)
  const object = expandRecord(record, key.headerBytes, key.totalBytes, key.objectBytes, place)
  // The expanded object may lie in a decoder's memory; the tree lives on.
  const bytes = RECORDS.take(object.length).subarray(0, object.length)
  bytes.set(object)
  const objects = new ObjectBuffer(bytes, key.headerBytes, place)
  const start = TREE_CLASSES.get(key.className) ?? 0
  let streamers = needsStreamers(objects, start) ? await readStreamers(ends, classes) : null
  const tree = readTree(objects, start, streamers)
  const columns = treeColumns(objects, tree)
  if (columns.needsStreamers) streamers ??= await readStreamers(ends, classes)
  return new TTree(source, buffers, path, key, { objects, record: tree, columns, streamers })
}
