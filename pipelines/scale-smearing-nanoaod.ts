/** ScaleAndSmearingNTuplesFromNanoAOD: one pair of electrons an event, with the photons that they are linked to.
 *
 *    fileset -> chunk -> decode -> [golden] -> [hlt] -> angles -> [photon-angles] -> pair -> pair-kinematics
 *      -> choice in a mass window -> [weight] -> one branch a method
 *
 *  A stage in brackets is there only where the options or the dataset ask for it. */
import type { NtuplesMethod, ScaleAndSmearingJob } from '../lib/config/index.js'
import { UsageError } from '../lib/core/errors.js'
import type { Graph, Layout, Pairs, Wire } from '../lib/core/types.js'
import { tableSchema } from '../lib/formats/index.js'
import { type DatasetPlan, layoutOf } from '../lib/plan/dataset-plan.js'
import {
  addDielectrons,
  chooseDielectrons,
  chooseElectronAngles,
  choosePhotonAngles,
  countProbes,
  type DielectronColumn,
  describeMass,
  dielectronFields,
  encodeTable,
  goldenJson,
  matchingPaths,
  pairDielectrons,
  type RowKind,
  requireAnyTrigger,
  selectDielectrons,
  weightDielectrons,
  writeTable,
} from '../lib/stages/index.js'
import { collectionFields } from '../lib/stages/variables.js'
import { collectProblems, type EntriesOf } from './context.js'
import { decodedEvents, withLateColumns } from './nano.js'
import { partFiles } from './outputs.js'
import { dielectronColumns, dielectronSpace, photonNames } from './scale-smearing-columns.js'

/** Supercluster angles where files may lack them; cuts are on the supercluster's eta, whatever the other options. */
const SUPERCLUSTER = { useScEta: true, useScPhi: false }

export function scaleSmearingNanoAOD(
  g: Graph,
  job: ScaleAndSmearingJob,
  plan: DatasetPlan,
  entriesOf: EntriesOf,
): void {
  const o = job.options
  const layout = layoutOf(plan.layout)

  const decoded = decodedEvents(g, job, plan, entriesOf)
  const certified = plan.lumi === null ? decoded : decoded.to('golden', goldenJson(plan.lumi))
  const accepted = o.triggerPaths === null ? certified : certified.to('hlt', requireAnyTrigger(o.triggerPaths))
  const electrons = accepted.to('angles', chooseElectronAngles(SUPERCLUSTER))
  const photons = needsPhotonAngles(job, layout)
    ? electrons.to('photon-angles', choosePhotonAngles(SUPERCLUSTER))
    : electrons
  const pairs = photons
    .to(
      'pair',
      pairDielectrons({
        leadPt: o.leadPtCut,
        pt: o.subleadPtCut,
        absEta: o.etaCut,
        avoidEcalTransition: o.avoidEcalTransition,
      }),
    )
    .to('pair-kinematics', addDielectrons())
  addMethods(withLateColumns(pairs, plan), job, plan)
}

/** Working them out takes seven branches, so it is done only where they are written. */
function needsPhotonAngles(job: ScaleAndSmearingJob, layout: Layout): boolean {
  const space = dielectronSpace(layout)
  return (
    !layout.has('Photon_superclusterEta') &&
    job.methods.some(method => photonNames(method, space).includes('superclusterEta'))
  )
}

function addMethods(pairs: Wire<Pairs>, job: ScaleAndSmearingJob, plan: DatasetPlan): void {
  const { sumGenWeight, pileup, isMC } = plan
  const windows = new Map<string, NtuplesMethod[]>()
  for (const method of job.methods) {
    const key = describeMass(method.massRange)
    windows.set(key, [...(windows.get(key) ?? []), method])
  }
  for (const [window, methods] of windows) {
    const chosen = pairs.to(`choice[${window}]`, chooseDielectrons(methods[0]!.massRange))
    const weighted = isMC ? chosen.to(`weight[${window}]`, weightDielectrons({ sumGenWeight, pileup })) : chosen
    weighted.to(`counts[${window}]`, countProbes([]))
    collectProblems(methods, method => addTable(weighted, method, job, plan))
  }
}

function addTable(pairs: Wire<Pairs>, method: NtuplesMethod, job: ScaleAndSmearingJob, plan: DatasetPlan): void {
  const columns = dielectronColumns(method, plan)
  const rows = rowKind(method, columns)
  const schema = tableSchema(dielectronFields(columns, rows))
  const files = partFiles({ job, plan }, method, 'NTuples')
  pairs
    .to(`${method.id}/select`, selectDielectrons({ columns, rows }))
    .to(`${method.id}/encode`, encodeTable(schema, files.format))
    .into(`${method.id}/${files.format}`, writeTable(schema, files))
}

/** `flat` says something only where there are lists. Lists of two collections have different lengths. */
function rowKind(method: NtuplesMethod, columns: readonly DielectronColumn[]): RowKind {
  const collections = new Set(columns.filter(c => c.kind === 'lists').map(c => c.name.split('_')[0]!))
  if (!method.flat || collections.size === 0) return method.dropEmpty ? 'pair' : 'event'
  if (collections.size === 1) return 'element'
  const message = `${[...collections].join(' and ')} have lists of different lengths, which cannot be flattened together. Set flat to false, or ask for one of them.`
  throw new UsageError([{ place: `${method.id} / vars`, message }])
}

/** Options that come to nothing on this dataset, for the user to know. */
export function scaleSmearingWarnings(job: ScaleAndSmearingJob, plan: DatasetPlan): string[] {
  const layout = layoutOf(plan.layout)
  const where = `dataset "${plan.dataset.name}"`
  const { triggerPaths } = job.options
  const warnings: string[] = []
  if (triggerPaths !== null && matchingPaths(layout.names, triggerPaths).length === 0) {
    warnings.push(`trigger_paths: ${where} has no path that begins with ${triggerPaths.join(' or ')}: no event passes`)
  }
  const known = [...collectionFields(dielectronSpace(layout), 'Electron'), 'gen_pt']
  for (const { id, electron } of job.methods) {
    const missing = electron === 'all' ? [] : electron.filter(f => !known.includes(f))
    if (missing.length > 0) warnings.push(`${id}: electrons of ${where} have no ${missing.join(', ')}: left out`)
  }
  return warnings
}
