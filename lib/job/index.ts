/** Running a configured job from code: `runJob(loadConfiguration(...).job)`. */

export { type DatasetPlan, layoutOf } from '../plan/dataset-plan.js'
export type { ExecutorChoice } from './choose-executor.js'
export { createPileup, type PileupFiles } from './corrections.js'
export { readyStages } from './custom-stages.js'
export type { OnRunEvent, RunEvent } from './events.js'
export { type JobInput, loadJob } from './load.js'
export { nominalPlan } from './nominal.js'
export type { Progress } from './passes.js'
export { prepareDataset } from './prepare.js'
export { type RunOptions, runJob } from './run.js'
export type { DatasetSummary, FilterSummary, JobSummary, WindowSummary } from './summary.js'
export { writePileupCorrection } from './write-pileup.js'
