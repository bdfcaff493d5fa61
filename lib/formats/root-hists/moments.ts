/** The statistics that a ROOT histogram carries beside its cells: sums over bins of contents times powers of the bins'
 *  centres. ROOT fills them event by event; from a filled histogram only the centres are known, as in uproot. */
import { type Axis, axisEdges, axisExtent, type Hist } from '../../hist/index.js'

export interface Moments {
  /** Sum of contents with underflow and overflow, which is the number of entries where the weights are 1. */
  readonly entries: number
  /** Sums over the bins alone of w, w x, w x^2, w y, ... Those of axes that there are not are 0. uproot writes the sum of
   *  weights for that of squared weights, too. */
  readonly sumW: number
  readonly sumWX: number
  readonly sumWX2: number
  readonly sumWY: number
  readonly sumWY2: number
  readonly sumWXY: number
  readonly sumWZ: number
  readonly sumWZ2: number
  readonly sumWXZ: number
  readonly sumWYZ: number
}

const NO_AXIS = { extent: 3, centres: Float64Array.of(0, 0, 0) }

/** Of a histogram of one to three axes. One pass over its cells. */
export function momentsOf({ axes, value }: Hist): Moments {
  const [x, y, z] = [0, 1, 2].map(a => (a < axes.length ? centresOf(axes[a]!) : NO_AXIS)) as [Centres, Centres, Centres]
  const strideY = x.extent
  const strideZ = strideY * y.extent
  let entries = 0
  for (let i = 0; i < value.length; i++) entries += value[i]!
  const sums = { entries, sumW: 0, sumWX: 0, sumWX2: 0, sumWY: 0, sumWY2: 0, sumWXY: 0, sumWZ: 0, sumWZ2: 0 }
  const mixed = { sumWXZ: 0, sumWYZ: 0 }
  const [firstZ, lastZ] = axes.length > 2 ? [1, z.extent - 2] : [0, 0]
  const [firstY, lastY] = axes.length > 1 ? [1, y.extent - 2] : [0, 0]
  for (let k = firstZ; k <= lastZ; k++) {
    const atZ = z.centres[k]!
    for (let j = firstY; j <= lastY; j++) {
      const atY = y.centres[j]!
      for (let i = 1; i < x.extent - 1; i++) {
        const w = value[i + j * strideY + k * strideZ]!
        if (w === 0) continue
        const atX = x.centres[i]!
        sums.sumW += w
        sums.sumWX += w * atX
        sums.sumWX2 += w * atX * atX
        sums.sumWY += w * atY
        sums.sumWY2 += w * atY * atY
        sums.sumWXY += w * atX * atY
        sums.sumWZ += w * atZ
        sums.sumWZ2 += w * atZ * atZ
        mixed.sumWXZ += w * atX * atZ
        mixed.sumWYZ += w * atY * atZ
      }
    }
  }
  return { ...sums, ...mixed }
}

interface Centres {
  readonly extent: number
  /** By position along the axis, underflow first; 0 for underflow and overflow. */
  readonly centres: Float64Array
}

function centresOf(axis: Axis): Centres {
  const extent = axisExtent(axis)
  const edges = axisEdges(axis)
  const centres = new Float64Array(extent)
  for (let i = 1; i < extent - 1; i++) centres[i] = (edges[i - 1]! + edges[i]!) / 2
  return { extent, centres }
}
