/** From the branch as the file describes it to a column that can be read: plain numbers, flat, of fixed length, counted by another
 *  branch, or lists that say their length themselves. Everything else is refused by name. */
import { byteSize } from '../../core/dtype.js'
import { DataError } from '../../core/errors.js'
import type { BranchInfo, DType } from '../../core/types.js'
import { DOUBLE32, FLOAT16, memberNumber, numberList, pointedNumber } from '../stl-names.js'
import type { StreamerInfos } from '../streamers.js'
import type { BasketIndex } from './basket-index.js'
import { BranchKind, type ElementMembers, isCounter } from './branch-element.js'
import type { BranchRecord } from './branch-record.js'
import type { Leaf } from './leaf.js'
import { NARROWED, type Packing, plainPacking } from './packing.js'
import { realPacking } from './real-ranges.js'

/** A column that the reader can read. */
export interface ReadableBranch {
  readonly info: BranchInfo
  readonly baskets: BasketIndex
  /** Bytes an entry, or bytes an element where the branch is counted. Of lists that say their length: bytes a value. */
  readonly stride: number
  /** Begins error messages: file > tree > branch. */
  readonly place: string
  /** null: plain numbers, one behind the other. */
  readonly packing: Packing | null
  /** Where the column's first value stands in what `stride` counts. */
  readonly at: number
  /** Each entry is a text behind so many bytes of a header; null: numbers. */
  readonly textHeader: number | null
  /** A byte stands before the values of each entry. */
  readonly flagged: boolean
  /** Each entry is a collection with its own length before its values. */
  readonly countsItself: boolean
}

/** What a column is made of. */
export interface ColumnSource {
  readonly name: string
  readonly record: BranchRecord
  /** Number of the leaf, of a list of leaves; null: the branch as a whole. */
  readonly leaf: number | null
  readonly place: string
  /** Branch that has the leaf of that name. */
  readonly counterOf: (leafName: string) => string
  /** Column whose branch stands at that position of the tree's record. */
  readonly columnAt: (position: number) => string | null
  /** Classes of the file; null: not needed for any of its branches. */
  readonly streamers: StreamerInfos | null
}

/** Throws DataError 'NotImplementedError' where the values cannot be read. */
export function readableBranch(source: ColumnSource): ReadableBranch {
  const { record, place } = source
  if (record.className === 'TBranchElement') return elementColumn(source, record.element!)
  if (record.className !== 'TBranch') return refuse(place, `a branch of class ${record.className}`)
  if (source.leaf !== null) return leafOfList(source, source.leaf)
  const [leaf] = record.leaves
  if (record.leaves.length > 1) {
    const columns = record.leaves.map(({ name }) => `${record.name}.${name}`).join(', ')
    return refuse(place, `a branch of ${record.leaves.length} leaves`, `Its columns are ${columns}.`)
  }
  if (leaf === undefined) return refuse(place, 'a branch without leaves')
  const { dtype, length, counter } = leaf
  if (leaf.className === 'TLeafC') return textColumn(source, 0)
  if (dtype === null) return refuse(place, `a branch of ${leaf.className}`)
  return column(
    source,
    { dtype, width: length, counter: counter === null ? null : source.counterOf(counter) },
    realOf(leaf),
  )
}

interface Shape {
  readonly dtype: DType
  readonly width: number
  readonly counter: string | null
}

function column(source: ColumnSource, { dtype, width, counter }: Shape, packing: Packing | null): ReadableBranch {
  const { record, place } = source
  const { totalBytes, zipBytes, baskets } = record
  const info = { name: source.name, dtype, counter, width, totalBytes, zipBytes }
  const stride = (packing?.bytes ?? byteSize(dtype)) * width
  return { info, baskets, stride, place, packing, at: 0, textHeader: null, flagged: false, countsItself: false }
}

/** Of Float16_t and Double32_t. */
function realOf({ className, title }: Leaf): Packing | null {
  if (className === 'TLeafF16') return realPacking('Float16_t', title)
  return className === 'TLeafD32' ? realPacking('Double32_t', title) : null
}

function packingOf(leaf: Leaf, place: string): Packing {
  if (leaf.dtype === null) return refuse(place, `a list of leaves with a ${leaf.className}`)
  return realOf(leaf) ?? plainPacking(leaf.dtype)
}

/** The leaves of an entry stand behind one another. */
function leafOfList(source: ColumnSource, number: number): ReadableBranch {
  const { record, place } = source
  const counted = record.leaves.find(leaf => leaf.counter !== null)
  if (counted !== undefined)
    return refuse(place, `a list of leaves, of which ${counted.name} is counted by another branch,`)
  const sizes = record.leaves.map(leaf => packingOf(leaf, place).bytes * leaf.length)
  const sum = (of: readonly number[]) => of.reduce((total, size) => total + size, 0)
  const leaf = record.leaves[number]!
  const shape = { dtype: leaf.dtype!, width: leaf.length, counter: null }
  const whole = column(source, shape, packingOf(leaf, place))
  const stride = sum(sizes)
  const share = (bytes: number) => Math.round((bytes * sizes[number]!) / stride)
  const info = { ...whole.info, totalBytes: share(whole.info.totalBytes), zipBytes: share(whole.info.zipBytes) }
  return { ...whole, info, stride, at: sum(sizes.slice(0, number)) }
}

/** A branch of an object: a member that is a number, a count of objects, or a collection. */
function elementColumn(source: ColumnSource, element: ElementMembers): ReadableBranch {
  const { record, place } = source
  const { kind, streamerType, dataClass } = element
  if (isCounter(kind)) return column(source, { dtype: 'int32', width: 1, counter: null }, null)
  if (record.subBranches.length > 0) {
    return refuse(place, `a branch of class ${dataClass}`, 'Its members are branches of their own.')
  }
  const [leaf] = record.leaves
  if (leaf === undefined) return refuse(place, 'a branch without leaves')
  const isMember = kind === BranchKind.clonesMember || kind === BranchKind.collectionMember
  const pointed = pointedNumber(streamerType)
  const number = pointed ?? memberNumber(streamerType)
  if (number !== null) {
    const { dtype, type } = number
    const text = memberOf(source, element)?.title ?? ''
    const packing =
      type === DOUBLE32 ? realPacking('Double32_t', text) : type === FLOAT16 ? realPacking('Float16_t', text) : null
    const isCounted = isMember || pointed !== null
    const counter = isCounted && element.counter !== null ? source.columnAt(element.counter) : null
    if (isCounted && counter === null) return refuse(place, 'a branch of members that no branch counts')
    if (isMember && pointed !== null) return refuse(place, 'a branch of arrays within lists')
    return { ...column(source, { dtype, width: leaf.length, counter }, packing), flagged: pointed !== null }
  }
  const typeName = element.member < 0 ? dataClass : (memberOf(source, element)?.typeName ?? 'an unknown type')
  const isString = /^(?:std::)?(?:string|basic_string<char>)$/.test(typeName)
  if (!isMember && (isString || typeName === 'TString')) {
    return textColumn(source, isString && element.member >= 0 ? MEMBER_HEADER_BYTES : 0)
  }
  const list = numberList(typeName)
  if (list === null) return refuse(place, `a branch of ${typeName}`)
  if (isMember) return refuse(place, `a branch of lists of ${typeName}`)
  const { dtype, narrowed } = list
  const whole = column(source, { dtype, width: 1, counter: source.name }, narrowed ? NARROWED : null)
  return { ...whole, countsItself: true }
}

/** Byte count and version, before a std::string that is a member. */
const MEMBER_HEADER_BYTES = 6

function textColumn(source: ColumnSource, header: number): ReadableBranch {
  const whole = column(source, { dtype: 'uint8', width: 1, counter: source.name }, null)
  return { ...whole, info: { ...whole.info, text: true }, textHeader: header, countsItself: true }
}

function memberOf({ streamers }: ColumnSource, { dataClass, classVersion, checkSum, member }: ElementMembers) {
  return streamers?.members(dataClass, classVersion, checkSum)?.[member]
}

function refuse(place: string, what: string, advice = 'Numbers can be read, arrays and std::vectors of them.'): never {
  throw new DataError('NotImplementedError', `${place}: ${what} cannot be read. ${advice}`)
}
