/** The columns of get_ntuples in the reference's order: lead, sublead, the two together, their event, other collections,
 *  weights. */
import type { NtuplesMethod } from '../lib/config/index.js'
import { nearestHint, UsageError } from '../lib/core/errors.js'
import type { DType, Layout } from '../lib/core/types.js'
import { type DatasetPlan, layoutOf } from '../lib/job/plan.js'
import {
  type DielectronColumn,
  dielectronWeightColumns,
  genPtColumn,
  photonColumn,
  photonFields,
  variableColumn,
  vertexDistanceColumn,
} from '../lib/stages/index.js'
import {
  collectionFields,
  pairColumn,
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
  return method.photon === 'all' ? photonFields(space) : [...new Set(method.photon)]
}

/** Throws UsageError with every variable that the files do not have. Fields of electrons are no problem: one list serves
 *  simulation and data, so those that are missing are left out, as in the reference. */
export function dielectronColumns(method: NtuplesMethod, plan: DatasetPlan): DielectronColumn[] {
  const space = dielectronSpace(layoutOf(plan.layout))
  const sides = [
    ['lead_', 'tag'],
    ['sublead_', 'probe'],
  ] as const
  const electrons = sides.map(([prefix, side]) => electronColumns(prefix, side, method, space, plan))
  // Both sides have the same fields, hence the same problems.
  const problemsOnce = collectProblems(photonNames(method, space), field => photonColumnsOf(field, method, space))
  const photons = sides.map((_, s) => problemsOnce.map(both => both[s]!))
  return [
    ...electrons[0]!,
    ...photons[0]!,
    ...electrons[1]!,
    ...photons[1]!,
    ...pairColumns(),
    ...eventColumns(space, plan),
    ...collectionColumns(method, space),
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
  const fields = collectionFields(space, 'Electron').filter(
    f => method.electron === 'all' || method.electron.includes(f),
  )
  const columns = fields.flatMap(f => {
    const variable = sideField(prefix + f, f, side, space)
    return variable === null ? [] : [variableColumn(variable.name, variable)]
  })
  if (!plan.isMC) return columns
  return [...columns, genPtColumn(`${prefix}gen_pt`, side, space.layout.branch('GenPart_pt')?.dtype ?? 'float32')]
}

/** The photon's field on both sides. */
function photonColumnsOf(field: string, method: NtuplesMethod, space: VariableSpace): DielectronColumn[] {
  const lead = photonColumn(`lead_pho_${field}`, field, 'tag', space)
  const sublead = photonColumn(`sublead_pho_${field}`, field, 'probe', space)
  if (lead !== null && sublead !== null) return [lead, sublead]
  const message = `photons have no ${JSON.stringify(field)} in these files.${nearestHint(field, photonFields(space))}`
  throw new UsageError([{ place: `${method.id} / vars / Photon`, message }])
}

function pairColumns(): DielectronColumn[] {
  const columns: [string, DType][] = [
    ['pt', 'float32'],
    ['eta', 'float32'],
    ['phi', 'float32'],
    ['mass', 'float32'],
    ['charge', 'int32'],
    ['rapidity', 'float32'],
  ]
  return columns.map(([name, dtype]) => variableColumn(name, pairColumn(name, dtype)))
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
    const fields = vars === 'all' ? collectionFields(space, name) : [...new Set(vars)]
    if (vars === 'all' && !space.layout.names.some(n => n.startsWith(`${name}_`))) {
      throw new UsageError([{ place, message: `no collection ${JSON.stringify(name)} in these files.` }])
    }
    return collectProblems(fields, f => variableColumn(`${name}_${f}`, resolveVariable(`${name}_${f}`, space, place)))
  }).flat()
}

function weightColumns({ isMC, pileup }: DatasetPlan): DielectronColumn[] {
  if (!isMC) return []
  return dielectronWeightColumns(pileup).map(({ name, dtype }) => variableColumn(name, pairColumn(name, dtype)))
}
