/** One histogram as a TH1D (version 3), TH2D, TH2F or TH3D (4) in ROOT's serialisation. Titles, number of entries and statistics are
 *  what uproot, with which the reference writes its histograms, gives those of Python's hist. */
import { UsageError } from '../../core/errors.js'
import { type Axis, axisEdges, binCount, type Hist } from '../../hist/index.js'
import { RootBuffer } from '../root-file/buffer.js'
import { type Moments, momentsOf } from './moments.js'

/** Contents in double precision; for maps of two axes in single precision as well. */
export type Precision = 'double' | 'single'

/** The ROOT class for a histogram of so many axes. Throws UsageError for none and for more than three. `place` names it. */
export function rootClass({ axes }: Hist, place: string, precision: Precision): 'TH1D' | 'TH2D' | 'TH2F' | 'TH3D' {
  if (precision === 'single' && axes.length === 2) return 'TH2F'
  const names = [undefined, 'TH1D', 'TH2D', 'TH3D'] as const
  const name = names[axes.length]
  if (name !== undefined) return name
  const message = `has ${axes.length} axes (${axes.map(axis => axis.name).join(', ')}); ROOT's histograms have 1 to 3. Fill fewer variables, or take prepare-histograms, which sums over axes.`
  throw new UsageError([{ place, message }])
}

/** The object's bytes, without its key. */
export function histRecord(hist: Hist, name: string, precision: Precision): Uint8Array {
  const out = new RootBuffer()
  const moments = momentsOf(hist)
  const { sumWY, sumWY2, sumWXY, sumWZ, sumWZ2, sumWXZ, sumWYZ } = moments
  if (hist.axes.length === 1) {
    out.counted(3, () => {
      writeTh1(out, hist, name, moments)
      out.arrayD(hist.value)
    })
  } else if (hist.axes.length === 2) {
    out.counted(4, () => {
      out.counted(5, () => {
        writeTh1(out, hist, name, moments)
        out.f64(SCALE_FACTOR, sumWY, sumWY2, sumWXY)
      })
      if (precision === 'single') out.arrayF(hist.value)
      else out.arrayD(hist.value)
    })
  } else {
    out.counted(4, () => {
      out.counted(6, () => {
        writeTh1(out, hist, name, moments)
        out.counted(1, () => {}) // TAtt3D: no members
        out.f64(sumWY, sumWY2, sumWXY, sumWZ, sumWZ2, sumWXZ, sumWYZ)
      })
      out.arrayD(hist.value)
    })
  }
  return out.written()
}

const SCALE_FACTOR = 1
/** kMustCleanup: ROOT tells lists that hold the object when it is deleted. */
export const MUST_CLEANUP = 8
const OWNED_LIST = 0x10000
/** "Not set", for the range of a plot. */
export const UNSET = -1111
const NO_NUMBERS = new Float64Array(0)
const NEUTRAL_STAT_OVERFLOWS = 2

function writeTh1(out: RootBuffer, hist: Hist, name: string, moments: Moments): void {
  out.counted(8, () => {
    out.named(name, '', MUST_CLEANUP)
    out.counted(2, () => out.i16(602, 1, 1)) // TAttLine: ROOT's blue, solid, thin
    out.counted(2, () => out.i16(0, 1001)) // TAttFill: white, solid
    out.counted(2, () => {
      out.i16(1, 1) // TAttMarker: black dots
      out.f32(1)
    })
    out.i32(hist.value.length)
    for (const [i, axisName] of ['xaxis', 'yaxis', 'zaxis'].entries()) writeAxis(out, axisName, hist.axes[i])
    out.i16(0, 1000) // offset and width of bar charts, in thousandths
    const { entries, sumW, sumWX, sumWX2 } = moments
    out.f64(entries, sumW, sumW, sumWX, sumWX2, UNSET, UNSET, 0)
    out.arrayD(NO_NUMBERS) // contours
    out.arrayD(hist.variance)
    out.string('')
    out.counted(5, () => {
      out.object(OWNED_LIST) // a TList of functions: none
      out.string('')
      out.i32(0)
    })
    out.i32(0) // no buffer of entries
    out.u8(0)
    out.i32(0, NEUTRAL_STAT_OVERFLOWS)
  })
}

/** undefined: the one bin from 0 to 1 of an axis that the histogram does not have. */
function writeAxis(out: RootBuffer, name: string, axis: Axis | undefined): void {
  const edges = axis === undefined ? [0, 1] : axisEdges(axis)
  out.counted(10, () => {
    // hist shows an axis without a label by its name.
    out.named(name, axis === undefined ? '' : axis.label || axis.name)
    out.counted(4, () => {
      out.i32(510) // divisions
      out.i16(1, 1, 42) // colours of line and labels; the labels' font
      out.f32(0.005, 0.035, 0.03, 1, 0.035) // the labels' offset and size, ticks, the title's offset and size
      out.i16(1, 42)
    })
    out.i32(axis === undefined ? 1 : binCount(axis))
    out.f64(edges[0]!, edges.at(-1)!)
    out.arrayD(axis?.kind === 'variable' ? axis.edges : NO_NUMBERS)
    out.i32(0, 0) // no range of bins is chosen
    out.i16(0)
    out.u8(0)
    out.string('')
    out.nullPointer()
    out.nullPointer()
  })
}
