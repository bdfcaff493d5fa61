/** The workflows by name, and how a job's graph is built for one dataset: on the main thread to be run, in each worker to run
 *  its segment. */
import type { Job, WorkflowName } from '../lib/config/index.js'
import { UsageError } from '../lib/core/errors.js'
import type { Chunk, Graph } from '../lib/core/types.js'
import { declareGraph, type GraphDeclaration } from '../lib/graph/index.js'
import type { DatasetPlan } from '../lib/plan/dataset-plan.js'
import type { EncodeStage } from '../lib/stages/index.js'
import type { EntriesOf } from './context.js'
import { buildOwn, importWorkflow } from './custom-workflow.js'
import { electronNanoAOD } from './electron-nanoaod.js'
import { miniNtuples } from './mini-ntuples.js'
import type { NanoJob } from './nano.js'
import { nanoNtuples } from './nano-ntuples.js'
import { photonNanoAOD } from './photon-nanoaod.js'
import { scaleSmearingNanoAOD, scaleSmearingWarnings } from './scale-smearing-nanoaod.js'
import { sumOfWeights } from './sum-gen-weight.js'

export type { EntriesOf, MethodContext } from './context.js'
export { type BuildWorkflow, type CustomWorkflow, defineWorkflow, importWorkflow } from './custom-workflow.js'
export { electronNanoAOD, electronPairs } from './electron-nanoaod.js'
export { addMethods } from './methods.js'
export { miniNtuples } from './mini-ntuples.js'
export {
  type ContextOptions,
  certifiedEvents,
  decodedEvents,
  electronSpace,
  lateBranchesOf,
  type NanoJob,
  nanoContext,
  photonSpace,
  selectedByUser,
  withCustomColumns,
  withLateColumns,
} from './nano.js'
export { nanoNtuples } from './nano-ntuples.js'
export { photonNanoAOD } from './photon-nanoaod.js'
export { scaleSmearingNanoAOD } from './scale-smearing-nanoaod.js'
export { sumOfWeights } from './sum-gen-weight.js'

type Workflow = (g: Graph, job: never, plan: DatasetPlan, entriesOf: EntriesOf) => void

const PIPELINES: Readonly<Partial<Record<WorkflowName, Workflow>>> = {
  ElectronTagNProbeFromNanoAOD: electronNanoAOD,
  PhotonTagNProbeFromNanoAOD: photonNanoAOD,
  ElectronTagNProbeFromMiniNTuples: miniNtuples,
  PhotonTagNProbeFromMiniNTuples: miniNtuples,
  ElectronTagNProbeFromNanoNTuples: nanoNtuples,
  PhotonTagNProbeFromNanoNTuples: nanoNtuples,
  ScaleAndSmearingNTuplesFromNanoAOD: scaleSmearingNanoAOD,
}

/** What a worker needs to build the same graph. */
export interface GraphArgs {
  readonly job: Job
  readonly plan: DatasetPlan
}

const readWhole: EntriesOf = async (_: Chunk) => null

/** Throws UsageError where this version does not have the workflow. */
export function requireWorkflow(workflow: WorkflowName): void {
  if (PIPELINES[workflow] !== undefined) return
  const message = `this version does not run ${workflow} yet. It runs: ${Object.keys(PIPELINES).join(', ')}.`
  throw new UsageError([{ place: 'workflow', message }])
}

/** The graph of the job's workflow for one dataset. Throws UsageError with every problem of names and expressions. A workflow of
 *  the user's own has been imported before (`importWorkflow`). */
export function buildGraph({ job, plan }: GraphArgs, entriesOf: EntriesOf = readWhole): GraphDeclaration {
  const { ownWorkflow } = job
  if (ownWorkflow !== undefined) {
    return declareGraph(g => buildOwn(ownWorkflow, g, job as NanoJob, plan, entriesOf))
  }
  requireWorkflow(job.workflow)
  return declareGraph(g => PIPELINES[job.workflow]!(g, job as never, plan, entriesOf))
}

/** The same in a worker. */
export async function buildGraphInWorker(args: GraphArgs): Promise<GraphDeclaration> {
  await importWorkflow(args.job)
  return buildGraph(args)
}

/** The graph that sums the dataset's generator weights. */
export function buildSumGraph({ plan }: GraphArgs, entriesOf: EntriesOf = readWhole): GraphDeclaration {
  return declareGraph(g => sumOfWeights(g, plan, entriesOf))
}

/** What the user should know of the job on this dataset and what does not stop it. */
export function planWarnings({ job, plan }: GraphArgs): string[] {
  const own = job.workflow === 'ScaleAndSmearingNTuplesFromNanoAOD' ? scaleSmearingWarnings(job, plan) : []
  return [...(plan.notes ?? []), ...leftOutWarning(plan), ...own]
}

/** Names of columns that are others in the graph's files: the name, and that in the file. */
export function renamedIn(graph: GraphDeclaration): (readonly [string, string])[] {
  return graph.nodes.flatMap(node => (node.stage as unknown as Partial<EncodeStage>).renamed ?? [])
}

function leftOutWarning({ dataset, leftOut = [] }: DatasetPlan): string[] {
  if (leftOut.length === 0) return []
  return [`dataset "${dataset.name}": "all" leaves out what cannot be a column: ${leftOut.join(', ')}`]
}
