/** ROOT files of histograms, for fitters and for people with ROOT: a TFile with 32-bit positions, ZLIB blocks and the
 *  descriptions of its classes. Formats: ROOT's TFile, TKey 4, TDirectory 5.
 *
 *  The bytes:  header | top folder | folders and histograms | class descriptions | key lists | free list */
import type { Hash } from 'node:crypto'
import { createRequire } from 'node:module'
import { UsageError } from '../../core/errors.js'
import type { Hist } from '../../hist/index.js'
import { RootBuffer } from './buffer.js'
import { type Graph, graphRecord } from './graph.js'
import { type Key, keyBytes, keyLength, packRecord } from './key.js'
import { histRecord, type Precision, rootClass } from './object.js'
import { type OptionalClass, streamerInfoRecord } from './streamers.js'

/** A histogram and its path in the file: folders and name, "pt/barrel/passing". */
export interface NamedHist {
  readonly path: string
  readonly hist: Hist
  /** single: a TH2F, for a histogram of two axes. Default: double. */
  readonly precision?: Precision
}

/** A graph and its path in the file. */
export interface NamedGraph {
  readonly path: string
  readonly graph: Graph
}

/** The bytes of a ROOT file with the histograms, in their order, and the graphs. `name` is the file's name, which ROOT keeps inside. The same
 *  histograms give the same bytes. Throws UsageError where a histogram has more than three axes, two of them share a path, a
 *  path has an empty part, or the file exceeds 2 GB. */
export function rootHistsFile(
  hists: readonly NamedHist[],
  name: string,
  graphs: readonly NamedGraph[] = [],
): Uint8Array {
  return new FileWriter(name).write(hists, graphs)
}

const BEGIN = 100
/** ROOT 6.22: the format has not changed since. */
const VERSION = 62206
const ZLIB_LEVEL_1 = 101
const MAX_BYTES = 2 ** 31 - 1
/** What the free list says that ROOT may extend the file to without 64-bit positions. */
const LAST_FREE_BYTE = 2000000000

interface Folder {
  readonly key: Pick<Key, 'className' | 'name' | 'title'>
  readonly seek: number
  /** Position of the fields that are known only at the end: length of the key list, and 12 bytes on its position. */
  readonly patchAt: number
  /** The keys of what is in it. */
  readonly keys: Uint8Array[]
}

interface Place {
  readonly seek: number
  readonly bytes: number
}

class FileWriter {
  private readonly out = new RootBuffer()
  private readonly folders = new Map<string, Folder>()
  private readonly paths = new Set<string>()
  private readonly uuidPlaces: number[] = []
  private readonly name: string

  constructor(name: string) {
    this.name = name
  }

  write(hists: readonly NamedHist[], graphs: readonly NamedGraph[]): Uint8Array {
    this.out.raw(Buffer.alloc(BEGIN))
    this.addFolder('', null)
    for (const hist of hists) this.addHist(hist)
    for (const { path, graph } of graphs) {
      this.addObject(path, 'TGraphErrors', graph.title, name => graphRecord(graph, name))
    }
    const optional = new Set<OptionalClass>([
      ...(hists.some(({ precision }) => precision === 'single') ? ['TH2F' as const] : []),
      ...(graphs.length > 0 ? ['TGraphErrors' as const] : []),
    ])
    const infoKey = {
      className: 'TList',
      name: 'StreamerInfo',
      title: 'Doubly linked list',
      folderSeek: BEGIN,
    }
    const info = this.addRecord(infoKey, streamerInfoRecord(keyLength(infoKey), optional), null, true)
    for (const folder of this.folders.values()) this.addKeyList(folder)
    return this.finish(info, this.addFreeList())
  }

  private addHist({ path, hist, precision = 'double' }: NamedHist): void {
    this.addObject(path, rootClass(hist, path, precision), '', name => histRecord(hist, name, precision))
  }

  private addObject(path: string, className: string, title: string, record: (name: string) => Uint8Array): void {
    const parts = path.split('/')
    if (parts.includes('')) throw wrongPath(path, 'has a part without a name')
    if (this.paths.has(path) || this.folders.has(path)) throw wrongPath(path, 'is there twice')
    this.paths.add(path)
    const name = parts.pop()!
    const folder = this.folder(parts.join('/'))
    this.addRecord({ className, name, title, folderSeek: folder.seek }, record(name), folder, true)
  }

  /** The folder of a path, made with its parents where it is not there yet. */
  private folder(path: string): Folder {
    const known = this.folders.get(path)
    if (known !== undefined) return known
    if (this.paths.has(path)) throw wrongPath(path, 'is both a histogram and a folder')
    return this.addFolder(path, this.folder(path.slice(0, Math.max(path.lastIndexOf('/'), 0))))
  }

  private addFolder(path: string, parent: Folder | null): Folder {
    const name = parent === null ? this.name : path.slice(path.lastIndexOf('/') + 1)
    const key = { className: parent === null ? 'TFile' : 'TDirectoryFile', name, title: parent === null ? '' : name }
    const seek = this.out.length
    const record = new RootBuffer()
    if (parent === null) for (const text of [name, '']) record.string(text)
    const nameBytes = keyLength(key) + record.length
    record.i16(5)
    record.u32(DATE, DATE)
    const patchAt = seek + keyLength(key) + record.length
    record.i32(0, nameBytes, seek, parent?.seek ?? 0, 0)
    this.uuidPlaces.push(seek + keyLength(key) + record.length)
    record.raw(NO_UUID)
    record.i32(0, 0, 0) // room for 64-bit positions
    const folder = { key, seek, patchAt, keys: [] }
    this.addRecord({ ...key, folderSeek: parent?.seek ?? 0 }, record.written(), parent)
    this.folders.set(path, folder)
    return folder
  }

  private addKeyList(folder: Folder): void {
    const record = new RootBuffer()
    record.i32(folder.keys.length)
    for (const key of folder.keys) record.raw(key)
    const { seek, bytes } = this.addRecord({ ...folder.key, folderSeek: folder.seek }, record.written())
    this.out.patchI32(folder.patchAt, bytes)
    this.out.patchI32(folder.patchAt + 16, seek)
  }

  private addFreeList(): Place {
    const key = { className: 'TFile', name: this.name, title: '', folderSeek: BEGIN }
    const record = new RootBuffer()
    const end = this.out.length + keyLength(key) + FREE_LIST_BYTES
    record.i16(1)
    record.i32(end, Math.max(LAST_FREE_BYTE, end))
    return this.addRecord(key, record.written())
  }

  private finish(info: Place, free: Place): Uint8Array {
    const header = new RootBuffer()
    const top = this.folders.get('')!.key
    header.raw(Buffer.from('root'))
    header.i32(VERSION, BEGIN, this.out.length, free.seek, free.bytes, 1)
    header.i32(keyLength(top) + Buffer.byteLength(this.name) + 2)
    header.u8(4) // bytes of a position
    header.i32(ZLIB_LEVEL_1, info.seek, info.bytes)
    this.uuidPlaces.push(header.length)
    const file = this.out.written()
    file.set(header.written())
    // uproot and ROOT keep what they have read under the file's identity, so no two contents may share one.
    const uuid = Buffer.concat([Buffer.of(0, 1), sha1Hash().update(file).digest().subarray(0, 16)])
    for (const at of this.uuidPlaces) file.set(uuid, at)
    return file
  }

  /** Appends a record, compressed where that is asked for and makes it smaller; its key goes into the folder's list, too. */
  private addRecord(key: Key, object: Uint8Array, folder: Folder | null = null, compressed = false): Place {
    const seek = this.out.length
    const payload = compressed ? packRecord(object) : object
    if (seek + payload.length > MAX_BYTES) throw wrongPath(key.name, 'does not fit into a ROOT file of 2 GB')
    const head = keyBytes(key, seek, payload.length, object.length, DATE)
    this.out.raw(head)
    this.out.raw(payload)
    folder?.keys.push(head)
    return { seek, bytes: head.length + payload.length }
  }
}

/** 1 January 1995, the first day that ROOT can name: times would make equal contents different files. */
const DATE = (1 << 22) | (1 << 17)
const NO_UUID = Buffer.alloc(18)
const FREE_LIST_BYTES = 10

function wrongPath(path: string, problem: string): UsageError {
  return new UsageError([{ place: path === '' ? 'histogram' : path, message: `${problem}. Rename or split it.` }])
}

/** Loaded when the first file is written: node:crypto takes 6 ms, which every program that has this folder would wait for. */
function sha1Hash(): Hash {
  const crypto = createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto')
  return crypto.createHash('sha1')
}
