/** A minimal writer of ROOT files with TTrees, for tests and benchmarks: flat, fixed-size and jagged branches of every leaf
 *  type, with the baskets, blocks, cycles and folders that a test asks for. Formats: ROOT's TFile, TKey, TDirectory 5, TTree 20.
 *
 *  The bytes:  header | top folder | folders | baskets and trees | streamer info | key lists | free list */
import { readFileSync } from 'node:fs'
import { loadZstdCompress } from '../../lib/codecs/index.js'
import type { DType, Values } from '../../lib/core/types.js'
import { makeBasket, type StoredBasket } from './root-basket.js'
import { RootBuffer } from './root-buffer.js'
import { type Compression, compress } from './root-compress.js'
import { type Key, keyBytes, writeKey, writeSeek } from './root-key.js'
import { serializeTree } from './root-tree.js'

export interface BranchSpec {
  readonly name: string
  readonly dtype: DType
  readonly values: Values
  /** Values an entry, or an element of a jagged branch, for arrays of fixed size. */
  readonly width?: number
  /** For a jagged branch: the branch that counts, and where each entry's values begin (one more than there are entries). */
  readonly counter?: string
  readonly offsets?: Int32Array
  /** Class of a branch whose entries are vectors, as "vector<float>"; with offsets and without a counter. */
  readonly vector?: string
  /** Its branch is of version 1 of TBranchElement, as Geant4 writes. */
  readonly isFirstVersion?: boolean
  /** First entry of each basket; default: one basket. */
  readonly baskets?: readonly number[]
  /** The last basket stands in the tree's record, as ROOT leaves one that it has not flushed. */
  readonly embedLast?: boolean
  /** With it, an empty one behind it, as old versions of ROOT left there. */
  readonly leavesEmpty?: boolean
  readonly compression?: Compression
}

export interface TreeSpec {
  /** Folders and name: `Events`, `a/b/Events`. The second tree of one path becomes cycle 2. */
  readonly path: string
  readonly entries: number
  readonly branches: readonly BranchSpec[]
}

export interface FileOptions {
  readonly compression?: Compression
  /** Largest number of uncompressed bytes in a block. */
  readonly blockBytes?: number
  /** Header and keys with 64-bit positions, as in files over 2 GB. */
  readonly big?: boolean
}

const BEGIN = 100
const VERSION = 62206
/** Added to the version where positions take 64 bits. */
const BIG = 1000000
const UUID = Buffer.from([0, 1, ...new Array(16).fill(0)])
const FILE_NAME = 'test.root'

interface Folder {
  /** Its key without what a key says of its place. */
  readonly key: Pick<Key, 'className' | 'name' | 'title'>
  readonly seek: number
  /** Where the fields begin that are known only at the end: length and position of its key list. */
  readonly patchAt: number
  /** The keys of what is in it. */
  readonly keys: Uint8Array[]
}

interface Place {
  readonly seek: number
  readonly bytes: number
}

/** The bytes of a file that holds the trees. */
export async function rootFile(trees: readonly TreeSpec[], options: FileOptions = {}): Promise<Buffer> {
  await loadZstdCompress()
  return new Writer(options).write(trees)
}

class Writer {
  private readonly out = new RootBuffer()
  private readonly folders = new Map<string, Folder>()
  private readonly options: FileOptions
  private readonly big: boolean

  constructor(options: FileOptions) {
    this.options = options
    this.big = options.big === true
  }

  write(trees: readonly TreeSpec[]): Buffer {
    this.out.raw(Buffer.alloc(BEGIN))
    this.addFolder('', null)
    const cycles = new Map<string, number>()
    for (const tree of trees) {
      const cycle = (cycles.get(tree.path) ?? 0) + 1
      cycles.set(tree.path, cycle)
      this.addTree(tree, cycle)
    }
    const record = streamerInfo()
    const infoKey = { className: 'TList', name: 'StreamerInfo', title: 'Doubly linked list', folderSeek: BEGIN }
    const info = this.addRecord(infoKey, record)
    for (const folder of this.folders.values()) this.addKeyList(folder)
    return this.finish(info, this.addFreeList())
  }

  /** The folder of the path, made with its parents where it is not there yet. */
  private folder(path: string): Folder {
    const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
    return this.folders.get(path) ?? this.addFolder(path, this.folder(parent))
  }

  private addFolder(path: string, parent: Folder | null): Folder {
    const top = parent === null
    const name = top ? FILE_NAME : path.slice(path.lastIndexOf('/') + 1)
    const key = { className: top ? 'TFile' : 'TDirectoryFile', name, title: '' }
    const seek = this.out.length
    const record = new RootBuffer()
    if (top) for (const text of [name, '']) record.string(text)
    const nameBytes = keyBytes(key, this.big) + record.length
    record.u16(this.big ? 1005 : 5)
    record.i32(0, 0) // times of creation and change
    const patchAt = seek + keyBytes(key, this.big) + record.length
    record.i32(0, nameBytes)
    for (const position of [seek, parent?.seek ?? 0, 0]) writeSeek(record, position, this.big)
    record.raw(UUID)
    if (!this.big) record.i32(0, 0, 0) // room for 64-bit positions
    const folder = { key, seek, patchAt, keys: [] }
    this.addRecord({ ...key, folderSeek: parent?.seek ?? 0 }, record.written(), parent)
    this.folders.set(path, folder)
    return folder
  }

  private addTree(tree: TreeSpec, cycle: number): void {
    const slash = tree.path.lastIndexOf('/')
    const folder = this.folder(tree.path.slice(0, Math.max(slash, 0)))
    const key = { className: 'TTree', name: tree.path.slice(slash + 1), title: '', cycle, folderSeek: folder.seek }
    const stored = tree.branches.map(branch => this.addBaskets(branch, tree.entries, key.name, folder.seek))
    const object = serializeTree(tree, key.name, stored, keyBytes(key, this.big)).written()
    this.addRecord(key, object, folder, this.options.compression)
  }

  private addBaskets(branch: BranchSpec, entries: number, treeName: string, folderSeek: number): StoredBasket[] {
    const starts = branch.baskets ?? (entries > 0 ? [0] : [])
    return starts.map((start, k) => {
      const basket = makeBasket(branch, start, starts[k + 1] ?? entries, treeName, this.big)
      if (branch.embedLast === true && k === starts.length - 1) return { ...basket, seek: 0, bytes: 0 }
      const key = { className: 'TBasket', name: branch.name, title: treeName, folderSeek, header: basket.header }
      const compression = branch.compression ?? this.options.compression
      return { ...basket, ...this.addRecord(key, Buffer.concat([basket.values, basket.offsets]), null, compression) }
    })
  }

  private addKeyList(folder: Folder): void {
    const record = new RootBuffer()
    record.i32(folder.keys.length)
    for (const key of folder.keys) record.raw(key)
    const { seek, bytes } = this.addRecord({ ...folder.key, folderSeek: folder.seek }, record.written())
    this.out.patchI32(folder.patchAt, bytes)
    if (this.big) this.out.patchI64(folder.patchAt + 8 + 16, seek)
    else this.out.patchI32(folder.patchAt + 8 + 8, seek)
  }

  private addFreeList(): Place {
    const key = { className: 'TFile', name: FILE_NAME, title: '', folderSeek: BEGIN }
    const record = new RootBuffer()
    record.u16(this.big ? 1001 : 1)
    writeSeek(record, this.out.length + keyBytes(key, this.big) + (this.big ? 18 : 10), this.big)
    writeSeek(record, 2000000000, this.big)
    return this.addRecord(key, record.written())
  }

  private finish(info: Place, free: Place): Buffer {
    const header = new RootBuffer()
    header.raw(Buffer.from('root'))
    header.i32(this.big ? VERSION + BIG : VERSION, BEGIN)
    for (const position of [this.out.length, free.seek]) writeSeek(header, position, this.big)
    const names = FILE_NAME.length + 2
    header.i32(free.bytes, 1, keyBytes(this.folders.get('')!.key, this.big) + names)
    header.u8(this.big ? 8 : 4)
    header.i32(0) // compression setting
    writeSeek(header, info.seek, this.big)
    header.i32(info.bytes)
    header.raw(UUID)
    const file = this.out.written()
    file.set(header.written())
    return file
  }

  /** Appends a record, packed; its key goes into the folder's list, too. */
  private addRecord(
    key: Key,
    object: Uint8Array,
    folder: Folder | null = null,
    compression: Compression = 'none',
  ): Place {
    const seek = this.out.length
    const payload = compress(object, compression, this.options.blockBytes)
    const head = new RootBuffer()
    writeKey(head, key, this.big, seek, payload.length, object.length)
    this.out.raw(head.written())
    this.out.raw(payload)
    folder?.keys.push(head.written())
    return { seek, bytes: head.length + payload.length }
  }
}

/** The descriptions of TTree and its parts that jsroot wants to find in a file, as a fixture has them. */
function streamerInfo(): Uint8Array {
  const file = readFileSync('fixtures/root/types.root')
  const seek = file.readInt32BE(37)
  const bytes = file.readInt32BE(seek)
  return file.subarray(seek + file.readUInt16BE(seek + 14), seek + bytes)
}
