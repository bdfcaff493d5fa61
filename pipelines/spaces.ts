/** The names that expressions and `vars` may use, per workflow. */
import type { DType, Layout } from '../lib/core/types.js'
import { WEIGHT_COLUMNS } from '../lib/stages/index.js'
import type { VariableSpace } from '../lib/stages/variables.js'

export function electronSpace(layout: Layout, options: { readonly useScEta: boolean }, isMC: boolean): VariableSpace {
  const added = new Map<string, DType>([
    ['Electron_eta_to_use', 'float32'],
    ['Electron_phi_to_use', 'float32'],
  ])
  if (options.useScEta) added.set('Electron_superclusterEta', 'float32')
  if (isMC) for (const name of WEIGHT_COLUMNS) added.set(name, 'float64')
  return { layout, tags: 'Electron', probes: 'Electron', probePrefix: 'el_', added }
}
