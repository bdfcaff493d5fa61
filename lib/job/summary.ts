/** What a run did, for people and for programs. */
import type { WorkflowName } from '../config/index.js'
import { type EfficiencyProblem, estimateEfficiency } from '../hist/index.js'
import type { DatasetPlan } from '../plan/dataset-plan.js'
import type { GraphResult } from '../run/execute.js'
import type { GraphProfile } from '../run/profiler.js'
import type { ProbeCounts } from '../stages/count-probes.js'
import { type PartitionRead, partitions } from '../stages/index.js'
import { needsGenWeightSum } from './simulation.js'

export interface FilterSummary {
  readonly filter: string
  /** Numbers of probes. */
  readonly passing: number
  readonly failing: number
  /** passing / (passing + failing), of sums of weights where the window has weights, with its Clopper-Pearson interval (68.27 %)
   *  of effective entries; NaN without probes. */
  readonly efficiency: number
  readonly low: number
  readonly high: number
  /** Effective entries; without weights the number of probes. */
  readonly entries: number
  /** Why there are probes but no interval; null: all is well. */
  readonly problem: EfficiencyProblem | null
}

export interface WindowSummary {
  /** The mass window, as text. */
  readonly window: string
  readonly pairs: number
  /** The variable that efficiencies are weighted by; null: none. */
  readonly weight: string | null
  readonly filters: readonly FilterSummary[]
}

export interface TableSummary {
  /** The method, and for passing and failing probes the filter. */
  readonly id: string
  readonly rows: number
}

export interface DatasetSummary {
  readonly name: string
  readonly dir: string
  readonly isMC: boolean
  readonly files: number
  readonly partitions: number
  /** Partitions that could not be read, in partition order. */
  readonly skipped: readonly PartitionRead[]
  readonly events: number
  readonly sumGenWeight: number | null
  /** Stage -> events or pairs that left it, in graph order. */
  readonly cutflow: readonly (readonly [string, number])[]
  /** Where the time went. */
  readonly profile: GraphProfile
  readonly windows: readonly WindowSummary[]
  readonly tables: readonly TableSummary[]
}

export interface JobSummary {
  readonly datasets: readonly DatasetSummary[]
  readonly executor: string
  readonly workers: number
  readonly seconds: number
  /** Chunks whose results were taken from the journal of a stopped run, and those that were run; null without journal. */
  readonly chunks: { readonly resumed: number; readonly run: number } | null
}

export function summarize(workflow: WorkflowName, plan: DatasetPlan, result: GraphResult): DatasetSummary {
  const { dataset, isMC } = plan
  const reads = result.values.get('reads') as PartitionRead[]
  return {
    name: dataset.name,
    dir: dataset.dir,
    isMC,
    files: dataset.files.length,
    partitions: partitions(dataset.name, dataset.files).length,
    skipped: reads.filter(r => r.failure !== null),
    events: result.events,
    sumGenWeight: needsGenWeightSum(workflow, plan) ? plan.sumGenWeight : null,
    profile: result.profile,
    cutflow: [...result.counts].filter(([id]) => !id.includes('/')),
    windows: windowSummaries(result),
    tables: tableSummaries(result),
  }
}

/** Rows that left each stage which makes a table. */
function tableSummaries({ counts }: GraphResult): TableSummary[] {
  const suffix = '/select'
  return [...counts].flatMap(([id, rows]) => (id.endsWith(suffix) ? [{ id: id.slice(0, -suffix.length), rows }] : []))
}

function windowSummaries(result: GraphResult): WindowSummary[] {
  const out: WindowSummary[] = []
  for (const [id, value] of result.values) {
    const window = /^counts\[(.*)\]$/.exec(id)?.[1]
    if (window === undefined) continue
    const counts = value as ProbeCounts
    const filters = Object.keys(counts.passing).map(filter => filterSummary(filter, counts))
    out.push({ window, pairs: counts.pairs, weight: counts.weights?.name ?? null, filters })
  }
  return out
}

function filterSummary(filter: string, { pairs, passing, weights }: ProbeCounts): FilterSummary {
  const n = passing[filter]!
  const all = weights?.all ?? { value: pairs, variance: pairs }
  const passed = weights?.passing[filter] ?? { value: n, variance: n }
  const failed = { value: all.value - passed.value, variance: all.variance - passed.variance }
  const { efficiency, low, high, entries, problem } = estimateEfficiency(passed, failed)
  return { filter, passing: n, failing: pairs - n, efficiency, low, high, entries, problem }
}
