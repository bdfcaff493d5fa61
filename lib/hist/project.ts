/** Smaller histograms out of larger ones: axes summed over, and slices along one axis. As hist's h[{axis: sum}] and
 *  h[{axis: i}]. */
import { nearestHint, UsageError } from '../core/errors.js'
import { axisExtent, binCount } from './axis.js'
import { type Hist, newHist } from './hist.js'

/** Sums over all axes but those named, underflow and overflow included. The axes left keep the histogram's order, and cells
 *  are added in the order of storage, as boost-histogram does, so that the sums are bitwise its own. Throws UsageError for a
 *  name that no axis has. One pass over the cells. */
export function projectHist(hist: Hist, keep: readonly string[]): Hist {
  const known = hist.axes.map(axis => axis.name)
  for (const name of keep) {
    if (known.includes(name)) continue
    const message = `has no axis "${name}" (it has ${known.join(', ')}).${nearestHint(name, known)}`
    throw new UsageError([{ place: 'histogram', message }])
  }
  const kept = hist.axes.filter(axis => keep.includes(axis.name))
  if (kept.length === hist.axes.length) return hist
  const out = newHist(kept)
  const strides = keptStrides(hist, keep)
  const extents = hist.axes.map(axisExtent)
  const position = new Int32Array(extents.length)
  let at = 0
  for (let cell = 0; cell < hist.value.length; cell++) {
    out.value[at]! += hist.value[cell]!
    out.variance[at]! += hist.variance[cell]!
    // To the next cell: the first axis that has one, and back to the underflow of those before it.
    for (let a = 0; a < extents.length; a++) {
      at += strides[a]!
      if (++position[a]! < extents[a]!) break
      at -= strides[a]! * extents[a]!
      position[a] = 0
    }
  }
  return out
}

/** What a step along each axis moves in the projection: 0 along those that are summed over. */
function keptStrides(hist: Hist, keep: readonly string[]): number[] {
  let stride = 1
  return hist.axes.map(axis => {
    if (!keep.includes(axis.name)) return 0
    const own = stride
    stride *= axisExtent(axis)
    return own
  })
}

/** The histogram along axis number `along` where the other axes are at the given bins (from 0, flow not counted; the value
 *  for `along` itself is not looked at). Underflow and overflow along it are kept. Throws RangeError for a bin that is not
 *  there. */
export function sliceHist(hist: Hist, along: number, bins: readonly number[]): Hist {
  const axis = hist.axes[along]!
  const out = newHist([axis])
  let first = 0
  let stride = 1
  let step = 0
  for (const [a, other] of hist.axes.entries()) {
    if (a === along) step = stride
    else {
      const bin = bins[a]!
      if (!(bin >= 0 && bin < binCount(other))) throw new RangeError(`axis "${other.name}" has no bin ${bin}`)
      first += (bin + 1) * stride
    }
    stride *= axisExtent(other)
  }
  for (let i = 0; i < out.value.length; i++) {
    out.value[i] = hist.value[first + i * step]!
    out.variance[i] = hist.variance[first + i * step]!
  }
  return out
}
