/** What the NanoAOD workflows share: the filters on pairs, and the columns of their tables. */

import { type ElectronNanoJob, type Filter, type Job, type PhotonNanoJob, WORKFLOWS } from '../lib/config/index.js'
import { UsageError } from '../lib/core/errors.js'
import { readInOrder } from '../lib/core/json-text.js'
import type { Batch, DType, Graph, Layout, Pairs, Wire } from '../lib/core/types.js'
import { type GraphDeclaration, readAfter } from '../lib/graph/index.js'
import { ELECTRON_ID, PHOTON_ID } from '../lib/physics/constants.js'
import type { MatchCriteria } from '../lib/physics/trigger-match.js'
import { type DatasetPlan, layoutOf } from '../lib/plan/dataset-plan.js'
import {
  collectReads,
  countedCollections,
  customEvents,
  customPairs,
  cutPairs,
  cutPairsByBoth,
  decodeBranches,
  decodeLate,
  extraFilter,
  type FilterContext,
  goldenJson,
  LACKING_ADVICE,
  type ReadyFilter,
  readFileset,
  splitChunks,
  WEIGHT_COLUMNS,
  weightMc,
} from '../lib/stages/index.js'
import { compilePairExpression, type PairExpression } from '../lib/stages/pair-scope.js'
import {
  pairColumn,
  readableFields,
  resolveVariable,
  tagPrefixOf,
  type VariableSpace,
} from '../lib/stages/variables.js'
import { collectProblems, type EntriesOf, type MethodContext } from './context.js'
import { addReports } from './outputs.js'

/** The trigger path that every event must pass, and what its tag must match. Hard-wired in the reference. */
export const TAG_PATH = 'Ele30_WPTight_Gsf'
export const TAG_MATCH: MatchCriteria = { id: ELECTRON_ID, pt: 30, bit: 1 }

export type NanoJob = ElectronNanoJob | PhotonNanoJob

/** The names that expressions and `vars` of the electron workflow may use. */
export function electronSpace(layout: Layout, options: { readonly useScEta: boolean }, isMC: boolean): VariableSpace {
  const added = new Map<string, DType>([
    ['Electron_eta_to_use', 'float32'],
    ['Electron_phi_to_use', 'float32'],
  ])
  if (options.useScEta) added.set('Electron_superclusterEta', 'float32')
  if (isMC) for (const name of WEIGHT_COLUMNS) added.set(name, 'float64')
  return { layout, tags: 'Electron', probes: 'Electron', probePrefix: 'el_', added }
}

/** The names that expressions and `vars` of the photon workflow may use. */
export function photonSpace(
  layout: Layout,
  options: { readonly useScEta: boolean; readonly startFromDiphotons: boolean },
  isMC: boolean,
): VariableSpace {
  const scEta = options.useScEta ? (layout.branch('Photon_superclusterEta')?.dtype ?? 'float64') : undefined
  const added = new Map<string, DType>([
    ['Electron_eta_to_use', 'float32'],
    ['Electron_phi_to_use', 'float32'],
    ['Photon_eta_to_use', scEta ?? 'float32'],
    ['Photon_phi_to_use', 'float32'],
  ])
  if (scEta !== undefined) added.set('Photon_superclusterEta', scEta)
  if (isMC) for (const name of WEIGHT_COLUMNS) added.set(name, 'float64')
  const tags = options.startFromDiphotons ? 'Photon' : 'Electron'
  return { layout, tags, probes: 'Photon', probePrefix: 'ph_', added }
}

/** fileset -> chunk -> decode, with the reports: the head of every workflow on NanoAOD. */
export function decodedEvents(g: Graph, job: Job, plan: DatasetPlan, entriesOf: EntriesOf): Wire<Batch> {
  const { name, files } = plan.dataset
  const excluded = plan.failed.map(f => f.chunk.partition)
  const late = new Set(plan.lateBranches)
  const nested = !WORKFLOWS[job.workflow].family.endsWith('ntuples')
  const decode = decodeBranches({
    branches: plan.branches.filter(b => !late.has(b)),
    late: [...late],
    layout: layoutOf(plan.layout),
    counted: countedCollections(plan.branches),
    nested,
  })
  const decoded = g
    .from('fileset', readFileset(name, files, excluded))
    .to('chunk', splitChunks(plan.maxEvents, entriesOf))
    .to('decode', decode)
  addReports(decoded.to('reads', collectReads(plan.failed)), job, plan)
  const filter = job.options.extraFilter
  const context = filterContext(plan)
  const layout = nested ? layoutOf(plan.layout) : null
  if (filter === null) return customisedEvents(decoded, plan, layout)
  const filtered = decoded.to('extra-filter', extraFilter(filter, plan.filterReads, context, layout))
  return customisedEvents(filtered, plan, layout)
}

/** The user's own stages on events, in the order given: what follows sees the columns that they add. */
function customisedEvents(events: Wire<Batch>, plan: DatasetPlan, nested: Layout | null): Wire<Batch> {
  return plan.customStages
    .filter(s => s.on === 'events')
    .reduce((wire, s) => wire.to(`stage:${s.stage}`, customEvents(s, { ...filterContext(plan), nested })), events)
}

function filterContext(plan: DatasetPlan): FilterContext {
  const { metadata, metadataText } = plan.dataset
  return { metadata: readInOrder(metadata, metadataText), isMC: plan.isMC }
}

/** The space with the columns that the user's own stages add. */
export function withCustomColumns(space: VariableSpace, plan: DatasetPlan): VariableSpace {
  const types = plan.customStages.flatMap(s => Object.entries(s.addedTypes))
  return types.length === 0 ? space : { ...space, added: new Map([...space.added, ...types]) }
}

/** With the columns that no stage before needs: those of events without pairs are not decoded. */
export function withLateColumns(pairs: Wire<Pairs>, { lateBranches, layout }: DatasetPlan): Wire<Pairs> {
  return lateBranches?.length === 0 ? pairs : pairs.to(LATE_NODE, decodeLate(lateBranches, layoutOf(layout)))
}

const LATE_NODE = 'late'

/** Of `branches`, those that nothing needs before the pairs are known. */
export function lateBranchesOf(graph: GraphDeclaration, branches: readonly string[], layout: Layout): string[] {
  const counters = new Set(countedCollections(branches).map(c => `n${c}`))
  return readAfter(graph, LATE_NODE, branches, layout).filter(name => !counters.has(name))
}

/** Weighted, for simulation; certified, for data with a golden JSON. */
export function certifiedEvents(events: Wire<Batch>, plan: DatasetPlan): Wire<Batch> {
  const { isMC, sumGenWeight, pileup, lumi } = plan
  const weighted = isMC ? events.to('weight', weightMc({ sumGenWeight, pileup })) : events
  return lumi === null ? weighted : weighted.to('golden', goldenJson(lumi))
}

export interface ContextOptions {
  /** |TrigObj_id| of the objects that HLT filters match; default: that of electrons or photons, as the filter says. */
  readonly triggerId?: number
}

/** What `addMethods` needs to know of a workflow on NanoAOD whose pairs are made of the space's collections. */
export function nanoContext(
  job: NanoJob,
  plan: DatasetPlan,
  space: VariableSpace,
  options: ContextOptions = {},
): MethodContext {
  const variable = (name: string, place: string) => resolveVariable(name, space, place)
  const weights = plan.isMC ? WEIGHT_COLUMNS.map(name => variable(name, name)) : []
  return {
    job,
    plan,
    variable,
    filters: collectProblems(job.options.filters, filter => readyFilter(filter, job, space, options)),
    leading: vars => [...(vars === 'all' ? allVariables(plan, space) : vars), 'event', 'run', 'luminosityBlock'],
    trailing: [pairColumn('pair_mass', 'float32'), ...weights],
    // Simulation gets these; for data they are 1, so that one runner serves both.
    unitWeights: plan.isMC ? [] : WEIGHT_COLUMNS,
  }
}

/** What vars "all" means for these files. */
function allVariables(plan: DatasetPlan, space: VariableSpace): string[] {
  const event = ['PV_npvs', 'Rho_fixedGridRhoAll', 'Rho_fixedGridRhoFastjetAll']
  if (plan.isMC) event.push('Pileup_nTrueInt')
  return [
    ...readableFields(space, space.tags, true).map(f => tagPrefixOf(space) + f),
    ...readableFields(space, space.probes, true).map(f => space.probePrefix + f),
    ...event.filter(name => space.layout.has(name)),
  ]
}

/** What an expression that does not mention `zcands` is put behind. */
const PROBE_PREFIX = 'zcands.probe.'

/** The pairs that cutbased_id, extra_zcands_mask and the user's own stages on pairs leave. The first two come before any other cut on pairs, and see all of them: they may count the pairs
 *  of an event (ak.num, ak.sum ...). */
export function selectedByUser(
  paired: Wire<Pairs>,
  options: NanoJob['options'],
  space: VariableSpace,
  plan: DatasetPlan,
): Wire<Pairs> {
  return plan.customStages
    .filter(s => s.on === 'pairs')
    .reduce(
      (wire, s) => wire.to(`stage:${s.stage}`, customPairs(s, { ...filterContext(plan), nested: space.layout })),
      masked(paired, options, space),
    )
}

function masked(paired: Wire<Pairs>, options: NanoJob['options'], space: VariableSpace): Wire<Pairs> {
  const { cutbasedId, extraZcandsMask } = options
  const id = cutbasedId === null ? null : identification(cutbasedId, space)
  const mask = extraZcandsMask === null ? null : compilePairExpression(extraZcandsMask, space, 'extra_zcands_mask')
  if (id === null) return mask === null ? paired : paired.to('mask', cutPairs(mask))
  if (mask === null) return paired.to('id', cutPairs(id))
  const [byId, byMask] = cutPairsByBoth(id, mask)
  return paired.to('id', byId).to('mask', byMask)
}

/** cutbased_id, which always is a condition on the probe. */
function identification(text: string, space: VariableSpace): PairExpression {
  return compilePairExpression(text.slice(PROBE_PREFIX.length), space, 'cutbased_id', PROBE_PREFIX)
}

function readyFilter(filter: Filter, job: NanoJob, space: VariableSpace, { triggerId }: ContextOptions): ReadyFilter {
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
    match: { id: triggerId ?? (photon ? PHOTON_ID : ELECTRON_ID), pt: filter.triggerPt, bit: filter.filterbit! },
    path: job.options.requireEventToPassHltFilter ? triggerPath(filter.expression, space, place) : null,
  }
}

/** The branch of the event's decision: the filter's own name, or that without its last segment (..._Leg1). */
function triggerPath(filter: string, { layout }: VariableSpace, place: string): string {
  if (layout.has(filter)) return filter
  const shorter = filter.slice(0, filter.lastIndexOf('_'))
  if (layout.has(shorter)) return shorter
  const message = `neither "${filter}" nor "${shorter}" is a trigger path of these files. Correct the filter, or set require_event_to_pass_hlt_filter to false. ${LACKING_ADVICE}`
  throw new UsageError([{ place, message }])
}
