/** From the branch as the file describes it to a branch that can be read: one leaf of plain numbers, flat, of fixed length or
 *  counted by another branch. Everything else is refused by name. */
import { byteSize } from '../core/dtype.js'
import { DataError } from '../core/errors.js'
import type { BranchInfo } from '../core/types.js'
import type { BasketIndex, BranchRecord } from './branch-record.js'

/** A branch that the reader can read. */
export interface ReadableBranch {
  readonly info: BranchInfo
  readonly baskets: BasketIndex
  /** Bytes an entry, or bytes an element where the branch is counted. */
  readonly stride: number
  /** Begins error messages: file > tree > branch. */
  readonly place: string
}

/** Throws DataError 'NotImplementedError' where the branch is not one leaf of plain numbers. */
export function readableBranch(record: BranchRecord, place: string): ReadableBranch {
  const leaf = record.leaves[0]
  if (record.className !== 'TBranch' || record.subBranches > 0) refuse(place, `of class ${record.className}`)
  if (leaf === undefined || record.leaves.length > 1) refuse(place, `with ${record.leaves.length} leaves`)
  if (leaf.dtype === null) refuse(place, `of ${leaf.className}`)
  if (leaf.counter !== null && leaf.length > 1) refuse(place, `of lists of ${leaf.length} values each`)
  const { dtype, counter, length: width } = leaf
  const { name, totalBytes, zipBytes, baskets } = record
  return {
    info: { name, dtype, counter, width, totalBytes, zipBytes },
    baskets,
    stride: byteSize(dtype) * width,
    place,
  }
}

function refuse(place: string, kind: string): never {
  const can = 'Branches of one leaf of plain numbers can be read.'
  throw new DataError('NotImplementedError', `${place}: a branch ${kind} cannot be read. ${can}`)
}
