/** The columns of get_ntuples in the reference's order: lead, sublead, the two together, their event, other collections,
 *  weights. */
import type { NtuplesMethod } from '../lib/config/index.js'
import { nearestHint, UsageError } from '../lib/core/errors.js'
import type { DType, Layout } from '../lib/core/types.js'
import { type DatasetPlan, layoutOf } from '../lib/plan/dataset-plan.js'
import {
  DIELECTRON_COLUMNS,
  type DielectronColumn,
  dielectronWeightColumns,
  genPtColumn,
  isFieldOf,
  photonColumn,
  photonFields,
  readablePhotonFields,
  variableColumn,
  vertexDistanceColumn,
} from '../lib/stages/index.js'
import {
  collectionFields,
  pairColumn,
  readableFields,
  resolveVariable,
  sideField,
  type VariableSpace,
} from '../lib/stages/variables.js'
import { collectProblems } from './context.js'

/** The names that `vars` may use: superclusterEta is added where the files lack it, for electrons in float32, for photons in
 *  float64. */
export function dielectronSpace(layout: Layout): VariableSpace {
  const added = new Map<string, DType>([['Electron_superclusterEta', 'float32']])
  if (!layout.has('Photon_superclusterEta')) added.set('Photon_superclusterEta', 'float64')
  return { layout, tags: 'Electron', probes: 'Electron', probePrefix: 'sublead_', added }
}

/** Fields of the photons that the method asks for. */
export function photonNames(method: NtuplesMethod, space: VariableSpace): readonly string[] {
  return method.photon === 'all' ? readablePhotonFields(space) : [...new Set(method.photon)]
}

/** Throws UsageError with every variable that the files do not have. Fields of electrons are no problem: one list serves
 *  simulation and data, so those that are missing are left out, as in the reference. */
export function dielectronColumns(method: NtuplesMethod, plan: DatasetPlan): DielectronColumn[] {
  const space = dielectronSpace(layoutOf(plan.layout))
  const groups = [
    () => photonColumns('lead_', 'tag', method, space),
    () => eventColumns(space, plan),
    () => collectionColumns(method, space),
  ]
  const [leadPhotons, event, others] = collectProblems(groups, columns => columns())
  return [
    ...electronColumns('lead_', 'tag', method, space, plan),
    ...leadPhotons!,
    ...electronColumns('sublead_', 'probe', method, space, plan),
    ...photonColumns('sublead_', 'probe', method, space),
    ...DIELECTRON_COLUMNS.map(([name, dtype]) => variableColumn(name, pairColumn(name, dtype))),
    ...event!,
    ...others!,
    ...weightColumns(plan),
  ]
}

function electronColumns(
  prefix: string,
  side: 'tag' | 'probe',
  method: NtuplesMethod,
  space: VariableSpace,
  plan: DatasetPlan,
): DielectronColumn[] {
  const { electron } = method
  const fields =
    electron === 'all'
      ? readableFields(space, 'Electron')
      : collectionFields(space, 'Electron').filter(f => electron.includes(f))
  const columns = fields.flatMap(f => {
    const variable = sideField(prefix + f, f, side, space)
    return variable === null ? [] : [variableColumn(variable.name, variable)]
  })
  if (!plan.isMC) return columns
  const dtype = space.layout.branch('GenPart_pt')?.dtype ?? 'float32'
  return [...columns, genPtColumn(`${prefix}gen_pt`, side, { dtype, nullGenPt: method.nullGenPt })]
}

function photonColumns(
  prefix: string,
  side: 'tag' | 'probe',
  method: NtuplesMethod,
  space: VariableSpace,
): DielectronColumn[] {
  return collectProblems(photonNames(method, space), field => {
    const column = photonColumn(`${prefix}pho_${field}`, field, side, space)
    if (column !== null) return column
    const message = `photons have no ${JSON.stringify(field)} in these files.${nearestHint(field, photonFields(space))}`
    throw new UsageError([{ place: `${method.id} / vars / Photon`, message }])
  })
}

function eventColumns(space: VariableSpace, { isMC }: DatasetPlan): DielectronColumn[] {
  const columns: [string, string][] = [
    ['event', 'event'],
    ['lumi', 'luminosityBlock'],
    ['run', 'run'],
    ['nPV', 'PV_npvs'],
  ]
  if (space.layout.has('Rho_fixedGridRhoAll')) columns.push(['fixedGridRhoAll', 'Rho_fixedGridRhoAll'])
  else if (space.layout.has('fixedGridRhoFastjetAll'))
    columns.push(['fixedGridRhoFastjetAll', 'fixedGridRhoFastjetAll'])
  if (isMC) columns.push(['genWeight', 'genWeight'], ['nTrueInt', 'Pileup_nTrueInt'])
  const values = collectProblems(columns, ([name, branch]) =>
    variableColumn(name, resolveVariable(branch, space, `column "${name}"`)),
  )
  return [...values, vertexDistanceColumn('dZ', isMC)]
}

function collectionColumns(method: NtuplesMethod, space: VariableSpace): DielectronColumn[] {
  return collectProblems(method.collections, ({ name, vars }) => {
    const place = `${method.id} / vars / ${name}`
    const collections = new Set(space.layout.names.map(n => n.split('_', 1)[0]!))
    if (!collections.has(name) && !space.layout.names.some(n => isFieldOf(space.layout, n, name))) {
      const message = `no collection ${JSON.stringify(name)} in these files.${nearestHint(name, collections)}`
      throw new UsageError([{ place, message }])
    }
    const fields = vars === 'all' ? readableFields(space, name) : [...new Set(vars)]
    return collectProblems(fields, f => variableColumn(`${name}_${f}`, resolveVariable(`${name}_${f}`, space, place)))
  }).flat()
}

function weightColumns({ isMC, pileup }: DatasetPlan): DielectronColumn[] {
  if (!isMC) return []
  return dielectronWeightColumns(pileup).map(({ name, dtype }) => variableColumn(name, pairColumn(name, dtype)))
}
