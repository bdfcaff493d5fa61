/** Figures of fits: of each bin the passing and the failing probes, in the folders of the reference's fitter. */
import { joinAddress } from '../bytes/address.js'
import { type FitCurves, fitCurves } from '../fitter/curves.js'
import type { BinFit, FitTask } from '../fitter/index.js'
import { type Figure, type FigureFormat, type FigureLabels, fitFigure, missingCharacters } from '../plot/index.js'
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
      figure: sideFigure(fit, side, curves?.[side] ?? null, { labels, isMuon }),
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

function sideFigure(
  fit: BinFit,
  side: 'pass' | 'fail',
  curves: FitCurves | null,
  { labels, isMuon }: { readonly labels: FigureLabels; readonly isMuon: boolean },
): Figure {
  const { values, variances, expected } = side === 'pass' ? fit.mass.passing : fit.mass.failing
  const errors = variances?.map(Math.sqrt)
  const { problems, valid } = fit
  return fitFigure({
    edges: fit.mass.edges,
    counts: values,
    ...(errors === undefined ? {} : { errorsLow: errors, errorsHigh: errors }),
    expected: expected ?? values.map(() => NaN),
    curves:
      curves === null
        ? []
        : [
            { name: 'Background', role: 'background', x: curves.x, y: curves.background },
            { name: 'Fit', role: 'total', x: curves.x, y: curves.total },
          ],
    parameters: parameterLines(fit, side),
    title: [`${fit.label}: ${side === 'pass' ? 'passing' : 'failing'} probes`, ...rangeLines(fit)].map(drawable),
    ...(valid ? {} : { failed: drawable(shortened(problems.join('; '))) }),
    labels,
    ...(isMuon ? { xLabel: '\\it{m}_{μμ} [GeV]' } : {}),
  })
}

function rangeLines({ ranges }: BinFit): string[] {
  return Object.entries(ranges).map(([axis, [low, high]]) => `${low} < ${axis} < ${high}`.replaceAll('-', '−'))
}

/** The efficiency, the quality, and the parameters of this side. */
function parameterLines({ efficiency, q, ndof, parameters }: BinFit, side: 'pass' | 'fail'): string[] {
  const other = side === 'pass' ? '_fail' : '_pass'
  const own = parameters.filter(({ name, fixed }) => name !== 'eff' && !fixed && !name.endsWith(other))
  const value = efficiency.value === null ? [] : [`\\it{ε} = ${withError(efficiency.value, efficiency.error)}`]
  const quality = q === null || ndof === null ? [] : [`\\it{q}/ndof = ${q.toFixed(1)}/${ndof}`]
  const lines = own.map(
    one =>
      `${plainName(one.name)} = ${one.atLimit === null ? withError(one.value, one.error) : `${short(one.value)} (limit)`}`,
  )
  return [...value, ...quality, ...lines]
}

function plainName(name: string): string {
  return name.replace(/_(pass|fail)$/, '').replaceAll('_', ' ')
}

function withError(value: number, error: number | null): string {
  if (error === null || !(error > 0)) return short(value)
  const digits = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(error))))
  return `${value.toFixed(digits)} ± ${error.toFixed(digits)}`.replaceAll('-', '−')
}

function short(value: number): string {
  return String(Number(value.toPrecision(4))).replaceAll('-', '−')
}

/** Names of the user's may have what the font lacks. */
function drawable(text: string): string {
  return missingCharacters(text).reduce((out, character) => out.replaceAll(character, '?'), text)
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`
}
