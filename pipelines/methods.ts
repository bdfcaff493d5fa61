/** The branches that the methods add to a workflow: one stretch a distinct mass window, with the filters evaluated in it, and
 *  from there one branch a method. */
import type { ElectronNanoJob, Filter, PhotonNanoJob, TagAndProbeMethod } from '../lib/config/index.js'
import { type Problem, UsageError } from '../lib/core/errors.js'
import type { Pairs, Wire } from '../lib/core/types.js'
import type { DatasetPlan } from '../lib/job/plan.js'
import { ELECTRON_ID, PHOTON_ID } from '../lib/physics/constants.js'
import { countProbes, cutMass, describeMass, evaluateFilters, type ReadyFilter } from '../lib/stages/index.js'
import { compilePairExpression, type PairExpression } from '../lib/stages/pair-scope.js'
import { pairColumn, type Variable, type VariableSpace } from '../lib/stages/variables.js'
import { addArrays, addPassingAndFailing } from './arrays.js'
import { addHistograms } from './histograms.js'

export type NanoJob = ElectronNanoJob | PhotonNanoJob

/** Id of the fold that counts pairs and passing probes in a window. */
export const COUNTS_NODE = 'counts'

export function addMethods(pairs: Wire<Pairs>, job: NanoJob, plan: DatasetPlan, space: VariableSpace): void {
  const windows = new Map<string, TagAndProbeMethod[]>()
  for (const method of job.methods) {
    const key = describeMass(method.massRange)
    windows.set(key, [...(windows.get(key) ?? []), method])
  }
  const filters = collectProblems(job.options.filters, filter => readyFilter(filter, job, space))
  for (const [window, methods] of windows) {
    // Filters come after the window: they may count the pairs of an event, and the window decides which there are.
    const filtered = pairs
      .to(`mass[${window}]`, cutMass(methods[0]!.massRange))
      .to(`filters[${window}]`, evaluateFilters(filters))
    filtered.to(`${COUNTS_NODE}[${window}]`, countProbes(filters.map(f => f.name)))
    const decisions = filters.map(f => pairColumn(f.name, 'bool', isPerEvent(f) ? 'event' : 'pair'))
    for (const method of methods) addMethod(filtered, method, decisions, job, plan, space)
  }
}

function addMethod(
  pairs: Wire<Pairs>,
  method: TagAndProbeMethod,
  decisions: readonly Variable[],
  job: NanoJob,
  plan: DatasetPlan,
  space: VariableSpace,
): void {
  switch (method.name) {
    case 'get_tnp_arrays':
      return addArrays(pairs, method, decisions, job, plan, space)
    case 'get_passing_and_failing_probes':
      return addPassingAndFailing(pairs, method, job, plan, space)
    default:
      return addHistograms(pairs, method, job, plan, space)
  }
}

/** Such a filter's column has one value an event in tables of events, as in the reference. */
function isPerEvent(filter: ReadyFilter): boolean {
  return filter.kind === 'expression' && filter.expression.perEvent
}

/** What an expression that does not mention `zcands` is put behind. */
const PROBE_PREFIX = 'zcands.probe.'

/** cutbased_id, which always is a condition on the probe. */
export function identification(text: string, space: VariableSpace): PairExpression {
  return compilePairExpression(text.slice(PROBE_PREFIX.length), space, 'cutbased_id', PROBE_PREFIX)
}

function readyFilter(filter: Filter, job: NanoJob, space: VariableSpace): ReadyFilter {
  const place = `filters / ${filter.name}`
  if (filter.kind !== 'hlt') {
    const prefix = filter.text === filter.expression ? '' : PROBE_PREFIX
    const expression = compilePairExpression(filter.expression, space, place, prefix)
    return { kind: 'expression', name: filter.name, expression }
  }
  const photon = space.probes === 'Photon' ? !filter.isElectronFilter : filter.isPhotonFilter
  return {
    kind: 'hlt',
    name: filter.name,
    match: { id: photon ? PHOTON_ID : ELECTRON_ID, pt: filter.triggerPt, bit: filter.filterbit! },
    path: job.options.requireEventToPassHltFilter ? triggerPath(filter.expression, space, place) : null,
  }
}

/** The branch of the event's decision: the filter's own name, or that without its last segment (..._Leg1). */
function triggerPath(filter: string, { layout }: VariableSpace, place: string): string {
  if (layout.has(filter)) return filter
  const shorter = filter.slice(0, filter.lastIndexOf('_'))
  if (layout.has(shorter)) return shorter
  const message = `neither "${filter}" nor "${shorter}" is a trigger path of these files. Correct the filter, or set require_event_to_pass_hlt_filter to false.`
  throw new UsageError([{ place, message }])
}

/** Maps every item; throws one UsageError with the problems of all. */
export function collectProblems<I, O>(items: readonly I[], map: (item: I) => O): O[] {
  const problems: Problem[] = []
  const out: O[] = []
  for (const item of items) {
    try {
      out.push(map(item))
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new UsageError(problems)
  return out
}
