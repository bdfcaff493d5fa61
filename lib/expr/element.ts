/** Element types inside expressions and how they combine: numpy's promotion rules (NEP 50). */
import { isFloat } from '../core/dtype.js'
import type { DType } from '../core/types.js'
import type { PyValue } from './ast.js'

/** float16 exists only within expressions, where numpy makes it from functions of 8-bit integers (np.sqrt(uint8)); it is
 *  stored as float32 and rounded after each operation. */
export type ElementType = DType | 'float16'

const INTEGER_BITS: Partial<Record<ElementType, number>> = {
  int8: 8,
  uint8: 8,
  int16: 16,
  uint16: 16,
  int32: 32,
  uint32: 32,
  int64: 64,
  uint64: 64,
}
const FLOATS: readonly ElementType[] = ['float16', 'float32', 'float64']

export function isFloating(type: ElementType): boolean {
  return type === 'float16' || isFloat(type)
}
export function isInteger(type: ElementType): boolean {
  return INTEGER_BITS[type] !== undefined
}
export function isUnsigned(type: ElementType): boolean {
  return type.startsWith('uint')
}
/** The integers that JavaScript's numbers cannot hold. */
export function isBigType(type: ElementType): type is 'int64' | 'uint64' {
  return INTEGER_BITS[type] === 64
}
/** Width of an integer type. */
export function bitsOf(type: ElementType): number {
  return INTEGER_BITS[type]!
}

/** The smallest float that numpy's float functions take an element of this type in. */
export function floatFor(type: ElementType): ElementType {
  if (isFloating(type)) return type
  const bits = INTEGER_BITS[type] ?? 8
  return bits === 8 ? 'float16' : bits === 16 ? 'float32' : 'float64'
}

/** numpy.promote_types. */
export function promote(a: ElementType, b: ElementType): ElementType {
  if (a === b || b === 'bool') return a
  if (a === 'bool') return b
  if (isFloating(a) || isFloating(b)) {
    return FLOATS[Math.max(FLOATS.indexOf(floatFor(a)), FLOATS.indexOf(floatFor(b)))]!
  }
  if (isUnsigned(a) === isUnsigned(b)) return bitsOf(a) > bitsOf(b) ? a : b
  const [unsigned, signed] = isUnsigned(a) ? [a, b] : [b, a]
  if (bitsOf(signed) > bitsOf(unsigned)) return signed
  return unsigned === 'uint64' ? 'float64' : (`int${2 * bitsOf(unsigned)}` as ElementType)
}

export function integerRange(type: ElementType): { min: bigint; max: bigint } {
  const bits = BigInt(bitsOf(type))
  return isUnsigned(type)
    ? { min: 0n, max: (1n << bits) - 1n }
    : { min: -(1n << (bits - 1n)), max: (1n << (bits - 1n)) - 1n }
}
export function inRange(value: bigint, type: ElementType): boolean {
  const { min, max } = integerRange(type)
  return value >= min && value <= max
}

/** Type of a Python number on its own: what numpy and awkward make of it where there is no column to follow. */
export function defaultType(value: bigint | number | boolean): ElementType {
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return 'float64'
  return inRange(value, 'int64') ? 'int64' : inRange(value, 'uint64') ? 'uint64' : 'float64'
}

/** Type of an operation between a column (or numpy scalar) and a Python number, which follows the column where it can.
 *  An integer beyond the column's range raises in numpy; here it takes part with its own type. */
export function promoteWeak(strong: ElementType, value: bigint | number | boolean): ElementType {
  if (typeof value === 'boolean' || isFloating(strong)) return strong
  if (typeof value === 'number') return 'float64'
  if (strong === 'bool') return defaultType(value)
  return inRange(value, strong) ? strong : promote(strong, defaultType(value))
}

export function isNumeric(value: PyValue): value is bigint | number | boolean {
  return value !== null && typeof value !== 'string'
}
