/** The fitter: configurations as the reference's run-fitter has them, mass spectra out of files, and fits of all bins.
 *  One bin again: `planFits(fitterConfig(document, path), { only: { label, bin } })`, then `fitTask` of each. */
export type { BinFit, FitTask, FittedSpectrum, FittedValue, Prefit } from './bin-fit.js'
export { configOf, type FitterConfig, fitterConfig, type ParameterSettings } from './config.js'
export { fitterCsv } from './csv.js'
export { efficiencyTables } from './efficiencies.js'
export { fitTask } from './fit-bin.js'
export type { FitInput, Sample } from './inputs.js'
export { fitterParquet } from './parquet.js'
export { type FitChoice, type PlanOptions, planFits } from './plan.js'
export type { ScaleFactor } from './ratios.js'
export { type FitterResults, fitResultsJson, isFitResults, parseFitResults, readFitResults } from './results.js'
export { runFitter } from './run.js'
export { fitterText } from './text.js'
