/** Fields that the reference's NanoAOD schema makes up so that every collection has a four-vector and a charge: float32 zeros,
 *  in place of a branch of that name, if there is one. */
import { branchOrNull } from '../core/branch-or-null.js'
import type { Batch, Column, Layout } from '../core/types.js'
import { columnOf, offsetsOf } from './batch.js'
import { isFieldOf } from './collections.js'

const ZERO_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Photon: ['mass', 'charge'],
  Jet: ['charge'],
  FatJet: ['charge'],
  TrigObj: ['mass'],
  FsrPhoton: ['mass', 'charge'],
  IsoTrack: ['mass'],
  SoftActivityJet: ['mass'],
}

/** In the order in which they follow the collection's branches. */
export function zeroFields(collection: string): readonly string[] {
  return Object.hasOwn(ZERO_FIELDS, collection) ? ZERO_FIELDS[collection]! : []
}

export function isZeroField(collection: string, field: string): boolean {
  return zeroFields(collection).includes(field)
}

/** A branch that has as many elements as the collection, or undefined where there is no such collection. */
export function branchOfCollection(layout: Layout, collection: string): string | undefined {
  if (!layout.has(`n${collection}`)) return undefined
  return layout.names.find(n => isFieldOf(layout, n, collection) && isList(layout, n))
}

/** One of a type that cannot be read is none: another one will do. */
function isList(layout: Layout, name: string): boolean {
  return (branchOrNull(layout, name)?.counter ?? null) !== null
}

/** Zeros for each element of the list `branch` of the batch. */
export function zeroColumn(batch: Batch, branch: string): Column {
  const offsets = offsetsOf(batch, branch)
  return { dtype: 'float32', values: new Float32Array(columnOf(batch, branch).values.length), offsets }
}
