/** The fitter: configurations as the reference's run-fitter has them, mass spectra out of files, and fits of all bins.
 *  One bin again: `planFits(fitterConfig(document, path), { only: { label, bin } })`, then `fitTask` of each. */
export { type FitterConfig, fitterConfig, type ParameterSettings } from './config.js'
export { fitterCsv } from './csv.js'
export { type BinFit, type FitTask, type FittedSpectrum, type FittedValue, fitTask } from './fit-bin.js'
export type { ScaleFactor } from './ratios.js'
export { type FitterResults, fitResultsJson, parseFitResults } from './results.js'
export { type FitChoice, planFits, runFitter } from './run.js'
export { fitterText } from './text.js'
