/** Figures of a fitted bin: passing and failing probes. */
import type { Sides } from '../fit/index.js'
import type { FitCurves } from '../fitter/curves.js'
import type { BinFit, FittedSpectrum } from '../fitter/index.js'
import { type FitPlot, fitFigure } from '../plot/index.js'
import { drawable, svg } from './histograms.js'
import type { FigureModel } from './model.js'

/** curves: smooth ones, where they are known; else what is expected in each bin. */
export function fitFigures(fit: BinFit, curves: Sides<FitCurves> | null): Promise<FigureModel[]> {
  return Promise.all(
    [
      ['Passing probes', fit.mass.passing, 'pass'],
      ['Failing probes', fit.mass.failing, 'fail'],
    ].map(([title, spectrum, side]) =>
      svg(fitFigure(plotOf(fit, title as string, spectrum as FittedSpectrum, side as 'pass' | 'fail', curves))),
    ),
  )
}

function plotOf(
  fit: BinFit,
  title: string,
  spectrum: FittedSpectrum,
  side: 'pass' | 'fail',
  smooth: Sides<FitCurves> | null,
): FitPlot {
  const { edges } = fit.mass
  const { values, variances, expected } = spectrum
  const errors = (variances ?? values).map(variance => Math.sqrt(Math.max(0, variance)))
  return {
    edges,
    counts: values,
    errorsLow: errors,
    errorsHigh: errors,
    expected: expected ?? values.map(() => Number.NaN),
    curves: curvesOf(smooth?.[side] ?? binned(edges, spectrum)),
    parameters: linesOf(fit, side),
    title: [
      `${fit.sample === 'MC' ? 'Simulation' : 'Data'}, ${drawable(fit.bin)}`,
      ...Object.entries(fit.ranges).map(([name, [low, high]]) => drawable(`${name} ${low} to ${high}`)),
      title,
    ],
    ...(fit.valid ? {} : { failed: drawable(fit.problems[0] ?? 'no minimum').slice(0, 60) }),
    labels: { experiment: 'CMS', status: 'Work in progress', right: drawable(fit.label) },
  }
}

function curvesOf(curves: FitCurves | null): FitPlot['curves'] {
  if (curves === null) return []
  const { x, total, background } = curves
  return [
    { name: 'Background', role: 'background', x, y: background },
    { name: 'Signal', role: 'signal', x, y: total.map((y, i) => y - background[i]!) },
    { name: 'Fit', role: 'total', x, y: total },
  ]
}

function binned(edges: readonly number[], { expected, background }: FittedSpectrum): FitCurves | null {
  if (expected === null || background === null) return null
  const x = Float64Array.from(expected, (_, i) => (edges[i]! + edges[i + 1]!) / 2)
  return { x, total: Float64Array.from(expected), background: Float64Array.from(background) }
}

/** Those of this side, and what both share. */
function linesOf(fit: BinFit, side: 'pass' | 'fail'): string[] {
  const other = side === 'pass' ? '_fail' : '_pass'
  const shown = fit.parameters.filter(({ name, fixed }) => !name.endsWith(other) && !fixed)
  const lines = shown.map(({ name, value, error, atLimit }) => {
    const [text, spread] = withError(value, error)
    const label = SYMBOLS[name] ?? drawable(name.replace(/_(pass|fail)$/, '').replaceAll('_', ' '))
    return `${label} = ${text}${spread === '' ? '' : ` ± ${spread}`}${atLimit === null ? '' : ' (limit)'}`
  })
  return fit.q === null ? lines : [...lines, `\\it{q} / ndof = ${fit.q.toFixed(1)} / ${fit.ndof}`]
}

const SYMBOLS: Readonly<Record<string, string>> = {
  eff: '\\it{ε}',
  N_sig: '\\it{N}_{sig}',
  N_bkg_pass: '\\it{N}_{bkg}',
  N_bkg_fail: '\\it{N}_{bkg}',
  mu: '\\it{μ}',
  sigma: '\\it{σ}',
}

/** Two digits of the error, and as many after the point of the value. */
export function withError(value: number, error: number | null): [value: string, error: string] {
  if (error === null || !(error > 0)) return [String(Number(value.toPrecision(4))).replace('-', '−'), '']
  const digits = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(error))))
  return [value.toFixed(digits).replace('-', '−'), error.toFixed(digits)]
}
