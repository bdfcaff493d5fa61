/** What expressions of a workflow may speak of. */
import type { Branch, Source } from './catalog.js'
import type { Scope } from './expressions.js'

export interface Workflow {
  readonly name: string
  readonly family: Source['family']
  readonly probe: 'el' | 'ph'
  readonly kind: 'tnp' | 'ntuples'
}

export const WORKFLOWS: readonly (readonly [weight: number, Workflow])[] = [
  [3, { name: 'ElectronTagNProbeFromNanoAOD', family: 'nano', probe: 'el', kind: 'tnp' }],
  [2.5, { name: 'PhotonTagNProbeFromNanoAOD', family: 'nano', probe: 'ph', kind: 'tnp' }],
  [2.5, { name: 'ScaleAndSmearingNTuplesFromNanoAOD', family: 'nano', probe: 'el', kind: 'ntuples' }],
  [2.5, { name: 'ElectronTagNProbeFromMiniNTuples', family: 'mini', probe: 'el', kind: 'tnp' }],
  [2.5, { name: 'PhotonTagNProbeFromMiniNTuples', family: 'mini', probe: 'ph', kind: 'tnp' }],
  [2, { name: 'ElectronTagNProbeFromNanoNTuples', family: 'ntuple', probe: 'el', kind: 'tnp' }],
  [2, { name: 'PhotonTagNProbeFromNanoNTuples', family: 'ntuple', probe: 'ph', kind: 'tnp' }],
]

/** Fields of a collection, as [name, branch]. */
export function fieldsOf({ branches }: Source, collection: string): [string, Branch][] {
  const prefix = `${collection}_`
  return [...branches.values()]
    .filter(b => b.name.startsWith(prefix) && b.isList)
    .map(branch => [branch.name.slice(prefix.length), branch])
}

const PROBES = { el: 'Electron', ph: 'Photon' } as const

/** Collections of tag and probe. */
export function collections({ probe }: Workflow, fromDiphotons: boolean): { tag: string; probe: string } {
  return { tag: probe === 'ph' && fromDiphotons ? 'Photon' : 'Electron', probe: PROBES[probe] }
}

/** Scopes: of a field of the probe alone, and of the whole pair or row. */
export function scopes(workflow: Workflow, source: Source, fromDiphotons: boolean): { probe: Scope; row: Scope } {
  if (workflow.family !== 'nano') {
    const fields = [...source.branches.values()]
      .filter(b => !b.isList)
      .map(branch => ({
        text: /^\w+$/.test(branch.name) ? `events.${branch.name}` : `events["${branch.name}"]`,
        branch,
      }))
    return { probe: { fields, isNested: false }, row: { fields, isNested: false } }
  }
  const { tag, probe } = collections(workflow, fromDiphotons)
  const of = (prefix: string, collection: string) =>
    fieldsOf(source, collection).map(([name, branch]) => ({ text: `${prefix}${name}`, branch }))
  return {
    probe: { fields: of('', probe), isNested: true },
    row: { fields: [...of('zcands.probe.', probe), ...of('zcands.tag.', tag)], isNested: true },
  }
}
