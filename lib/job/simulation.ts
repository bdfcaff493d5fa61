/** What tells simulation from data, by the kind of file that a workflow reads. */
import { type Family, WORKFLOWS, type WorkflowName } from '../config/index.js'
import type { Layout } from '../core/types.js'
import type { DatasetPlan } from '../plan/dataset-plan.js'

/** Simulation has these branches: one of the name, or any that begins with the prefix. */
const SIGNS: Readonly<Record<Family, { readonly name: string; readonly prefix?: string }>> = {
  nano: { name: 'nGenPart', prefix: 'GenPart_' },
  sas: { name: 'nGenPart', prefix: 'GenPart_' },
  'mini-ntuples': { name: 'mcTrue' },
  'nano-ntuples': { name: 'Pileup_nTrueInt' },
}

/** Whether files of this layout are simulation, where the fileset does not say. */
export function looksSimulated(workflow: WorkflowName, { names }: Layout): boolean {
  const { name, prefix } = SIGNS[WORKFLOWS[workflow].family]
  return names.some(n => n === name || (prefix !== undefined && n.startsWith(prefix)))
}

/** Weights of NanoAOD are normalised to the sum of genWeight over the dataset; those of ntuples are not. */
export function needsGenWeightSum(workflow: WorkflowName, { isMC, layout }: DatasetPlan): boolean {
  const { family } = WORKFLOWS[workflow]
  return isMC && (family === 'nano' || family === 'sas') && layout.names.includes('genWeight')
}
