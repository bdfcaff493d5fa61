/** The configuration files to a job, expressions included. */
import { type Configuration, type ConfigurationInput, loadConfiguration } from '../config/index.js'
import { checkExpressionText } from '../expr/index.js'
import { parseStagePlace } from '../stages/custom-stage.js'
import { withPartFiles } from './part-files.js'

/** The documents, and stages of one's own: `path/to/module.js::export` (see `defineStage`), in the order in which they run. */
export interface JobInput extends ConfigurationInput {
  readonly stages?: readonly string[]
}

/** Reads runner, fileset, settings and binning (paths, or the documents themselves). Throws one UsageError with every problem
 *  of all four. Names in expressions are checked later, against the columns (runJob). */
export function loadJob({ stages = [], ...input }: JobInput): Configuration {
  const { job, warnings } = loadConfiguration({ checkExpression: checkExpressionText, ...input })
  const ready = withPartFiles(job)
  return { job: stages.length === 0 ? ready : { ...ready, stages: stages.map(parseStagePlace) }, warnings }
}
