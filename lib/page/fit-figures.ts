/** Figures of a fitted bin: passing and failing probes. */
import type { Sides } from '../fit/index.js'
import type { FitCurves } from '../fitter/curves.js'
import { fitSideFigure } from '../fitter/figures.js'
import type { BinFit } from '../fitter/index.js'
import type { FigureModel } from './figure-model.js'
import { svg } from './hist-figures.js'

/** curves: smooth ones, where they are known. */
export function fitFigures(fit: BinFit, curves: Sides<FitCurves> | null, isMuon: boolean): Promise<FigureModel[]> {
  const labels = { experiment: 'CMS', status: fit.sample === 'MC' ? 'Simulation' : 'Work in progress', right: '' }
  return Promise.all(
    (['pass', 'fail'] as const).map(side => svg(fitSideFigure(fit, side, curves?.[side] ?? null, { labels, isMuon }))),
  )
}
