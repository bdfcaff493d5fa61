/** Running a configured job from code: `runJob(loadConfiguration(...).job)`. */
export type { ExecutorChoice } from './choose-executor.js'
export { createPileup, type PileupFiles } from './corrections.js'
export { loadJob } from './load.js'
export { type DatasetPlan, layoutOf } from './plan.js'
export { prepareDataset } from './prepare.js'
export { type Progress, type RunOptions, runJob } from './run.js'
export type { DatasetSummary, FilterSummary, JobSummary, WindowSummary } from './summary.js'
export { writePileupCorrection } from './write-pileup.js'
