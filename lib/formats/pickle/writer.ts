/** The part of Python's pickle protocol 4 that histograms need: one method per value or opcode, in the order in which an
 *  unpickler executes them. Frames are optional in the protocol and left out. */
import { ByteWriter } from '../byte-writer.js'
import { OP } from './opcodes.js'

export class PickleWriter {
  private readonly out: ByteWriter
  private readonly memo = new Map<string, number>()

  /** capacity: bytes that it will take, where that is known. */
  constructor(capacity = 256) {
    this.out = new ByteWriter(capacity)
    this.out.byte(OP.PROTO)
    this.out.byte(4)
  }

  none(): void {
    this.out.byte(OP.NONE)
  }

  bool(value: boolean): void {
    this.out.byte(value ? OP.NEWTRUE : OP.NEWFALSE)
  }

  /** A 32-bit integer. */
  int(value: number): void {
    if (value >= 0 && value < 256) {
      this.out.byte(OP.BININT1)
      this.out.byte(value)
    } else {
      this.out.byte(OP.BININT)
      this.out.int32(value)
    }
  }

  float(value: number): void {
    this.out.byte(OP.BINFLOAT)
    this.out.float64BigEndian(value)
  }

  text(value: string): void {
    this.once(`text ${value}`, () => {
      const utf8 = Buffer.from(value, 'utf8')
      if (utf8.length < 256) {
        this.out.byte(OP.SHORT_BINUNICODE)
        this.out.byte(utf8.length)
      } else {
        this.out.byte(OP.BINUNICODE)
        this.out.uint32(utf8.length)
      }
      this.out.raw(utf8)
    })
  }

  bytes(value: Uint8Array): void {
    this.zeroBytes(value.length).set(value)
  }

  /** `count` bytes that are 0, to be written into before anything more is written. */
  zeroBytes(count: number): Buffer {
    if (count < 256) {
      this.out.byte(OP.SHORT_BINBYTES)
      this.out.byte(count)
    } else {
      this.out.byte(OP.BINBYTES)
      this.out.uint32(count)
    }
    return this.out.zeros(count)
  }

  /** The class or function `name` of `module`. */
  global(module: string, name: string): void {
    this.once(`global ${module}.${name}`, () => {
      this.text(module)
      this.text(name)
      this.out.byte(OP.STACK_GLOBAL)
    })
  }

  /** A tuple of the values that `items` writes. */
  tuple(items: () => void): void {
    this.out.byte(OP.MARK)
    items()
    this.out.byte(OP.TUPLE)
  }

  emptyTuple(): void {
    this.out.byte(OP.EMPTY_TUPLE)
  }

  /** A dict with the given keys, in their order; each value is written by its function. */
  dict(entries: readonly (readonly [string, () => void])[]): void {
    this.out.byte(OP.EMPTY_DICT)
    this.out.byte(OP.MARK)
    for (const [key, value] of entries) {
      this.text(key)
      value()
    }
    this.out.byte(OP.SETITEMS)
  }

  /** cls.__new__(cls), for a class that `cls` writes. */
  newObject(cls: () => void): void {
    cls()
    this.out.byte(OP.EMPTY_TUPLE)
    this.out.byte(OP.NEWOBJ)
  }

  /** callable(*args). */
  call(callable: () => void, args: () => void): void {
    callable()
    this.tuple(args)
    this.out.byte(OP.REDUCE)
  }

  /** __setstate__(state) on the object just written. */
  build(state: () => void): void {
    state()
    this.out.byte(OP.BUILD)
  }

  /** The value that `write` writes under a key that identifies it: in full the first time, then by reference. Only for values
   *  that Python does not change in place. */
  once(key: string, write: () => void): void {
    const known = this.memo.get(key)
    if (known === undefined) {
      write()
      this.memo.set(key, this.memo.size)
      this.out.byte(OP.MEMOIZE)
    } else if (known < 256) {
      this.out.byte(OP.BINGET)
      this.out.byte(known)
    } else {
      this.out.byte(OP.LONG_BINGET)
      this.out.uint32(known)
    }
  }

  finish(): Uint8Array {
    this.out.byte(OP.STOP)
    return this.out.view()
  }
}
