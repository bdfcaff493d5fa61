/** The figure of one side of a fit: passing or failing probes, with the parameters that are theirs. */
import { type Figure, type FigureLabels, fitFigure, plainLabel } from '../plot/index.js'
import type { BinFit, FittedSpectrum } from './bin-fit.js'
import type { FitCurves } from './curves.js'

/** curves: null where none are known; what is expected in each bin is drawn then. */
export function fitSideFigure(
  fit: BinFit,
  side: 'pass' | 'fail',
  curves: FitCurves | null,
  { labels, isMuon }: { readonly labels: FigureLabels; readonly isMuon: boolean },
): Figure {
  const spectrum = side === 'pass' ? fit.mass.passing : fit.mass.failing
  const { values, variances, expected } = spectrum
  const { x, total, background } = curves ?? binned(fit.mass.edges, spectrum) ?? NONE
  const errors = variances?.map(Math.sqrt)
  const { problems, valid } = fit
  return fitFigure({
    edges: fit.mass.edges,
    counts: values,
    ...(errors === undefined ? {} : { errorsLow: errors, errorsHigh: errors }),
    expected: expected ?? values.map(() => NaN),
    curves:
      x.length === 0
        ? []
        : [
            { name: 'Background', role: 'background', x, y: background },
            { name: 'Fit', role: 'total', x, y: total },
          ],
    parameters: parameterLines(fit, side),
    title: [`${fit.label}: ${side === 'pass' ? 'passing' : 'failing'} probes`, ...rangeLines(fit)].map(plainLabel),
    ...(valid ? {} : { failed: plainLabel(shortened(problems.join('; '))) }),
    labels,
    ...(isMuon ? { xLabel: '\\it{m}_{μμ} [GeV]' } : {}),
  })
}

const NONE: FitCurves = { x: new Float64Array(), total: new Float64Array(), background: new Float64Array() }

/** null: nothing was fitted. */
function binned(edges: readonly number[], { expected, background }: FittedSpectrum): FitCurves | null {
  if (expected === null || background === null) return null
  const x = Float64Array.from(expected, (_, i) => (edges[i]! + edges[i + 1]!) / 2)
  return { x, total: Float64Array.from(expected), background: Float64Array.from(background) }
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

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`
}
