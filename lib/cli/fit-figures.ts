/** Figures of fits: of each bin the passing and the failing probes, in the folders of the reference's fitter. */
import { joinAddress } from '../bytes/address.js'
import { fitCurves } from '../fitter/curves.js'
import { fitSideFigure } from '../fitter/figures.js'
import type { BinFit, FitTask } from '../fitter/index.js'
import type { FigureFormat, FigureLabels } from '../plot/index.js'
import { type DrawnFile, drawFigures, figureFileName } from './write-figures.js'

export interface FittedTask {
  readonly task: FitTask
  readonly fit: BinFit
}

export interface FigureChoice {
  readonly folder: string
  readonly formats: readonly FigureFormat[]
  readonly labels: FigureLabels
}

/** `<folder>/DATA/<bin>/<label>_Pass.svg` and its kin, below the name of the model where there are several. */
export async function drawFits(
  fitted: readonly FittedTask[],
  { folder, formats, labels }: FigureChoice,
  isMuon: boolean,
): Promise<DrawnFile[]> {
  const several = new Set(fitted.map(({ fit }) => fit.fit)).size > 1
  const drawn: DrawnFile[] = []
  for (const { task, fit } of fitted) {
    const curves = await fitCurves(task, fit)
    const figures = (['pass', 'fail'] as const).map(side => ({
      name: figureFileName(`${fit.label}_${side === 'pass' ? 'Pass' : 'Fail'}`),
      figure: fitSideFigure(fit, side, curves?.[side] ?? null, { labels, isMuon }),
    }))
    const parts = [...(several ? [fit.fit] : []), fit.sample, fit.bin].map(figureFileName)
    drawn.push(
      ...(await drawFigures(
        figures,
        formats,
        parts.reduce((at, part) => joinAddress(at, part), folder),
      )),
    )
  }
  return drawn
}
