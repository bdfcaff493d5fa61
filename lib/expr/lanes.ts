/** Conversions between the arrays in which columns are stored and those in which loops calculate (lanes). */
import { newValues } from '../core/dtype.js'
import type { Values } from '../core/types.js'
import type { ElementType } from './element.js'

/** Arrays that numeric loops run over. Three classes and no more: V8's inline caches hold four. Integers of up to 32 bits
 *  run as Int32Array, uint32 as Float64Array; storing the result wraps it. */
export type Numbers = Int32Array | Float32Array | Float64Array
export type Bigs = BigInt64Array | BigUint64Array

/** The number as the one element of an array of the type. */
export function constantValues(value: bigint | number | boolean, type: ElementType): Values {
  const values = newElements(type, 1)
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) values[0] = BigInt(value)
  else values[0] = Number(value)
  return type === 'float16' ? roundToHalf(values as Float32Array) : values
}

/** A zeroed array as columns of the type are stored. */
export function newElements(type: ElementType, length: number): Values {
  return newValues(type === 'float16' ? 'float32' : type, length)
}

/** A zeroed lane for results of a type other than int64 and uint64. */
export function newLane(type: ElementType, length: number): Numbers {
  return new (numberLane(type))(length)
}

function numberLane(type: ElementType): Int32ArrayConstructor | Float32ArrayConstructor | Float64ArrayConstructor {
  if (type === 'float32' || type === 'float16') return Float32Array
  return type === 'float64' || type === 'uint32' ? Float64Array : Int32Array
}

/** Stored values as a lane of type `to`, a type that they fit in, other than int64 and uint64. May be the same array. */
export function toNumbers(values: Values, to: ElementType): Numbers {
  if (isBig(values)) return bigToFloat64(values)
  const Lane = numberLane(to)
  return values instanceof Lane ? values : new Lane(values)
}

/** Stored integers as 64-bit integers. May be the same array. */
export function toBigs(values: Values, to: 'int64' | 'uint64'): Bigs {
  if (isBig(values)) return values
  const out = newValues(to, values.length) as Bigs
  for (let i = 0; i < values.length; i++) out[i] = BigInt(values[i]!)
  return out
}

export function isBig(values: Values): values is Bigs {
  return values instanceof BigInt64Array || values instanceof BigUint64Array
}

/** A lane as values of the type are stored: integers wrap, float16 is rounded. May be the same array. */
export function toStored(lane: Numbers, type: ElementType): Values {
  if (type === 'float16') return roundToHalf(lane as Float32Array)
  const empty = newElements(type, 0)
  if (lane.constructor === empty.constructor) return lane
  return new (empty.constructor as new (source: Numbers) => Values)(lane)
}

/** Index of the low 32 bits within 64. */
const LOW = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1

/** Nearest doubles. By halves, which is ten times as fast as making a BigInt of each value. */
export function bigToFloat64(values: Bigs): Float64Array {
  const out = new Float64Array(values.length)
  const low = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
  const high =
    values instanceof BigInt64Array ? new Int32Array(values.buffer, values.byteOffset, 2 * values.length) : low
  for (let i = 0; i < out.length; i++) out[i] = high[2 * i + 1 - LOW]! * 0x1_0000_0000 + low[2 * i + LOW]!
  return out
}

/** Nearest integer, the even one of two that are equally near. */
export function roundHalfEven(x: number): number {
  const whole = 2 ** 52
  const size = Math.abs(x)
  if (!(size < whole)) return x
  const rounded = size + whole - whole
  return x < 0 || Object.is(x, -0) ? -rounded : rounded
}

/** Rounds to IEEE half precision in place. */
function roundToHalf(values: Float32Array): Float32Array {
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!
    if (!Number.isFinite(x) || x === 0) continue
    const exponent = Math.max(Math.floor(Math.log2(Math.abs(x))), -14)
    const step = 2 ** (exponent - 10)
    const rounded = roundHalfEven(x / step) * step
    values[i] = Math.abs(rounded) > 65504 ? Math.sign(x) * Infinity : rounded
  }
  return values
}
