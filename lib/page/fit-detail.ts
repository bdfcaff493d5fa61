/** Fits as the page shows them. */
import { fitCurves } from '../fitter/curves.js'
import type { BinFit, FitTask } from '../fitter/index.js'
import { pairModel, placedParameters } from '../fitter/model.js'
import { fitFigures } from './fit-figures.js'
import type { FitDetail, FitRow } from './model.js'

/** task: what it was made of; null: that is not known any more. */
export async function detailOf(fit: BinFit, task: FitTask | null, isMuon: boolean): Promise<FitDetail> {
  const { edges, passing, failing } = fit.mass
  const side = (name: string, { values, expected, background }: typeof passing) => ({
    name,
    values,
    expected,
    background,
  })
  const curves = task === null ? null : await curvesOf(task, fit)
  return {
    row: rowOf(fit),
    parameters: fit.parameters,
    figures: await fitFigures(fit, curves, isMuon),
    spectrum: { edges, sides: [side('passing', passing), side('failing', failing)] },
  }
}

/** null where the fit has not the parameters of the task: the model was another one. */
async function curvesOf(task: FitTask, fit: BinFit) {
  const names = new Set(fit.parameters.map(one => one.name))
  const placed = placedParameters(await pairModel(task.model))
  return placed.every(({ name }) => names.has(name)) ? fitCurves(task, fit) : null
}

/** In a table. */
export function rowOf(fit: BinFit): FitRow {
  const { sample, label, bin, ranges, shapes, valid, problems, efficiency, q, ndof, chi2, parameters } = fit
  const { value, error, down, up } = efficiency
  const distance = (side: number | null) => (side === null ? null : Math.abs(side))
  return {
    ...{ fit: fit.fit, sample, label, bin, ranges, shapes, valid, problems },
    efficiency: value,
    error,
    down: distance(down),
    up: distance(up),
    ...{ q, ndof, chi2 },
    atLimit: parameters.filter(({ atLimit }) => atLimit !== null).map(({ name }) => name),
  }
}
