/** Smooth curves of a fit for figures: what is expected at each mass, in counts a bin of the spectrum. */
import type { Sides } from '../fit/index.js'
import { layoutOf } from '../fit/index.js'
import type { BinFit, FitTask } from './bin-fit.js'
import { contentsOf, pairModel } from './model.js'

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
    // In units of a bin of the spectrum.
    const density = (role: 'signal' | 'background') =>
      contentsOf(model[role][side], layout[role][side], values, fine, pieces)
    const peak = density('signal')
    const count = signal * (side === 'pass' ? eff : 1 - eff)
    const background = density('background').map(b => b * backgrounds[side === 'pass' ? 0 : 1]!)
    return { x: middles(fine), total: peak.map((s, i) => s * count + background[i]!), background }
  }
  return { pass: of('pass'), fail: of('fail') }
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
