/** Where everything stands in a ROOT file that is written from front to back: keys, the top folder and its list, class descriptions,
 *  the free segment, identity. Gives bytes and writes none. The same records give the same file.
 *
 *  The bytes:  head: header, top folder | records | class descriptions | key list | free list
 *
 *  The head tells where the rest is, so it is known last; its length is known first. */
import { type Packing, packRecord, ZLIB } from './blocks.js'
import { RootBuffer } from './buffer.js'
import type { Classes } from './describe.js'
import { BEGIN, FOLDER_BYTES, fileHeader, folderRecord, freeListRecord, type Place } from './head.js'
import { type Key, keyBytes, keyLength, START_BIG } from './key.js'
import { type Bases, streamerInfoRecord } from './streamers.js'
import { sha1Hash, uuidOf } from './uuid.js'

export interface LayoutOptions {
  /** Of the file, which ROOT keeps inside and does not look at: equal tables have equal files, whatever these are called. */
  readonly name: string
  /** ROOT's number of algorithm and level, for what is added to the file. */
  readonly compression: number
  /** What the records are made of, and bases that are not described. */
  readonly classes: Classes
  readonly bases?: Bases
}

/** How a record is put into the file. */
export interface RecordOptions {
  /** The top folder names it. Default: true. */
  readonly listed?: boolean
  /** null: as it is. Default: as ZLIB blocks, where these are smaller. */
  readonly packing?: Packing | null
}

export type RecordName = Pick<Key, 'className' | 'name' | 'title'>

/** An object's bytes; of one with references, which count from its key on, a function of the key's length. */
export type Content = Uint8Array | ((origin: number) => Uint8Array)

export interface PlacedRecord extends Place {
  /** With the key: what comes next in the file. */
  readonly content: readonly Uint8Array[]
}

export class RootFileLayout {
  /** Of the file so far: where the next record begins. */
  end: number
  /** Bytes of header and top folder, which come first and are known last. */
  readonly headBytes: number
  private readonly options: LayoutOptions
  private readonly top: RecordName
  private readonly nameBytes: number
  private readonly keys: Uint8Array[] = []
  private readonly hash = sha1Hash()
  private places: { readonly info: Place; readonly list: Place; readonly free: Place } | null = null

  constructor(options: LayoutOptions) {
    this.options = options
    this.top = { className: 'TFile', name: options.name, title: '' }
    this.nameBytes = keyLength(this.top) + namesOf(options.name).length
    this.headBytes = BEGIN + this.nameBytes + FOLDER_BYTES
    this.end = this.headBytes
  }

  /** A record with a key, which comes next. */
  record(name: RecordName, content: Content, { listed = true, packing = ZLIB }: RecordOptions = {}): PlacedRecord {
    const object = typeof content === 'function' ? content(keyLength(name, this.end > START_BIG)) : content
    const payload = packing === null ? object : packRecord(object, packing)
    const seek = this.end
    const head = keyBytes(
      { ...name, folderSeek: BEGIN },
      { seek, payloadBytes: payload.length, objectBytes: object.length },
    )
    if (listed) this.keys.push(head)
    this.hash.update(head).update(payload)
    const bytes = head.length + payload.length
    this.end += bytes
    return { seek, bytes, content: [head, payload] }
  }

  /** Records that have been made elsewhere come next; identity: stands for their content. Returns where they begin, as placeKeys is
   *  to be told. */
  embed(bytes: number, identity: string | Uint8Array): number {
    const start = this.end
    this.hash.update(identity)
    this.end += bytes
    return start
  }

  /** What comes last. */
  close(): readonly Uint8Array[] {
    const { classes, bases } = this.options
    const infoName = { className: 'TList', name: 'StreamerInfo', title: 'Doubly linked list' }
    const info = this.record(infoName, origin => streamerInfoRecord(origin, classes, bases), { listed: false })
    const names = new RootBuffer()
    names.i32(this.keys.length)
    for (const key of this.keys) names.raw(key)
    const plain = { listed: false, packing: null }
    const list = this.record(this.top, names.written(), plain)
    const begin = this.end + keyLength(this.top, this.end > START_BIG)
    const free = this.record(
      this.top,
      freeListRecord(bytes => begin + bytes),
      plain,
    )
    this.places = { info, list, free }
    return [...info.content, ...list.content, ...free.content]
  }

  /** What comes first, once the file is closed. */
  head(): Uint8Array {
    const { info, list, free } = this.places!
    const { nameBytes, end } = this
    const { name, compression } = this.options
    const uuid = uuidOf(this.hash)
    const folder = folderRecord({ seek: BEGIN, parentSeek: 0, nameBytes, keys: list, uuid })
    const out = new RootBuffer()
    out.raw(fileHeader({ end, free, info, nameBytes, compression, uuid }))
    out.raw(Buffer.alloc(BEGIN - out.length))
    const objectBytes = namesOf(name).length + folder.length
    out.raw(keyBytes({ ...this.top, folderSeek: 0 }, { seek: BEGIN, payloadBytes: objectBytes, objectBytes }))
    out.raw(namesOf(name))
    out.raw(folder)
    return out.written()
  }
}

/** Name and title of the file before its top folder. */
function namesOf(name: string): Uint8Array {
  const out = new RootBuffer()
  out.string(name)
  out.string('')
  return out.written()
}
