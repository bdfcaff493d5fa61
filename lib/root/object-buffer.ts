/** A serialised object with objects inside it (TBufferFile). Classes and objects are written once and then referred to by
 *  position in this very buffer, so any of them can be resolved when it is wanted: no map of objects is kept. */
import { Cursor } from './cursor.js'

/** In place of a class tag: the class name follows. */
const NEW_CLASS = 0xffffffff
/** Set in a reference to a class; not set in one to an object. */
const CLASS_MASK = 0x80000000
const BYTE_COUNT_MASK = 0x40000000
/** References are off by this many bytes, besides the key's header, since 0 means "no object". */
const MAP_OFFSET = 2

/** Where an object's own data begins and which class they are of. */
export interface ObjectHead {
  readonly className: string
  readonly data: number
}

export class ObjectBuffer {
  readonly place: string
  #bytes: Buffer
  /** Added to a position in `bytes` to give the number that references use. */
  readonly #displacement: number
  readonly #classNames = new Map<number, string>()

  constructor(bytes: Buffer, keyHeaderBytes: number, place: string) {
    this.#bytes = bytes
    this.place = place
    this.#displacement = keyHeaderBytes + MAP_OFFSET
  }

  get bytes(): Buffer {
    return this.#bytes
  }

  /** Gives the memory back for another use; whatever reads from the buffer afterwards fails. */
  release(): Buffer {
    const bytes = this.#bytes
    this.#bytes = Buffer.alloc(0)
    return bytes
  }

  cursor(position: number, place = this.place): Cursor {
    return new Cursor(this.bytes, position, place)
  }

  /** Reads the class tag behind an object's byte count. */
  objectHead(cursor: Cursor): ObjectHead {
    const tag = cursor.u32()
    if (tag === NEW_CLASS) return { className: cursor.zeroTerminated(), data: cursor.position }
    if ((tag & CLASS_MASK) === 0) return cursor.fail('an object without a class')
    return {
      className: this.#classNameAt(((tag & ~CLASS_MASK) >>> 0) - this.#displacement, cursor),
      data: cursor.position,
    }
  }

  /** Reads a pointer to an object: the position of its class tag, or null for none. The cursor moves behind it. */
  pointer(cursor: Cursor): number | null {
    const tag = cursor.u32()
    if (tag === 0) return null
    if ((tag & BYTE_COUNT_MASK) !== 0) {
      const inline = cursor.position
      cursor.position -= 4
      cursor.skipCounted()
      const inside = cursor.at(inline).u32()
      // Some writers put a byte count before references as well.
      return (inside & CLASS_MASK) === 0 && inside !== 0 ? this.#referred(inside) : inline
    }
    return this.#referred(tag)
  }

  /** A reference points at the object's byte count. */
  #referred(tag: number): number {
    return tag - this.#displacement + 4
  }

  #classNameAt(position: number, from: Cursor): string {
    const known = this.#classNames.get(position)
    if (known !== undefined) return known
    const cursor = from.at(position)
    if (cursor.u32() !== NEW_CLASS) return from.fail('a reference to a class leads nowhere')
    const name = cursor.zeroTerminated()
    this.#classNames.set(position, name)
    return name
  }
}

/** Reads the head of a TObjArray; gives the number of its slots. The cursor moves to the first slot. */
export function openObjArray(cursor: Cursor): { slots: number; end: number } {
  const { end } = cursor.header()
  cursor.skipTObject()
  cursor.skipString()
  const slots = cursor.i32()
  cursor.skip(4)
  // Every slot takes at least a null pointer.
  if (slots < 0 || slots > (end - cursor.position) / 4) return cursor.fail(`an array of ${slots} objects`)
  return { slots, end }
}
