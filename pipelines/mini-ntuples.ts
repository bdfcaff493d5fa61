/** ElectronTagNProbeFromMiniNTuples and PhotonTagNProbeFromMiniNTuples: the trees of the e/gamma ntuplizer for MiniAOD
 *  (fitter_tree). Every trigger and identification is a column of 0 and 1. */
import type { NtuplesJob } from '../lib/config/index.js'
import type { Graph } from '../lib/core/types.js'
import type { DatasetPlan } from '../lib/plan/dataset-plan.js'
import type { EntriesOf } from './context.js'
import { type NtupleColumns, ntuples, type Probe, probeOf } from './ntuples.js'

export function miniNtuples(g: Graph, job: NtuplesJob, plan: DatasetPlan, entriesOf: EntriesOf): void {
  ntuples(g, job, plan, entriesOf, miniColumns(probeOf(job), job.options))
}

interface AngleOptions {
  readonly useScEta: boolean
  readonly useScPhi: boolean
}

export function miniColumns(probe: Probe, { useScEta, useScPhi }: AngleOptions): NtupleColumns {
  const p = probe === 'electron' ? 'el' : 'ph'
  return {
    probePrefix: `${p}_`,
    probePt: probe === 'electron' ? 'el_pt' : 'ph_et',
    charges: probe === 'electron' ? ['tag_Ele_q', 'el_q'] : null,
    angles: new Map([
      ['tag_Ele_eta_to_use', [useScEta ? 'tag_sc_eta' : 'tag_Ele_eta']],
      [`${p}_eta_to_use`, [useScEta ? `${p}_sc_eta` : `${p}_eta`]],
      [`${p}_phi_to_use`, [useScPhi ? `${p}_sc_phi` : `${p}_phi`]],
    ]),
    lumi: 'lumi',
    trueInteractions: 'truePU',
    replacesWeight: true,
    isWeight: name => name.includes('weight') || (name.includes('Weight') && name !== 'psWeight'),
    eventNames: [],
  }
}
