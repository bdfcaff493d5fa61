/** TLeaf: the type of a branch's values, how many there are an entry, and which leaf counts them. */
import type { DType } from '../../core/types.js'
import { readNamed } from '../named.js'
import type { ObjectBuffer } from '../object-buffer.js'

/** The numeric leaf classes: type of the values, and type where fIsUnsigned is set. */
const LEAF_TYPES: ReadonlyMap<string, { signed: DType; unsigned: DType }> = new Map([
  ['TLeafO', { signed: 'bool', unsigned: 'bool' }],
  ['TLeafB', { signed: 'int8', unsigned: 'uint8' }],
  ['TLeafS', { signed: 'int16', unsigned: 'uint16' }],
  ['TLeafI', { signed: 'int32', unsigned: 'uint32' }],
  ['TLeafL', { signed: 'int64', unsigned: 'uint64' }],
  ['TLeafG', { signed: 'int64', unsigned: 'uint64' }],
  ['TLeafF', { signed: 'float32', unsigned: 'float32' }],
  ['TLeafD', { signed: 'float64', unsigned: 'float64' }],
  ['TLeafF16', { signed: 'float32', unsigned: 'float32' }],
  ['TLeafD32', { signed: 'float64', unsigned: 'float64' }],
])

export interface Leaf {
  readonly className: string
  readonly name: string
  /** Name with the dimensions of what an entry holds: "x[2][3]", "pt[n]". */
  readonly title: string
  /** null: not a class of plain numbers. */
  readonly dtype: DType | null
  /** Values an entry, or values per counted element. */
  readonly length: number
  /** Name of the leaf that counts the elements of an entry. */
  readonly counter: string | null
}

/** Reads the leaf whose class tag stands at `position`. */
export function readLeaf(objects: ObjectBuffer, position: number, place: string): Leaf {
  const cursor = objects.cursor(position, place)
  const { className, data } = objects.objectHead(cursor)
  const types = LEAF_TYPES.get(className)
  cursor.position = data
  cursor.header()
  cursor.header()
  const { name, title } = readNamed(cursor)
  const length = cursor.i32()
  cursor.skip(9) // fLenType, fOffset, fIsRange
  const unsigned = cursor.u8() !== 0
  // Those of texts and objects say nothing of use: 0 and the longest text have been met.
  if (length < 1 && types !== undefined) cursor.fail(`a leaf of ${length} values an entry`)
  const counterAt = objects.pointer(cursor)
  const counter = counterAt === null ? null : readCounterName(objects, counterAt, place)
  const dtype = types === undefined ? null : unsigned ? types.unsigned : types.signed
  return { className, name, title, dtype, length: Math.max(length, 1), counter }
}

function readCounterName(objects: ObjectBuffer, position: number, place: string): string {
  const cursor = objects.cursor(objects.objectHead(objects.cursor(position, place)).data, place)
  // Of the class itself, its base TLeaf, and its base TNamed.
  cursor.header()
  cursor.header()
  cursor.header()
  cursor.skipTObject()
  return cursor.string()
}
