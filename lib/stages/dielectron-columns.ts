/** The columns of the scale-and-smearing tables: fields of the two electrons, of the photons that they are linked to, and of
 *  their events. */
import { gather } from '../columns/index.js'
import { DataError, UsageError } from '../core/errors.js'
import type { Batch, Column, DType, Pairs, Read, Values } from '../core/types.js'
import { genPosition } from '../physics/gen-match.js'
import { columnOf, offsetsOf, valuesOf } from './batch.js'
import {
  collectionFields,
  otherThanNumbers,
  readableFields,
  sideField,
  type Variable,
  type VariableSpace,
} from './variables.js'

/** Values[nPairs]; valid[k] is 0 where a pair has none. Absent: all have one. */
export interface DielectronValues {
  readonly values: Values
  readonly valid?: Uint8Array
}

export type DielectronColumn =
  | {
      readonly kind: 'values'
      readonly name: string
      readonly dtype: DType
      readonly reads: readonly Read[]
      /** A pair may have no value. */
      readonly nullable: boolean
      readonly load: (pairs: Pairs) => DielectronValues
    }
  | {
      readonly kind: 'lists'
      readonly name: string
      readonly dtype: DType
      readonly reads: readonly Read[]
      /** The batch's lists, one an event. */
      readonly column: (batch: Batch) => Column
    }

/** A variable of pairs or events as a column called `name`. */
export function variableColumn(name: string, variable: Variable): DielectronColumn {
  const { dtype, reads, shape, column, load } = variable
  const other = otherThanNumbers(variable)
  if (other !== null && shape !== 'list') {
    throw new UsageError([{ place: name, message: `${other}, which this table cannot have` }])
  }
  if (shape === 'list') return { kind: 'lists', name, dtype, reads, column }
  return { kind: 'values', name, dtype, reads, nullable: false, load: pairs => ({ values: load(pairs) }) }
}

/** Field of the photon that the lead (tag) or the sublead (probe) is linked to; null where photons have no such field.
 *  space: of electrons. */
export function photonColumn(
  name: string,
  field: string,
  side: 'tag' | 'probe',
  space: VariableSpace,
): DielectronColumn | null {
  const variable = sideField(name, field, side, { ...space, tags: 'Photon', probes: 'Photon' })
  if (variable === null) return null
  return {
    kind: 'values',
    name,
    dtype: variable.dtype,
    reads: ['Electron_photonIdx', 'Photon_pt', ...variable.reads],
    nullable: false,
    load: pairs => ({ values: variable.load(linkedPhotons(pairs)) }),
  }
}

/** Every field of photons that photonColumn knows, in the order in which "all" gives them. */
export function photonFields(space: VariableSpace): string[] {
  return collectionFields(space, 'Photon')
}

/** Those that can be read: what "all" means. */
export function readablePhotonFields(space: VariableSpace): string[] {
  return readableFields(space, 'Photon')
}

const photonsOf = new WeakMap<Pairs, Pairs>()

/** The same pairs with photons in place of the electrons. Worked out once: many columns ask for it. */
function linkedPhotons(pairs: Pairs): Pairs {
  let photons = photonsOf.get(pairs)
  if (photons === undefined) {
    const positions = (electrons: Int32Array) => linkedPositions(pairs, electrons)
    photons = {
      ...pairs,
      tags: 'Photon',
      probes: 'Photon',
      tag: positions(pairs.tag),
      probe: positions(pairs.probe),
    }
    photonsOf.set(pairs, photons)
  }
  return photons
}

function linkedPositions({ batch, event }: Pairs, electrons: Int32Array): Int32Array {
  const offsets = offsetsOf(batch, 'Photon_pt')
  const photonIdx = valuesOf(batch, 'Electron_photonIdx')
  return electrons.map((electron, k) => {
    const index = Number(photonIdx[electron]!)
    const position = genPosition(offsets, event[k]!, index)
    if (position < 0) throw strayIndex(batch, event[k]!, index)
    return position
  })
}

function strayIndex({ chunk, read }: Batch, event: number, index: number): DataError {
  const entry = (read?.start ?? chunk.start) + event
  const message = `${chunk.file} > ${chunk.tree}: an Electron_photonIdx of entry ${entry} is ${index}, beyond the photons of that entry. Is the file damaged?`
  return new DataError('ValueError', message)
}

/** pt of the generator particle that the lead (tag) or the sublead (probe) is matched to. dtype: of GenPart_pt. Where the index
 *  is -1: null, or (nullGenPt false) that of the event's last particle, since the reference takes -1 as Python does. */
export function genPtColumn(
  name: string,
  side: 'tag' | 'probe',
  { dtype, nullGenPt }: { readonly dtype: DType; readonly nullGenPt: boolean },
): DielectronColumn {
  return {
    kind: 'values',
    name,
    dtype,
    reads: ['Electron_genPartIdx', 'GenPart_pt'],
    nullable: true,
    load: pairs => {
      const { batch, event } = pairs
      const pt = columnOf(batch, 'GenPart_pt')
      const offsets = offsetsOf(batch, 'GenPart_pt')
      const genPartIdx = valuesOf(batch, 'Electron_genPartIdx')
      const positions = pairs[side].map((electron, k) => {
        const index = Number(genPartIdx[electron]!)
        const last = offsets[event[k]! + 1]! - offsets[event[k]!]! - 1
        return genPosition(offsets, event[k]!, index === -1 && !nullGenPt ? last : index)
      })
      const valid = Uint8Array.from(positions, p => (p < 0 ? 0 : 1))
      const safe = positions.map(p => Math.max(p, 0))
      return { values: gather(dtype, pt.values, safe), valid }
    },
  }
}

/** Distance in z between the generated and the reconstructed vertex in cm, float32; 0 for data, which have the one only. */
export function vertexDistanceColumn(name: string, isMC: boolean): DielectronColumn {
  return {
    kind: 'values',
    name,
    dtype: 'float32',
    reads: isMC ? ['GenVtx_z', 'PV_z'] : [],
    nullable: false,
    load: ({ batch, event }) => {
      const values = new Float32Array(event.length)
      if (!isMC) return { values }
      const generated = valuesOf<Float32Array>(batch, 'GenVtx_z')
      const found = valuesOf<Float32Array>(batch, 'PV_z')
      for (let k = 0; k < values.length; k++) values[k] = generated[event[k]!]! - found[event[k]!]!
      return { values }
    },
  }
}
