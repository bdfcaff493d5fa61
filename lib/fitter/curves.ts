/** Smooth curves of a fit for figures: what is expected at each mass, in counts a bin of the spectrum. */
import type { Sides } from '../fit/index.js'
import { layoutOf, type Shape } from '../fit/index.js'
import type { BinFit, FitTask } from './bin-fit.js'
import { pairModel } from './model.js'

export interface FitCurves {
  /** GeV. */
  readonly x: Float64Array
  readonly total: Float64Array
  readonly background: Float64Array
}

/** Several points in each bin of the spectrum. null: nothing was fitted. */
export async function fitCurves(task: FitTask, fit: BinFit, pieces = 5): Promise<Sides<FitCurves> | null> {
  if (fit.parameters.length === 0) return null
  const model = await pairModel(task.model)
  const { names, ...layout } = layoutOf(model)
  const values = names.map(name => fit.parameters.find(p => p.name === name)!.value)
  const [signal, eff, ...backgrounds] = values as [number, number, number, number]
  const { edges } = task.pass
  const fine = fineEdges(edges, pieces)
  const of = (side: 'pass' | 'fail'): FitCurves => {
    const density = (shape: Shape, at: Int32Array) =>
      contents(
        shape,
        Array.from(at, i => values[i]!),
        fine,
        pieces,
      )
    const peak = density(model.signal[side], layout.signal[side])
    const flat = density(model.background[side], layout.background[side])
    const count = signal * (side === 'pass' ? eff : 1 - eff)
    const background = flat.map(b => b * backgrounds[side === 'pass' ? 0 : 1]!)
    return { x: middles(fine), total: peak.map((s, i) => s * count + background[i]!), background }
  }
  return { pass: of('pass'), fail: of('fail') }
}

/** Of area 1 over the range, in units of a bin of the spectrum. */
function contents(shape: Shape, parameters: readonly number[], fine: Float64Array, pieces: number): Float64Array {
  const out = new Float64Array(fine.length - 1)
  shape.over(fine)(parameters, out, null)
  const positive = out.map(value => Math.max(value, 0))
  const sum = positive.reduce((a, b) => a + b, 0)
  return positive.map(value => (value / sum) * pieces)
}

function fineEdges(edges: Float64Array, pieces: number): Float64Array {
  const fine = new Float64Array((edges.length - 1) * pieces + 1)
  for (let i = 0; i < fine.length; i++) {
    const bin = Math.min(Math.floor(i / pieces), edges.length - 2)
    fine[i] = edges[bin]! + ((edges[bin + 1]! - edges[bin]!) * (i - bin * pieces)) / pieces
  }
  return fine
}

function middles(edges: Float64Array): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, i) => (edges[i]! + edges[i + 1]!) / 2)
}
