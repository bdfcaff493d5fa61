/** The fitter: configurations as the reference's run-fitter has them, mass spectra out of files, and fits of all bins. */
export { type FitterConfig, fitterConfig, type ParameterSettings } from './config.js'
export { type BinFit, type FitTask, fitBin } from './fit-bin.js'
export { type FitterResults, runFitter, type ScaleFactor } from './run.js'
export { fitterCsv, fitterText } from './text.js'
