/** A reader of Python pickles, protocols 2 to 5, that can build nothing but numbers, texts, bytes, lists, dicts and the classes
 *  that it is given. A pickle is a program for a small stack machine; in Python it may call any function there is. Here a name
 *  that is not known ends the reading, before anything is done with it. Opcodes: CPython's pickletools. */
import { DataError } from '../../core/errors.js'
import { OP } from './opcodes.js'
import { PickleReader } from './reader.js'
import { PickleStack } from './stack.js'

/** Tuples are lists here. Dicts are Maps, in their order. */
export type PyValue = null | boolean | number | string | Uint8Array | PyValue[] | PyDict | PyObject
export type PyDict = Map<PyValue, PyValue>

/** An instance of a known class. Both methods throw Error, without a place, where what they are given does not fit. */
export abstract class PyObject {
  /** What BUILD (__setstate__) does. */
  abstract setState(state: PyValue): void
}

/** What a name of the pickle stands for: a function, or a class that is made without arguments. */
export interface Known {
  readonly call?: (args: readonly PyValue[]) => PyValue
  readonly create?: () => PyObject
}

/** Names as `module.name`. */
export type KnownNames = ReadonlyMap<string, Known>

/** A name of the pickle, standing on the stack. */
class Global extends PyObject {
  readonly name: string
  readonly known: Known
  constructor(name: string, known: Known) {
    super()
    this.name = name
    this.known = known
  }
  setState(): void {
    throw new Error(`${this.name} is no object that could be filled`)
  }
}

/** The value that the pickle makes. `place` names the file in errors. Throws DataError where the bytes are no pickle of these
 *  protocols, name anything that is not known, or do not fit what is known. */
export function unpickle(bytes: Uint8Array, known: KnownNames, place: string): PyValue {
  return new Machine(new PickleReader(bytes, place), known).run()
}

class Machine {
  private readonly reader: PickleReader
  private readonly known: KnownNames
  private readonly stack = new PickleStack<PyValue>()

  constructor(reader: PickleReader, known: KnownNames) {
    this.reader = reader
    this.known = known
  }

  run(): PyValue {
    const { reader, stack } = this
    if (reader.uint8() !== OP.PROTO) throw reader.error('is no pickle of protocol 2 or later')
    const protocol = reader.uint8()
    if (protocol < 2 || protocol > 5) throw reader.error(`is a pickle of protocol ${protocol}, wanted 2 to 5`)
    for (;;) {
      const opcode = reader.uint8()
      try {
        if (opcode === OP.STOP) return stack.pop()
        const value = this.literal(opcode)
        if (value !== undefined) stack.push(value)
        else if (!this.rearrange(opcode)) this.act(opcode)
      } catch (error) {
        throw error instanceof DataError ? error : reader.error((error as Error).message)
      }
    }
  }

  /** The value that the opcode brings along; undefined: it is of another kind. */
  private literal(opcode: number): PyValue | undefined {
    const { reader } = this
    switch (opcode) {
      case OP.NONE:
        return null
      case OP.NEWTRUE:
        return true
      case OP.NEWFALSE:
        return false
      case OP.BININT:
        return reader.int32()
      case OP.BININT1:
        return reader.uint8()
      case OP.BININT2:
        return reader.uint16()
      case OP.LONG1:
        return reader.long(reader.uint8())
      case OP.BINFLOAT:
        return reader.float64()
      case OP.SHORT_BINUNICODE:
        return reader.text(reader.uint8())
      case OP.BINUNICODE:
        return reader.text(reader.uint32())
      case OP.BINUNICODE8:
        return reader.text(reader.uint64())
      case OP.SHORT_BINBYTES:
        return reader.bytesOf(reader.uint8())
      case OP.BINBYTES:
        return reader.bytesOf(reader.uint32())
      case OP.BINBYTES8:
      case OP.BYTEARRAY8:
        return reader.bytesOf(reader.uint64())
      case OP.EMPTY_TUPLE:
      case OP.EMPTY_LIST:
        return []
      case OP.EMPTY_DICT:
        return new Map()
      default:
        return undefined
    }
  }

  /** Opcodes of the stack and the memo alone. false: it is of another kind. */
  private rearrange(opcode: number): boolean {
    const { reader, stack } = this
    switch (opcode) {
      case OP.FRAME:
        reader.uint64()
        return true
      case OP.MARK:
        stack.mark()
        return true
      case OP.POP:
        stack.pop()
        return true
      case OP.POP_MARK:
        stack.popMark()
        return true
      case OP.BINPUT:
        stack.memoize(reader.uint8())
        return true
      case OP.LONG_BINPUT:
        stack.memoize(reader.uint32())
        return true
      case OP.MEMOIZE:
        stack.memoize()
        return true
      case OP.BINGET:
        stack.push(stack.recall(reader.uint8()))
        return true
      case OP.LONG_BINGET:
        stack.push(stack.recall(reader.uint32()))
        return true
      default:
        return false
    }
  }

  /** Opcodes that make values of what is on the stack. */
  private act(opcode: number): void {
    const { reader, stack } = this
    switch (opcode) {
      case OP.TUPLE:
      case OP.LIST: {
        const items = stack.popMark()
        stack.push(items)
        break
      }
      case OP.TUPLE1:
      case OP.TUPLE2:
      case OP.TUPLE3:
        stack.push(stack.popMany(opcode - OP.TUPLE1 + 1))
        break
      case OP.APPEND:
        this.append(stack.popMany(1))
        break
      case OP.APPENDS:
        this.append(stack.popMark())
        break
      case OP.SETITEM:
        this.setItems(stack.popMany(2))
        break
      case OP.SETITEMS:
        this.setItems(stack.popMark())
        break
      case OP.GLOBAL: {
        const module = reader.line()
        stack.push(this.global(module, reader.line()))
        break
      }
      case OP.STACK_GLOBAL: {
        const [module, name] = stack.popMany(2)
        if (typeof module !== 'string' || typeof name !== 'string') throw new Error('has a name that is no text')
        stack.push(this.global(module, name))
        break
      }
      case OP.REDUCE:
      case OP.NEWOBJ: {
        const [callee, args] = stack.popMany(2)
        stack.push(make(opcode, callee!, args!))
        break
      }
      case OP.BUILD:
        this.build(stack.pop())
        break
      default:
        throw new Error(`opcode 0x${opcode.toString(16)} is none that histograms need`)
    }
  }

  private global(module: string, name: string): Global {
    const full = `${module}.${name}`
    const known = this.known.get(full)
    if (known !== undefined) return new Global(full, known)
    const names = [...this.known.keys()].join(', ')
    throw new Error(
      `names ${JSON.stringify(full)}, which is none of what files of histograms are made of (${names}). Nothing of it was run. Do not load the file with Python unless you know where it is from`,
    )
  }

  private build(state: PyValue): void {
    const object = this.stack.top()
    if (!(object instanceof PyObject)) throw new Error('fills what is no object')
    object.setState(state)
  }

  private append(items: PyValue[]): void {
    const list = this.stack.top()
    if (!Array.isArray(list)) throw new Error('appends to what is no list')
    for (const item of items) list.push(item)
  }

  private setItems(items: PyValue[]): void {
    const dict = this.stack.top()
    if (!(dict instanceof Map) || items.length % 2 !== 0) throw new Error('sets items of what is no dict')
    for (let i = 0; i < items.length; i += 2) dict.set(items[i]!, items[i + 1]!)
  }
}

function make(opcode: number, callee: PyValue, args: PyValue): PyValue {
  const action = opcode === OP.REDUCE ? 'calls' : 'makes an instance of'
  if (!(callee instanceof Global) || !Array.isArray(args)) throw new Error(`${action} what is no function or class`)
  const { name, known } = callee
  if (opcode === OP.REDUCE && known.call !== undefined) return known.call(args)
  if (opcode === OP.NEWOBJ && known.create !== undefined && args.length === 0) return known.create()
  throw new Error(`${action} ${name} in a way that histograms do not`)
}
