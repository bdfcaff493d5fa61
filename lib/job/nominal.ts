/** A plan without opening any file, for drawing a job's graph: every branch that is asked for is taken to exist. */
import { type Dataset, type Job, WORKFLOWS } from '../config/index.js'
import type { BranchInfo } from '../core/types.js'
import type { DatasetPlan } from '../plan/dataset-plan.js'
import type { ReadyStage } from '../stages/custom-stage.js'

/** Collections of NanoAOD, whose branches have a list an event. */
const COLLECTIONS = ['Electron', 'Photon', 'Jet', 'Muon', 'Tau', 'FatJet', 'GenPart', 'TrigObj', 'SubJet', 'SV']

/** Names that stand for all branches of a collection, so that "all" shows what it reads. */
const ALL_NAMES = ['Electron_*', 'Photon_*', 'tag_Ele_*', 'el_*', 'ph_*', 'nElectron', 'nPhoton']

/** A dataset that names no isMC is drawn as simulation, which has all of data's stages but the golden JSON and more. */
export function nominalPlan(job: Job, dataset: Dataset, customStages: readonly ReadyStage[] = []): DatasetPlan {
  const isMC = dataset.isMC ?? dataset.goldenJSON === null
  return {
    dataset: { ...dataset, form: null },
    isMC,
    layout: {
      names: nominalNames(job),
      branches: { get: nominalBranch } as unknown as ReadonlyMap<string, BranchInfo>,
      nominal: true,
    },
    branches: [],
    lateBranches: null,
    lumi: isMC || dataset.goldenJSON === null ? null : new Map(),
    pileup: null,
    sumGenWeight: 1,
    failed: [],
    maxEvents: 1e6,
    readFraction: 1,
    firstFile: { path: '', tree: '', entries: 0, bytes: 0 },
    filterReads: [],
    customStages,
  }
}

/** Names to walk over, for "all". */
function nominalNames(job: Job): readonly string[] {
  const ntuples = WORKFLOWS[job.workflow].family.endsWith('ntuples')
  const known = ALL_NAMES.filter(name => ntuples === /^(tag_Ele|el|ph)_/.test(name))
  const asked = job.methods.flatMap(m => (m.name === 'get_ntuples' ? m.collections : []))
  const fields = asked.flatMap(({ name, vars }) => (vars === 'all' ? ['*'] : vars).map(field => `${name}_${field}`))
  return [...new Set([...known, ...fields])]
}

/** int32 is the type that most expressions accept. */
function nominalBranch(name: string): BranchInfo {
  const collection = name.split('_')[0]!
  const counter = name.includes('_') && COLLECTIONS.includes(collection) ? `n${collection}` : null
  return { name, dtype: 'int32', counter, width: 1, totalBytes: 0, zipBytes: 0 }
}
