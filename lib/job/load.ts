/** The configuration files to a job, expressions included. */
import { type Configuration, type ConfigurationInput, loadConfiguration } from '../config/index.js'
import { parseModulePlace } from '../core/user-module.js'
import { checkExpressionText } from '../expr/index.js'
import type { StagePlace } from '../stages/custom-stage.js'
import type { StageExport } from '../stages/define.js'
import { withPartFiles } from './part-files.js'

/** The documents, and what is the user's own. */
export interface JobInput extends ConfigurationInput {
  /** Stages in the order in which they run: `path/to/module.js::export`, or what `defineStage` and `definePairStage` give. With the
   *  latter, the job runs on the calling thread. */
  readonly stages?: readonly (string | StageExport)[]
  /** `path/to/module.js::export` of a whole workflow (see `defineWorkflow`), in place of the one that the runner names, whose
   *  options and methods it has. */
  readonly workflow?: string
}

/** Reads runner, fileset, settings and binning (paths, or the documents themselves). Throws one UsageError with every problem
 *  of all four. Names in expressions are checked later, against the columns (runJob). */
export function loadJob({ stages = [], workflow, ...input }: JobInput): Configuration {
  const { job, warnings } = loadConfiguration({ checkExpression: checkExpressionText, ...input })
  const ready = withPartFiles(job)
  const own = {
    ...(stages.length === 0 ? {} : { stages: stages.map(stagePlace) }),
    ...(workflow === undefined ? {} : { ownWorkflow: parseModulePlace(workflow) }),
  }
  return { job: { ...ready, ...own }, warnings }
}

function stagePlace(stage: string | StageExport): StagePlace {
  if (typeof stage === 'string') return parseModulePlace(stage)
  return { path: '', name: stage.name === '' ? 'stage' : stage.name, object: stage }
}
