/** Fits of passing and failing probes: shapes, likelihood, minimiser and intervals. Numbers in, numbers out. */
export { type FitResult, type FittedParameter, fitPair } from './fit.js'
export type { Constraint, PairHistograms, Spectrum, Statistic } from './histograms.js'
export { PairLikelihood } from './likelihood.js'
export { type Layout, layoutOf, type PairModel, type Sides, YIELDS } from './model.js'
export type { FitOptions } from './options.js'
export type { Interval } from './profile.js'
export * from './shapes/index.js'
