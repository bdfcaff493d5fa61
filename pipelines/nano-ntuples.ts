/** ElectronTagNProbeFromNanoNTuples and PhotonTagNProbeFromNanoNTuples: what get_tnp_arrays of a workflow on NanoAOD wrote, flat.
 *  Filters and identifications are the columns that its filters made, named as they were: `cutBased >= 4`. */
import type { NtuplesJob } from '../lib/config/index.js'
import type { Graph, Layout } from '../lib/core/types.js'
import { type DatasetPlan, layoutOf } from '../lib/plan/dataset-plan.js'
import type { EntriesOf } from './context.js'
import { type NtupleColumns, ntuples, type Probe, probeOf } from './ntuples.js'

export function nanoNtuples(g: Graph, job: NtuplesJob, plan: DatasetPlan, entriesOf: EntriesOf): void {
  ntuples(g, job, plan, entriesOf, nanoColumns(probeOf(job), job.options, layoutOf(plan.layout)))
}

interface AngleOptions {
  readonly useScEta: boolean
  readonly useScPhi: boolean
}

export function nanoColumns(probe: Probe, { useScEta, useScPhi }: AngleOptions, layout: Layout): NtupleColumns {
  const p = probe === 'electron' ? 'el' : 'ph'
  const eta = (side: string) => (useScEta ? superclusterEta(side, probe, layout) : [`${side}_eta`])
  return {
    probePrefix: `${p}_`,
    probePt: `${p}_pt`,
    charges: probe === 'electron' ? ['tag_Ele_charge', 'el_charge'] : null,
    angles: new Map([
      ['tag_Ele_eta_to_use', eta('tag_Ele')],
      [`${p}_eta_to_use`, eta(p)],
      [`${p}_phi_to_use`, [useScPhi ? `${p}_superclusterPhi` : `${p}_phi`]],
    ]),
    lumi: 'luminosityBlock',
    trueInteractions: 'Pileup_nTrueInt',
    replacesWeight: false,
    isWeight: name => name.includes('weight') || name.includes('Weight'),
    eventNames: ['PV_npvs', 'Rho_fixedGridRhoAll', 'Rho_fixedGridRhoFastjetAll'],
  }
}

/** Ntuples of electrons may lack it, and then have what it is the sum of. */
function superclusterEta(side: string, probe: Probe, layout: Layout): string[] {
  const branch = `${side}_superclusterEta`
  return probe === 'photon' || layout.has(branch) ? [branch] : [`${side}_eta`, `${side}_deltaEtaSC`]
}
