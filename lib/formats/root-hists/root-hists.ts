/** ROOT files of histograms, for fitters and for people with ROOT: a TFile with 32-bit positions, ZLIB blocks and the
 *  descriptions of its classes. Formats: ROOT's TFile, TKey 4, TDirectory 5.
 *
 *  The bytes:  header | top folder | folders and histograms | class descriptions | key lists | free list */
import { UsageError } from '../../core/errors.js'
import type { Hist } from '../../hist/index.js'
import { packRecord, ZLIB } from '../root-file/blocks.js'
import { RootBuffer } from '../root-file/buffer.js'
import {
  BEGIN,
  FOLDER_BYTES,
  fileHeader,
  folderRecord,
  freeListRecord,
  type Place,
  UUID_BYTES,
} from '../root-file/head.js'
import { type Key, keyBytes, keyLength, START_BIG } from '../root-file/key.js'
import { streamerInfoRecord } from '../root-file/streamers.js'
import { sha1Hash, uuidOf } from '../root-file/uuid.js'
import { ARRAYS, classesOf, type OptionalClass } from './classes.js'
import { type Graph, graphRecord } from './graph.js'
import { histRecord, type Precision, rootClass } from './object.js'

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

interface Folder {
  readonly key: Pick<Key, 'className' | 'name' | 'title'>
  readonly seek: number
  readonly parentSeek: number
  /** Where the fields stand that are known only at the end. */
  readonly patchAt: number
  /** Bytes of its record before them. */
  readonly nameBytes: number
  /** The keys of what is in it. */
  readonly keys: Uint8Array[]
  /** The list of them. */
  list: Place
}

class FileWriter {
  private readonly out = new RootBuffer()
  private readonly folders = new Map<string, Folder>()
  private readonly paths = new Set<string>()
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
    const info = this.addRecord(
      infoKey,
      streamerInfoRecord(keyLength(infoKey), classesOf(optional), ARRAYS),
      null,
      true,
    )
    for (const folder of this.folders.values()) folder.list = this.addKeyList(folder)
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
    const parentSeek = parent?.seek ?? 0
    record.raw(Buffer.alloc(FOLDER_BYTES))
    this.addRecord({ ...key, folderSeek: parentSeek }, record.written(), parent)
    const folder = { key, seek, parentSeek, patchAt: seek + nameBytes, nameBytes, keys: [], list: NOWHERE }
    this.folders.set(path, folder)
    return folder
  }

  private addKeyList(folder: Folder): Place {
    const record = new RootBuffer()
    record.i32(folder.keys.length)
    for (const key of folder.keys) record.raw(key)
    return this.addRecord({ ...folder.key, folderSeek: folder.seek }, record.written())
  }

  private addFreeList(): Place {
    const key = { className: 'TFile', name: this.name, title: '', folderSeek: BEGIN }
    const begin = this.out.length + keyLength(key)
    return this.addRecord(
      key,
      freeListRecord(bytes => begin + bytes),
    )
  }

  private finish(info: Place, free: Place): Uint8Array {
    const file = this.out.written()
    const { nameBytes } = this.folders.get('')!
    const place = (uuid: Uint8Array) => {
      for (const { patchAt, list: keys, ...fields } of this.folders.values()) {
        file.set(folderRecord({ ...fields, keys, uuid }), patchAt)
      }
      file.set(fileHeader({ end: file.length, free, info, nameBytes, compression: ZLIB.setting, uuid }))
    }
    place(NO_UUID)
    place(uuidOf(sha1Hash().update(file)))
    return file
  }

  /** Appends a record, compressed where that is asked for and makes it smaller; its key goes into the folder's list, too. */
  private addRecord(key: Key, object: Uint8Array, folder: Folder | null = null, compressed = false): Place {
    const seek = this.out.length
    const payload = compressed ? packRecord(object) : object
    if (seek + payload.length > START_BIG) throw wrongPath(key.name, 'does not fit into a ROOT file of 2 GB')
    const head = keyBytes(key, { seek, payloadBytes: payload.length, objectBytes: object.length })
    this.out.raw(head)
    this.out.raw(payload)
    folder?.keys.push(head)
    return { seek, bytes: head.length + payload.length }
  }
}

const NOWHERE: Place = { seek: 0, bytes: 0 }
const NO_UUID = Buffer.alloc(UUID_BYTES)

function wrongPath(path: string, problem: string): UsageError {
  return new UsageError([{ place: path === '' ? 'histogram' : path, message: `${problem}. Rename or split it.` }])
}
