/** TBranchElement (versions 8 to 10, and 1, which Geant4 writes): what it says besides a TBranch, by which the type of its values is known. */
import { DataError } from '../../core/errors.js'
import type { Cursor } from '../cursor.js'
import type { ObjectBuffer } from '../object-buffer.js'

/** Of Geant4's own writer, for vectors; it has no members of classes. */
const FIRST_VERSION = 1
const OLDEST_VERSION = 8
const NEWEST_VERSION = 10
/** From this version on the version of the class takes two bytes, before four. */
const SHORT_CLASS_VERSION = 10

export interface ElementMembers {
  /** The class that a branch at the top is of, "vector<float>"; else the class that it is a member of. */
  readonly dataClass: string
  readonly classVersion: number
  readonly checkSum: number
  /** Number of the member in its class; negative: the branch is of the class as a whole. */
  readonly member: number
  /** What the branch is: see `BranchKind`. */
  readonly kind: number
  /** Type of the member, as TVirtualStreamerInfo numbers them. */
  readonly streamerType: number
  /** Position of the class tag of the branch that counts the objects of which this is a member, or the elements of an array. */
  readonly counter: number | null
}

/** fType of TBranchElement. */
export const BranchKind = {
  /** Counts the objects of a TClonesArray, or of an STL collection, whose members are branches inside. */
  clones: 3,
  collection: 4,
  /** A member of such objects. */
  clonesMember: 31,
  collectionMember: 41,
} as const

/** The branch holds the number of objects. */
export function isCounter(kind: number): boolean {
  return kind === BranchKind.clones || kind === BranchKind.collection
}

/** Reads on where TBranch's members end. */
export function readElementMembers(objects: ObjectBuffer, cursor: Cursor, version: number): ElementMembers {
  if (version === FIRST_VERSION) return readFirstVersion(cursor)
  if (version < OLDEST_VERSION || version > NEWEST_VERSION) {
    const known = `known: ${FIRST_VERSION}, ${OLDEST_VERSION} to ${NEWEST_VERSION}`
    const problem = `TBranchElement version ${version} cannot be read (${known}).`
    throw new DataError('NotImplementedError', `${cursor.place}: ${problem}`)
  }
  const dataClass = cursor.string()
  cursor.skipString() // fParentName
  cursor.skipString() // fClonesName
  const checkSum = cursor.u32()
  const classVersion = version >= SHORT_CLASS_VERSION ? cursor.u16() : cursor.i32()
  const member = cursor.i32()
  const kind = cursor.i32()
  const streamerType = cursor.i32()
  cursor.skip(4) // fMaximum
  const counter = objects.pointer(cursor)
  return { dataClass, classVersion, checkSum, member, kind, streamerType, counter }
}

function readFirstVersion(cursor: Cursor): ElementMembers {
  const dataClass = cursor.string()
  const classVersion = cursor.i32()
  const member = cursor.i32()
  const kind = cursor.i32()
  const streamerType = cursor.i32()
  return { dataClass, classVersion, checkSum: 0, member, kind, streamerType, counter: null }
}

/** fName of the branch whose class tag stands at `position`. */
export function readBranchName(objects: ObjectBuffer, position: number, place: string): string {
  const cursor = objects.cursor(position, place)
  const { className } = objects.objectHead(cursor)
  if (className !== 'TBranch') cursor.header()
  cursor.header()
  cursor.header()
  cursor.skipTObject()
  return cursor.string()
}
