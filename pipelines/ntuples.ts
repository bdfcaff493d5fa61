/** The workflows on ntuples, flat trees whose rows are tag-probe pairs already:
 *
 *    fileset -> chunk -> decode -> [golden] -> rows -> tag -> probe -> [charge] -> [mask] -> [id] -> [weight] -> mass window
 *      -> filters -> one branch a method
 *
 *  A stage in brackets is there only where the workflow, the options or the dataset ask for it. What the trees made from MiniAOD
 *  and from NanoAOD call their columns is in mini-ntuples.ts and nano-ntuples.ts. */
import { type Filter, type NtuplesJob, WORKFLOWS } from '../lib/config/index.js'
import type { Batch, Graph, Layout, Pairs, Wire } from '../lib/core/types.js'
import { type DatasetPlan, layoutOf } from '../lib/plan/dataset-plan.js'
import {
  columnIsOne,
  compileRowExpression,
  cutCharge,
  cutPairs,
  cutRows,
  goldenJson,
  hasRow,
  neededVariable,
  pairRows,
  type ReadyFilter,
  type RowSpace,
  rowVariable,
  WEIGHT_COLUMNS,
  weightPileup,
} from '../lib/stages/index.js'
import { isReadable, pairColumn, type Variable } from '../lib/stages/variables.js'
import { collectProblems, type EntriesOf, type MethodContext } from './context.js'
import { addMethods } from './methods.js'
import { decodedEvents } from './nano.js'

export type Probe = 'electron' | 'photon'

/** What the columns of one kind of ntuple are called. */
export interface NtupleColumns {
  /** The probe's columns begin with it: `el_` or `ph_`. */
  readonly probePrefix: string
  readonly probePt: string
  /** Charges of tag and probe, where they must be opposite. */
  readonly charges: readonly [tag: string, probe: string] | null
  /** The angles to cut on, `<...>_to_use`: name -> the branch, or several to be added up. */
  readonly angles: ReadonlyMap<string, readonly string[]>
  readonly lumi: string
  /** The number of interactions that was simulated. */
  readonly trueInteractions: string
  /** A branch `weight` gives way to the pileup weight. */
  readonly replacesWeight: boolean
  /** A branch that is written whatever the variables are. */
  readonly isWeight: (name: string) => boolean
  /** Columns of the event that vars "all" includes where the file has them. */
  readonly eventNames: readonly string[]
}

export function probeOf(job: NtuplesJob): Probe {
  return WORKFLOWS[job.workflow].probe
}

const TAG_PREFIX = 'tag_Ele_'
const MASS = 'pair_mass'

export function ntuples(
  g: Graph,
  job: NtuplesJob,
  plan: DatasetPlan,
  entriesOf: EntriesOf,
  columns: NtupleColumns,
): void {
  const space: RowSpace = { layout: layoutOf(plan.layout), made: columns.angles }
  const decoded = decodedEvents(g, job, plan, entriesOf)
  const certified = plan.lumi === null ? decoded : decoded.to('golden', goldenJson(plan.lumi, columns.lumi))
  const selected = selectedRows(certified, job, space, columns)
  const weight = pileupWeight(plan, space, columns)
  addMethods(
    weight === null ? selected : selected.to('weight', weight),
    ntupleContext(job, plan, space, columns, weight !== null),
  )
}

/** The rows that pass the cuts. All cuts are on the row itself, so their order does not matter. */
function selectedRows(
  rows: Wire<Batch>,
  { options: o }: NtuplesJob,
  space: RowSpace,
  { probePrefix, probePt, charges }: NtupleColumns,
): Wire<Pairs> {
  const column = (name: string) => neededVariable(name, space)
  const kept = rows
    .to('rows', pairRows(TAG_PREFIX.slice(0, -1), probePrefix.slice(0, -1)))
    .to(
      'tag',
      cutRows('cutTag', {
        pt: column(`${TAG_PREFIX}pt`),
        minPt: o.tagsPtCut,
        eta: column(`${TAG_PREFIX}eta_to_use`),
        maxAbsEta: o.tagsAbsetaCut,
        avoidEcalTransition: o.avoidEcalTransitionTags,
      }),
    )
    .to(
      'probe',
      cutRows('cutProbe', {
        pt: column(probePt),
        minPt: o.probesPtCut,
        eta: column(`${probePrefix}eta_to_use`),
        maxAbsEta: o.probesAbsetaCut,
        avoidEcalTransition: o.avoidEcalTransitionProbes,
      }),
    )
  const opposite = charges === null ? kept : kept.to('charge', cutCharge(column(charges[0]), column(charges[1])))
  const masked =
    o.extraZcandsMask === null
      ? opposite
      : opposite.to('mask', cutPairs(compileRowExpression(o.extraZcandsMask, space, 'extra_zcands_mask')))
  return o.cutbasedId === null ? masked : masked.to('id', cutPairs(columnIsOne(o.cutbasedId, space, 'cutbased_id')))
}

/** The stage that makes the column `weight`, or null where none is made. */
function pileupWeight({ isMC, pileup }: DatasetPlan, space: RowSpace, columns: NtupleColumns) {
  if (!isMC || pileup === null) return null
  if (!columns.replacesWeight && space.layout.has('weight')) return null
  return weightPileup(pileup, neededVariable(columns.trueInteractions, space))
}

function ntupleContext(
  job: NtuplesJob,
  plan: DatasetPlan,
  space: RowSpace,
  columns: NtupleColumns,
  makesWeight: boolean,
): MethodContext {
  const { names } = space.layout
  const mass = pairColumn(MASS, neededVariable(MASS, space).dtype)
  const made = new Map([mass, ...(makesWeight ? [pairColumn('weight', 'float64')] : [])].map(v => [v.name, v]))
  const fixed = ['event', 'run', columns.lumi]
  const simulated = plan.isMC ? [columns.trueInteractions] : []
  const needed = new Set([...fixed, ...simulated])
  const variable = (name: string, place: string): Variable =>
    made.get(name) ?? (needed.has(name) ? neededVariable(name, space) : rowVariable(name, space, place))
  return {
    job: { ...job, methods: job.methods.map(m => ('flat' in m ? { ...m, flat: true } : m)) },
    plan,
    variable,
    filters: collectProblems(job.options.filters, filter => readyFilter(filter, space)),
    leading: vars => [
      ...(vars === 'all' ? allVariables(space, columns) : vars),
      ...fixed,
      ...names.filter(columns.isWeight),
      ...simulated,
    ],
    trailing: [...made.values()],
    unitWeights: (plan.isMC ? ['weight'] : WEIGHT_COLUMNS).filter(name => !made.has(name) && !hasRow(name, space)),
  }
}

function allVariables({ layout }: RowSpace, { probePrefix, eventNames }: NtupleColumns): string[] {
  const { names } = layout
  const all = [
    ...names.filter(n => n.startsWith(TAG_PREFIX)),
    ...names.filter(n => n.startsWith(probePrefix)),
    ...names.filter(n => eventNames.includes(n)),
  ]
  return all.filter(name => isReadable(layout, name) && !isVector(layout, name))
}

/** A list that says its length itself is no column of pairs; those of counted lists are taken for a mistake. */
function isVector(layout: Layout, name: string): boolean {
  if (layout.branch(name)!.counter !== name) return false
  layout.leaveOut?.(name)
  return true
}

/** A filter is the name of a column, which must be 1, or an expression over `events`. */
function readyFilter({ name, expression, kind }: Filter, space: RowSpace): ReadyFilter {
  const place = `filters / ${name}`
  const isColumn = kind === 'column' || space.layout.has(expression)
  return {
    kind: 'expression',
    name,
    expression: isColumn ? columnIsOne(expression, space, place) : compileRowExpression(expression, space, place),
  }
}
