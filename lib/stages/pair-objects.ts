/** The objects of expressions over pairs: a lepton, what it is linked to, and sums of them. Each has four-vector quantities
 *  (px, energy, ...), delta_r and delta_phi with another one, and +. */

import { gather } from '../columns/index.js'
import { own } from '../core/own.js'
import type { DType, Pairs, Read, Values } from '../core/types.js'
import type { Binding, ColumnBinding, Env, Loaded, ObjectBinding, Scope } from '../expr/index.js'
import { deltaPhi, deltaR2 } from '../physics/angles.js'
import { type FourVectors, QUANTITY_NAMES, quantity, sumVectors } from '../physics/four-vector.js'
import { distinctParent, genPosition } from '../physics/gen-match.js'
import { columnOf, offsetsOf, valuesOf } from './batch.js'
import { isFieldOf } from './collections.js'
import { fieldBranch, type VariableSpace } from './variables.js'
import { isZeroField } from './zero-fields.js'

export interface PairEnv extends Env {
  readonly pairs: Pairs
}

/** Links of a collection: name -> index field and target collection. */
const LINKS: Readonly<Record<string, Readonly<Record<string, readonly [string, string]>>>> = {
  Electron: {
    matched_gen: ['genPartIdx', 'GenPart'],
    matched_jet: ['jetIdx', 'Jet'],
    matched_photon: ['photonIdx', 'Photon'],
  },
  Photon: {
    matched_gen: ['genPartIdx', 'GenPart'],
    matched_jet: ['jetIdx', 'Jet'],
    matched_electron: ['electronIdx', 'Electron'],
  },
}

/** Elements of one collection, one a pair: their positions, -1 where there is none. */
interface Elements {
  readonly collection: string
  readonly reads: readonly Read[]
  readonly nullable: boolean
  readonly positions: (pairs: Pairs) => Int32Array
}

interface Kinematics {
  readonly reads: readonly Read[]
  readonly nullable: boolean
  readonly load: (pairs: Pairs) => { readonly vectors: FourVectors; readonly valid: Uint8Array | undefined }
}

const kinematicsOf = new WeakMap<ObjectBinding<PairEnv>, Kinematics>()

const gathered = new WeakMap<Pairs, Map<string, Values>>()

/** What `make` gives, worked out once for these pairs: expressions of one stage ask for the same columns. */
export function cachedGather(pairs: Pairs, key: string, make: () => Values): Values {
  let known = gathered.get(pairs)
  if (known === undefined) gathered.set(pairs, (known = new Map()))
  let values = known.get(key)
  if (values === undefined) known.set(key, (values = make()))
  return values
}

/** The tag or the probe. */
export function leptonObject(space: VariableSpace, side: 'tag' | 'probe'): ObjectBinding<PairEnv> {
  return elementObject(space, lepton(space, side))
}

function lepton(space: VariableSpace, side: 'tag' | 'probe'): Elements {
  return { collection: space[`${side}s`], reads: [], nullable: false, positions: pairs => pairs[side] }
}

/** What follows `zcands.<side>.`: a link, or a field behind one or more links. undefined: there is no such thing. */
export function linkObject(
  space: VariableSpace,
  side: 'tag' | 'probe',
  path: readonly string[],
): Binding<PairEnv> | undefined {
  let elements = lepton(space, side)
  for (const [i, name] of path.entries()) {
    const next = followLink(space, elements, name)
    if (next === null) return i === path.length - 1 ? elementField(space, elements, name) : undefined
    elements = next
  }
  return elementObject(space, elements)
}

/** undefined: the collection has no such link. */
export function linkOf(collection: string, name: string): readonly [string, string] | undefined {
  return own(own(LINKS, collection) ?? {}, name)
}

function followLink(space: VariableSpace, from: Elements, name: string): Elements | null {
  if (from.collection === 'GenPart' && name === 'distinctParent') return parentElements(from)
  const link = linkOf(from.collection, name)
  if (link === undefined) return null
  const [index, collection] = link
  const branch = `${from.collection}_${index}`
  const anyField = space.layout.names.find(n => isFieldOf(space.layout, n, collection))
  if (!space.layout.has(branch) || anyField === undefined) return null
  return {
    collection,
    nullable: true,
    reads: [...from.reads, branch, anyField],
    positions: pairs => {
      const offsets = offsetsOf(pairs.batch, anyField)
      const indices = valuesOf(pairs.batch, branch)
      return from
        .positions(pairs)
        .map((p, k) => (p < 0 ? -1 : genPosition(offsets, pairs.event[k]!, Number(indices[p]!))))
    },
  }
}

function parentElements(from: Elements): Elements {
  return {
    collection: 'GenPart',
    nullable: true,
    reads: [...from.reads, 'GenPart_pdgId', 'GenPart_genPartIdxMother'],
    positions: pairs => {
      const gen = {
        offsets: offsetsOf(pairs.batch, 'GenPart_pdgId'),
        pdgId: columnOf(pairs.batch, 'GenPart_pdgId'),
        mother: columnOf(pairs.batch, 'GenPart_genPartIdxMother'),
      }
      return from.positions(pairs).map((p, k) => (p < 0 ? -1 : distinctParent(gen, pairs.event[k]!, p)))
    },
  }
}

function elementField(space: VariableSpace, from: Elements, field: string): ColumnBinding<PairEnv> | undefined {
  if (isZeroField(from.collection, field)) return zeroField(from)
  const branch = `${from.collection}_${field}`
  const added = space.added.get(branch)
  const dtype = added ?? fieldBranch(space.layout, branch, from.collection)?.dtype
  if (dtype === undefined) return quantityField(elementKinematics(space, from), field)
  const reads = added === undefined ? [...from.reads, branch] : from.reads
  return nullableColumn(dtype, from.nullable, reads, pairs => {
    const positions = from.positions(pairs)
    const values = valuesOf(pairs.batch, branch)
    return {
      values: gather(dtype, values, safe(positions, values.length)),
      valid: validOf(positions, from.nullable),
    }
  })
}

function zeroField({ reads, nullable, positions }: Elements): ColumnBinding<PairEnv> {
  return nullableColumn('float32', nullable, reads, pairs => {
    const at = positions(pairs)
    return { values: new Float32Array(at.length), valid: validOf(at, nullable) }
  })
}

function nullableColumn(
  dtype: DType,
  nullable: boolean,
  reads: readonly Read[],
  load: (pairs: Pairs) => Loaded,
): ColumnBinding<PairEnv> {
  return { kind: 'column', dtype, nullable, reads, load: env => load(env.pairs) }
}

/** Positions that can be gathered: a missing element reads whatever stands first, and is masked. */
function safe(positions: Int32Array, length: number): Int32Array {
  return length === 0 ? new Int32Array(positions.length) : positions.map(p => Math.max(p, 0))
}

function validOf(positions: Int32Array, nullable: boolean): Uint8Array | undefined {
  return nullable ? Uint8Array.from(positions, p => (p < 0 ? 0 : 1)) : undefined
}

function elementKinematics(space: VariableSpace, { collection, reads, nullable, positions }: Elements): Kinematics {
  const hasMass = !isZeroField(collection, 'mass') && space.layout.has(`${collection}_mass`)
  const fields = ['pt', 'eta', 'phi', ...(hasMass ? ['mass'] : [])]
  return {
    nullable,
    reads: [...reads, ...fields.map(f => `${collection}_${f}`)],
    load: pairs => {
      const at = positions(pairs)
      const pick = (field: string) => {
        const values = valuesOf(pairs.batch, `${collection}_${field}`)
        return gather('float32', values, safe(at, values.length)) as Float32Array
      }
      const mass = hasMass ? pick('mass') : new Float32Array(at.length)
      return { vectors: { pt: pick('pt'), eta: pick('eta'), phi: pick('phi'), mass }, valid: validOf(at, nullable) }
    },
  }
}

/** An object that a path names: its fields are asked for by longer paths. */
function elementObject(space: VariableSpace, elements: Elements): ObjectBinding<PairEnv> {
  return vectorObject(elementKinematics(space, elements), {})
}

/** A sum, which no path names: it brings its fields along. */
function sumObject(kinematics: Kinematics): ObjectBinding<PairEnv> {
  const fields: Scope<PairEnv> = {
    resolve: ([name]) => (name === undefined ? undefined : quantityField(kinematics, name)),
    suggestions: () => QUANTITY_NAMES,
  }
  return vectorObject(kinematics, { fields })
}

function vectorObject(kinematics: Kinematics, extra: { fields?: Scope<PairEnv> }): ObjectBinding<PairEnv> {
  const object: ObjectBinding<PairEnv> = {
    kind: 'object',
    ...extra,
    methods: {
      delta_r: other =>
        angleColumn(kinematics, other, (a, b, k) => Math.sqrt(deltaR2(a.eta[k]!, a.phi[k]!, b.eta[k]!, b.phi[k]!))),
      delta_phi: other => angleColumn(kinematics, other, (a, b, k) => deltaPhi(a.phi[k]!, b.phi[k]!)),
    },
    add: other => {
      const right = kinematicsOf.get(other)
      return right === undefined ? undefined : sumObject(sumKinematics(kinematics, right))
    },
  }
  kinematicsOf.set(object, kinematics)
  return object
}

/** px, energy and the like of the tag or the probe. */
export function leptonQuantity(
  space: VariableSpace,
  side: 'tag' | 'probe',
  name: string,
): ColumnBinding<PairEnv> | undefined {
  return quantityField(elementKinematics(space, lepton(space, side)), name)
}

function quantityField(kinematics: Kinematics, name: string): ColumnBinding<PairEnv> | undefined {
  if (!QUANTITY_NAMES.includes(name)) return undefined
  return nullableColumn('float32', kinematics.nullable, kinematics.reads, pairs => {
    const { vectors, valid } = kinematics.load(pairs)
    return { values: quantity(name, vectors), valid }
  })
}

function angleColumn(
  left: Kinematics,
  other: ObjectBinding<PairEnv>,
  angle: (a: FourVectors, b: FourVectors, k: number) => number,
): ColumnBinding<PairEnv> | undefined {
  const right = kinematicsOf.get(other)
  if (right === undefined) return undefined
  return nullableColumn('float32', left.nullable || right.nullable, [...left.reads, ...right.reads], pairs => {
    const a = left.load(pairs)
    const b = right.load(pairs)
    const values = new Float32Array(pairs.event.length)
    for (let k = 0; k < values.length; k++) values[k] = angle(a.vectors, b.vectors, k)
    return { values, valid: bothValid(a.valid, b.valid) }
  })
}

function sumKinematics(left: Kinematics, right: Kinematics): Kinematics {
  return {
    nullable: left.nullable || right.nullable,
    reads: [...left.reads, ...right.reads],
    load: pairs => {
      const a = left.load(pairs)
      const b = right.load(pairs)
      return { vectors: sumVectors(a.vectors, b.vectors), valid: bothValid(a.valid, b.valid) }
    },
  }
}

function bothValid(a: Uint8Array | undefined, b: Uint8Array | undefined): Uint8Array | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a.map((x, i) => x & b[i]!)
}
