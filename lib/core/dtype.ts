/** Typed-array facts about each DType: the array class, the width in bytes, whether it is an integer; and how types combine. */
import type { DType, Values } from './types.js'

type ArrayClass = new (length: number) => Values

const ARRAYS = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const

/** All of them. */
export const DTYPES = Object.keys(ARRAYS) as readonly (keyof typeof ARRAYS)[]

export function isDType(name: string): name is DType {
  return Object.hasOwn(ARRAYS, name)
}

/** A zeroed array of `length` elements of the type. */
export function newValues(dtype: DType, length: number): Values {
  return new (ARRAYS[dtype] as ArrayClass)(length)
}

/** A view of `length` elements of the type on a buffer; byteOffset must be a multiple of the element's size. */
export function viewValues(dtype: DType, buffer: ArrayBufferLike, byteOffset: number, length: number): Values {
  const View = ARRAYS[dtype] as unknown as new (buffer: ArrayBufferLike, byteOffset: number, length: number) => Values
  return new View(buffer, byteOffset, length)
}

/** The array is of the class that holds the type. */
export function isOf(dtype: DType, values: Values): boolean {
  return values instanceof ARRAYS[dtype]
}

export function byteSize(dtype: DType): number {
  return ARRAYS[dtype].BYTES_PER_ELEMENT
}

export function isFloat(dtype: DType): boolean {
  return dtype === 'float32' || dtype === 'float64'
}

export function is64(dtype: DType): boolean {
  return dtype === 'int64' || dtype === 'uint64'
}

/** The type that holds the values of both, as numpy.result_type. */
export function promote(a: DType, b: DType): DType {
  if (a === b || b === 'bool') return a
  if (a === 'bool') return b
  if (isFloat(a) && isFloat(b)) return 'float64'
  if (isFloat(a) || isFloat(b)) {
    const [float, whole] = isFloat(a) ? [a, b] : [b, a]
    return float === 'float32' && byteSize(whole) <= 2 ? 'float32' : 'float64'
  }
  const isUnsigned = (t: DType) => t.startsWith('u')
  if (isUnsigned(a) === isUnsigned(b)) return byteSize(a) > byteSize(b) ? a : b
  const [unsigned, signed] = isUnsigned(a) ? [a, b] : [b, a]
  if (byteSize(signed) > byteSize(unsigned)) return signed
  return ({ 1: 'int16', 2: 'int32', 4: 'int64', 8: 'float64' } as const)[byteSize(unsigned) as 1 | 2 | 4 | 8]
}
