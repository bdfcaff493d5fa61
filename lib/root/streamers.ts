/** The list of TStreamerInfo that a file ends with: which members its classes have. */
import type { ByteSource } from '../bytes/source.js'
import { Cursor } from './cursor.js'
import { readKey } from './key.js'
import { readNamed } from './named.js'
import { ObjectBuffer, openObjArray } from './object-buffer.js'
import { expandRecord } from './record.js'

/** Where the list is; zeros where the file has none. */
export interface InfoPlace {
  readonly at: number
  readonly bytes: number
}

/** One member of a class, or one of its bases. */
export interface ClassMember {
  readonly name: string
  /** What stands behind the declaration: "[0,10,12]". */
  readonly title: string
  /** As TVirtualStreamerInfo numbers them. */
  readonly type: number
  readonly typeName: string
}

interface ClassInfo {
  readonly name: string
  readonly version: number
  readonly checkSum: number
  readonly members: readonly ClassMember[]
}

export class StreamerInfos {
  readonly #infos: readonly ClassInfo[]

  constructor(infos: readonly ClassInfo[]) {
    this.#infos = infos
  }

  /** Members of a class in their order: of that version and layout, else of that version; undefined: there is no such class. */
  members(name: string, version: number, checkSum: number | null = null): readonly ClassMember[] | undefined {
    const alike = this.#infos.filter(info => info.name === name)
    const found = alike.find(info => info.checkSum === checkSum) ?? alike.find(info => info.version === version)
    return found?.members
  }
}

/** Throws DataError. */
export async function readStreamers(source: ByteSource, { at, bytes }: InfoPlace): Promise<StreamerInfos> {
  if (at === 0 || bytes === 0) return new StreamerInfos([])
  const place = `${source.name} > StreamerInfo`
  const record = await source.readAt(at, bytes)
  const key = readKey(new Cursor(record, 0, place))
  // The expanded object may lie in a decoder's memory.
  const object = Buffer.from(expandRecord(record, key.headerBytes, record.length, key.objectBytes, place))
  const objects = new ObjectBuffer(object, key.headerBytes, place)
  const cursor = objects.cursor(0)
  cursor.header()
  cursor.skipTObject()
  cursor.skipString()
  const count = cursor.i32()
  const infos: ClassInfo[] = []
  for (let k = 0; k < count; k++) {
    const position = objects.pointer(cursor)
    cursor.skip(cursor.u8()) // the option
    if (position === null) continue
    const { className, data } = objects.objectHead(cursor.at(position))
    // Newer files also hold lists of rules.
    if (className === 'TStreamerInfo') infos.push(readInfo(objects, cursor.at(data)))
  }
  return new StreamerInfos(infos)
}

function readInfo(objects: ObjectBuffer, cursor: Cursor): ClassInfo {
  cursor.header()
  const { name } = readNamed(cursor)
  const checkSum = cursor.u32()
  const version = cursor.i32()
  const array = objects.pointer(cursor)
  if (array === null) return { name, version, checkSum, members: [] }
  const inside = cursor.at(objects.objectHead(cursor.at(array)).data)
  const { slots } = openObjArray(inside)
  const members: ClassMember[] = []
  for (let k = 0; k < slots; k++) {
    const position = objects.pointer(inside)
    members.push(position === null ? NOTHING : readMember(objects, inside.at(position)))
  }
  return { name, version, checkSum, members }
}

const NOTHING: ClassMember = { name: '', title: '', type: -1, typeName: '' }

/** From version 2 on, the largest indices are five numbers. */
const FIVE_INDICES = 2

/** A TStreamerElement, the first part of whatever class describes the member. */
function readMember(objects: ObjectBuffer, cursor: Cursor): ClassMember {
  const { className } = objects.objectHead(cursor)
  cursor.header()
  // The class for std::string is derived from that for collections.
  if (className === 'TStreamerSTLstring') cursor.header()
  const { version } = cursor.header()
  const { name, title } = readNamed(cursor)
  const type = cursor.i32()
  cursor.skip(12) // fSize, fArrayLength, fArrayDim
  cursor.skip(version < FIVE_INDICES ? 4 * cursor.u32() : 20) // fMaxIndex
  return { name, title, type, typeName: cursor.string() }
}
