/** numpy's part of a pickle: dtypes, arrays and scalars of numbers, as float64 values. Layouts: numpy 1.26 and 2, pickle
 *  protocols 2 to 5. */
import { type Known, PyObject, type PyValue } from './unpickle.js'

type Read = (view: DataView, at: number, little: boolean) => number

/** Kind and size, as in `f8` -> how one element is read. */
const ELEMENTS: Readonly<Record<string, Read>> = {
  f8: (view, at, little) => view.getFloat64(at, little),
  f4: (view, at, little) => view.getFloat32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  i4: (view, at, little) => view.getInt32(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  i1: (view, at) => view.getInt8(at),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  u4: (view, at, little) => view.getUint32(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  u1: (view, at) => view.getUint8(at),
  b1: (view, at) => view.getUint8(at),
}

class NumpyDtype extends PyObject {
  private readonly read: Read
  private readonly size: number
  private little = true

  constructor(code: PyValue | undefined) {
    super()
    const read = typeof code === 'string' && Object.hasOwn(ELEMENTS, code) ? ELEMENTS[code] : undefined
    if (read === undefined) {
      const shown = typeof code === 'string' ? JSON.stringify(code) : 'that is no text'
      throw new Error(`has a numpy dtype ${shown}, wanted one of numbers`)
    }
    this.read = read
    this.size = Number((code as string).slice(1))
  }

  /** (version, byte order, ...). */
  setState(state: PyValue): void {
    this.little = !Array.isArray(state) || state[1] !== '>'
  }

  /** The elements that `bytes` are. */
  values(bytes: Uint8Array): Float64Array {
    if (bytes.length % this.size !== 0) throw new Error(`has ${bytes.length} bytes for elements of ${this.size}`)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const out = new Float64Array(bytes.length / this.size)
    for (let i = 0; i < out.length; i++) out[i] = this.read(view, i * this.size, this.little)
    return out
  }
}

/** A one-dimensional array; empty until its state is set. */
export class NumpyArray extends PyObject {
  values: Float64Array = new Float64Array(0)

  /** (version, shape, dtype, Fortran order, bytes). */
  setState(state: PyValue): void {
    const [, shape, dtype, , bytes] = Array.isArray(state) ? state : []
    this.fill(shape, dtype, bytes)
  }

  fill(shape: PyValue | undefined, dtype: PyValue | undefined, bytes: PyValue | undefined): void {
    if (!(dtype instanceof NumpyDtype) || !(bytes instanceof Uint8Array) || !Array.isArray(shape)) {
      throw new Error('has a numpy array that is not made of numbers')
    }
    const values = dtype.values(bytes)
    if (shape.length !== 1 || shape[0] !== values.length) {
      const lengths = shape.map(n => (typeof n === 'number' ? n : '?')).join(', ')
      throw new Error(`has a numpy array of shape (${lengths}) with ${values.length} elements, wanted (n,)`)
    }
    this.values = values
  }
}

/** Protocol 5: _frombuffer(buffer, dtype, shape, order). */
function fromBuffer([bytes, dtype, shape]: readonly PyValue[]): NumpyArray {
  const array = new NumpyArray()
  array.fill(shape, dtype, bytes)
  return array
}

function scalar([dtype, bytes]: readonly PyValue[]): number {
  if (!(dtype instanceof NumpyDtype) || !(bytes instanceof Uint8Array))
    throw new Error('has a numpy scalar of no number')
  const [value] = dtype.values(bytes)
  if (value === undefined) throw new Error('has a numpy scalar without a value')
  return value
}

/** Protocol 2 has no bytes: they are text, _codecs.encode(text, 'latin1'). */
function encodeLatin1([text, encoding]: readonly PyValue[]): Uint8Array {
  if (typeof text !== 'string' || encoding !== 'latin1') throw new Error('encodes what is no bytes')
  return Buffer.from(text, 'latin1')
}

const functions: [string, (args: readonly PyValue[]) => PyValue][] = [
  ['multiarray._reconstruct', () => new NumpyArray()],
  ['multiarray.scalar', scalar],
  ['numeric._frombuffer', fromBuffer],
]

/** numpy 2 moved its functions from numpy.core to numpy._core. */
export const NUMPY_NAMES: readonly (readonly [string, Known])[] = [
  ['numpy.dtype', { call: ([code]) => new NumpyDtype(code) }],
  ['numpy.ndarray', {}],
  ...['numpy._core', 'numpy.core'].flatMap(module =>
    functions.map(([name, call]): [string, Known] => [`${module}.${name}`, { call }]),
  ),
  ['_codecs.encode', { call: encodeLatin1 }],
]
