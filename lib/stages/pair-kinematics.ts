/** Pairs -> Pairs with pair_mass: opposite charges, apart in delta R, and the invariant mass. */
import { keepPairs } from '../columns/index.js'
import type { Batch, MapStage, Pairs } from '../core/types.js'
import { deltaR2 } from '../physics/angles.js'
import { type Momenta, pairMass } from '../physics/pair-mass.js'
import { floatsOf, valuesOf, withPairColumns } from './batch.js'

export interface KinematicsOptions {
  readonly tags: string
  readonly probes: string
  readonly oppositeCharge: boolean
}

/** Drops pairs with delta R = 0 and, if asked, with a charge product other than -1; adds `pair_mass` (float32, GeV). */
export function pairKinematics(options: KinematicsOptions): MapStage<Pairs, Pairs> {
  const collections = [...new Set([options.tags, options.probes])]
  return {
    kind: 'map',
    name: 'pairKinematics',
    reads: collections.flatMap(c => [
      `${c}_pt`,
      `${c}_eta`,
      `${c}_phi`,
      ...(c === 'Photon' ? [] : [`${c}_mass`]),
      ...(options.oppositeCharge ? [`${c}_charge`] : []),
    ]),
    adds: ['pair_mass'],
    note: options.oppositeCharge ? 'opposite charges, delta R > 0' : 'delta R > 0',
    map: all => {
      const pairs = keepPairs(all, apart(all, options))
      const tags = momenta(pairs.batch, options.tags)
      const mass = pairMass(tags, pairs.tag, momenta(pairs.batch, options.probes), pairs.probe)
      return withPairColumns(pairs, [['pair_mass', { dtype: 'float32', values: mass }]])
    },
  }
}

/** Photons are massless, whatever their mass branch says, if there is one. */
function momenta(batch: Batch, collection: string): Momenta {
  return {
    pt: floatsOf(batch, `${collection}_pt`),
    eta: floatsOf(batch, `${collection}_eta`),
    phi: floatsOf(batch, `${collection}_phi`),
    mass: collection === 'Photon' ? null : floatsOf(batch, `${collection}_mass`),
  }
}

function apart({ batch, tag, probe }: Pairs, { tags, probes, oppositeCharge }: KinematicsOptions): Uint8Array {
  const etaTag = floatsOf(batch, `${tags}_eta`)
  const phiTag = floatsOf(batch, `${tags}_phi`)
  const etaProbe = floatsOf(batch, `${probes}_eta`)
  const phiProbe = floatsOf(batch, `${probes}_phi`)
  const chargeTag = oppositeCharge ? valuesOf<Int32Array>(batch, `${tags}_charge`) : null
  const chargeProbe = oppositeCharge ? valuesOf<Int32Array>(batch, `${probes}_charge`) : null
  const keep = new Uint8Array(tag.length)
  for (let k = 0; k < tag.length; k++) {
    const i = tag[k]!
    const j = probe[k]!
    if (chargeTag !== null && chargeTag[i]! * chargeProbe![j]! !== -1) continue
    if (deltaR2(etaTag[i]!, phiTag[i]!, etaProbe[j]!, phiProbe[j]!) > 0) keep[k] = 1
  }
  return keep
}
