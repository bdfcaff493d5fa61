/** A whole workflow of the user's own, from a module. Graphs are built at once, so the module is imported beforehand: by the
 *  program before it plans, by each worker before it builds its graph. */
import type { Job, TagAndProbeJob } from '../lib/config/index.js'
import { isNano } from '../lib/config/index.js'
import { BugError, DataError, UsageError } from '../lib/core/errors.js'
import type { Graph } from '../lib/core/types.js'
import { describePlace, importExport, type ModulePlace } from '../lib/core/user-module.js'
import type { DatasetPlan } from '../lib/plan/dataset-plan.js'
import type { EntriesOf } from './context.js'
import type { NanoJob } from './nano.js'

/** Wires the graph of one dataset: begin with `decodedEvents(g, job, plan, entriesOf)`, end with `addMethods` or with sinks of
 *  your own. Called on the main thread and in every worker, several times: it must give the same graph each time. Throws
 *  UsageError for names that the files do not have. */
export type BuildWorkflow<J extends TagAndProbeJob = NanoJob> = (
  g: Graph,
  job: J,
  plan: DatasetPlan,
  entriesOf: EntriesOf,
) => void

/** What a module exports. Its options, filters and methods are those of the workflow that the runner names. */
export interface CustomWorkflow {
  readonly kind: 'workflow'
  readonly build: BuildWorkflow
}

/** A workflow on NanoAOD that `--workflow` and `loadJob({ workflow })` take. */
export function defineWorkflow(build: BuildWorkflow): CustomWorkflow {
  return { kind: 'workflow', build }
}

const imported = new Map<string, CustomWorkflow>()

/** Imports the job's own workflow, if it has one. Throws UsageError where there is none at its place. */
export async function importWorkflow(job: Job): Promise<void> {
  const place = job.ownWorkflow
  if (place === undefined || imported.has(describePlace(place))) return
  const { value, exports, fail } = await importExport(place, 'workflow')
  const { kind, build } = (value ?? {}) as Partial<CustomWorkflow>
  if (kind !== 'workflow' || typeof build !== 'function') {
    throw fail(`"${place.name}" is no workflow (made by defineWorkflow). The file exports: ${exports}.`)
  }
  if (!isNano(job)) {
    throw fail(
      `the runner's "workflow" is ${job.workflow}, whose options and methods it would have. Name ElectronTagNProbeFromNanoAOD or PhotonTagNProbeFromNanoAOD there.`,
    )
  }
  imported.set(describePlace(place), value as CustomWorkflow)
}

/** Wires the imported workflow. What it throws, but for mistakes in names, is told as a fault of its module. */
export function buildOwn(place: ModulePlace, ...args: Parameters<BuildWorkflow>): void {
  const workflow = imported.get(describePlace(place))
  if (workflow === undefined) throw new BugError(`workflow ${describePlace(place)} has not been imported`)
  try {
    workflow.build(...args)
  } catch (error) {
    if (error instanceof UsageError || error instanceof DataError) throw error
    const message = `failed: ${error instanceof Error ? error.message : String(error)}`
    throw new UsageError([{ place: `workflow ${describePlace(place)}`, message }])
  }
}
