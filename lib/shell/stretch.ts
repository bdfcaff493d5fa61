/** A stage on the shell: its stretch of the job's graph, for the stream that it reads. */
import { buildGraph } from '../../pipelines/index.js'
import { emptyColumn } from '../columns/index.js'
import type { HistNdMethod, Job, Method, NtuplesMethod, TagAndProbeJob } from '../config/index.js'
import { isTagAndProbe, WORKFLOWS } from '../config/index.js'
import { UsageError } from '../core/errors.js'
import type { Column, Layout } from '../core/types.js'
import type { ArrowSchema } from '../formats/arrow/index.js'
import type { GraphDeclaration, GraphNode } from '../graph/index.js'
import { needsGenWeightSum } from '../job/simulation.js'
import { type DatasetPlan, layoutOf } from '../plan/dataset-plan.js'
import { describeMass } from '../stages/index.js'
import { levelsOf } from './arrow-columns.js'
import { checkReads } from './check-reads.js'
import { onlyMethod, type StageJob } from './documents.js'
import type { StreamFacts } from './facts.js'
import { nodesOf, type StageName } from './groups.js'
import { streamPlan } from './plan.js'

export interface Stretch {
  readonly job: Job
  readonly plan: DatasetPlan
  readonly graph: GraphDeclaration
  readonly nodes: readonly GraphNode[]
}

/** Throws UsageError with what the stream lacks for the stage. */
export async function stretchOf(
  stage: StageName,
  stageJob: StageJob,
  facts: StreamFacts,
  schema: ArrowSchema,
): Promise<Stretch> {
  const job = reduced(stage, stageJob)
  const plan = await streamPlan(facts, schema, job, { lumi: stage === 'golden' })
  const graph = buildGraph({ job, plan })
  const nodes = nodesOf(graph, stage, job.workflow).filter(node => !/^counts\[/.test(node.id))
  if (nodes.some(node => /^weight(\[|$)/.test(node.id)) && needsSum(job, plan, facts)) throw noSum(facts)
  return { job, plan, graph, nodes }
}

/** The branches of NanoAOD, by which columns belong to collections; null: of ntuples. */
export function nestedOf({ job, plan }: Stretch): Layout | null {
  return WORKFLOWS[job.workflow].family.endsWith('ntuples') ? null : layoutOf(plan.layout)
}

/** The nodes may run on the stream: all columns are there. */
export function checkStretch({ plan }: Stretch, nodes: readonly GraphNode[], { fields }: ArrowSchema): void {
  checkReads(nodes, new Set(fields.map(f => f.name)), layoutOf(plan.layout))
}

function needsSum(job: Job, plan: DatasetPlan, facts: StreamFacts): boolean {
  return facts.sumGenWeight === null && needsGenWeightSum(job.workflow, plan)
}

function noSum({ dataset }: StreamFacts): UsageError {
  const message = `dataset "${dataset.name}" is simulation, whose weights are divided by the sum of genWeight over all of its events, and nobody has added that up. Begin the pipe with: chunks --sum-gen-weight`
  return new UsageError([{ place: 'stdin', message }])
}

/** The job without what comes later, which need not be known yet. */
function reduced(stage: StageName, stageJob: StageJob): Job {
  const { job, methods } = stageJob
  if (!isTagAndProbe(job)) {
    // Which photon columns are worked out depends on the methods, so they stay.
    const chosen = stage === 'select' ? [onlyMethod(stageJob)] : methods
    if (stage === 'filter') onlyWindow(methods)
    return { ...job, methods: chosen as readonly NtuplesMethod[] }
  }
  if (stage === 'filter') return withMethods(job, [windowOnly(onlyWindow(methods))])
  if (stage === 'select' || stage === 'fill') return withMethods(job, [onlyMethod(stageJob) as never])
  return withMethods({ ...job, options: { ...job.options, filters: [] } } as TagAndProbeJob, [])
}

function withMethods(job: TagAndProbeJob, methods: TagAndProbeJob['methods']): Job {
  return { ...job, methods } as Job
}

/** One of the methods, all of which have the same mass window. Throws UsageError where they differ. */
export function onlyWindow(methods: readonly Method[]): Method {
  const windows = new Map(methods.map(m => [describeMass(m.massRange), m]))
  if (windows.size === 1) return methods[0]!
  if (windows.size === 0) {
    const message = 'no method says which mass window. Give --mass-range, or a runner with a method.'
    throw new UsageError([{ place: 'filter', message }])
  }
  const all = methods.map(m => `${m.id} (${describeMass(m.massRange)})`).join(', ')
  throw new UsageError([
    { place: '--method', message: `the runner's methods have different mass windows: choose one of ${all}.` },
  ])
}

/** Stands for a method where its mass window alone matters. */
function windowOnly({ id, massRange, uproot }: Method): HistNdMethod {
  const nothing = { vars: [], filters: [], weight: null, weightNamed: false, cutAndCount: true }
  return { name: 'get_nd_tnp_histograms', id, massRange, uproot, ...nothing }
}

/** Columns without rows, as the stream has them. */
export function emptyColumns({ fields }: ArrowSchema): Map<string, Column> {
  const columns = new Map<string, Column>()
  for (const one of fields) {
    const { name } = one
    const levels = levelsOf(one)
    if (levels === null) continue
    const { dtype, isList, width } = levels
    columns.set(name, emptyColumn({ dtype, counter: isList ? '' : null, width }))
  }
  return columns
}
