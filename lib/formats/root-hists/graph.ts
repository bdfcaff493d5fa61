/** A graph with error bars as a TGraphErrors (version 3) in ROOT's serialisation. */
import { RootBuffer } from '../root-file/buffer.js'
import { MUST_CLEANUP, UNSET } from './object.js'

/** n points. */
export interface Graph {
  readonly title: string
  readonly x: Float64Array
  readonly y: Float64Array
  /** Lengths of the bars to each side, not negative. */
  readonly xError: Float64Array
  readonly yError: Float64Array
}

/** The object's bytes, without its key. */
export function graphRecord({ title, x, y, xError, yError }: Graph, name: string): Uint8Array {
  const out = new RootBuffer()
  // A list of numbers with a counter has a byte before it: 1, it is there.
  const numbers = (values: Float64Array) => {
    out.u8(1)
    out.f64(...values)
  }
  out.counted(3, () => {
    out.counted(4, () => {
      out.named(name, title, MUST_CLEANUP)
      out.counted(2, () => out.i16(1, 1, 1)) // TAttLine: black, solid, thin
      out.counted(2, () => out.i16(0, 1001)) // TAttFill: white, solid
      out.counted(2, () => {
        out.i16(1, 20) // TAttMarker: black, full circles
        out.f32(1)
      })
      out.i32(x.length)
      numbers(x)
      numbers(y)
      out.pointer('TList', () =>
        out.counted(5, () => {
          out.object()
          out.string('')
          out.i32(0)
        }),
      )
      out.nullPointer() // the histogram of a drawn frame
      out.f64(UNSET, UNSET)
    })
    numbers(xError)
    numbers(yError)
  })
  return out.written()
}
