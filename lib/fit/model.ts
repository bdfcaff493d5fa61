/** The model of one pair of histograms: four shapes, and how their parameters make up the fit's.
 *
 *  passing = N_sig·eff·S_pass + N_bkg_pass·B_pass, failing = N_sig·(1 - eff)·S_fail + N_bkg_fail·B_fail, each shape normalised over
 *  the range of the edges. Parameters: these four, then those of the signal shapes and of the backgrounds. */
import type { Shape } from './shapes/index.js'

/** The same for passing and failing. */
export interface Sides<T> {
  readonly pass: T
  readonly fail: T
}

/** Shapes of signal and background for passing and failing probes, and the parameters (by the names they have in the fit,
 *  without suffix: `mu`, `bkg_C`) that both sides share. */
export interface PairModel {
  readonly signal: Sides<Shape>
  readonly background: Sides<Shape>
  readonly shared?: readonly string[]
}

/** The fit's first four parameters. */
export const YIELDS = ['N_sig', 'eff', 'N_bkg_pass', 'N_bkg_fail'] as const
export const N_SIG = 0
export const EFF = 1
export const N_BKG_PASS = 2
export const N_BKG_FAIL = 3

/** Names of all parameters in order, and where each shape finds its own. */
export interface Layout {
  readonly names: readonly string[]
  readonly signal: Sides<Int32Array>
  readonly background: Sides<Int32Array>
}

/** Names: a signal parameter as the shape has it, a background's with `bkg_` before; `_pass` or `_fail` behind where it is not
 *  shared. */
export function layoutOf(model: PairModel): Layout {
  const names: string[] = [...YIELDS]
  const shared = new Set(model.shared ?? [])
  const indexOf = (name: string): number => {
    const found = names.indexOf(name)
    return found >= 0 ? found : names.push(name) - 1
  }
  const place = (shape: Shape, prefix: string, side: string): Int32Array =>
    Int32Array.from(shape.parameters, parameter => {
      const name = prefix + parameter
      return indexOf(shared.has(name) ? name : `${name}_${side}`)
    })
  return {
    signal: { pass: place(model.signal.pass, '', 'pass'), fail: place(model.signal.fail, '', 'fail') },
    background: {
      pass: place(model.background.pass, 'bkg_', 'pass'),
      fail: place(model.background.fail, 'bkg_', 'fail'),
    },
    names,
  }
}
