/** The batch system of a name. */
import type { SystemName } from './options.js'
import type { BatchSystem } from './system.js'

export async function systemFor(name: SystemName): Promise<BatchSystem> {
  return name === 'slurm' ? (await import('./slurm.js')).slurm : (await import('./condor.js')).condor
}
