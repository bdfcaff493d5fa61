/** What stands at the end of a TTree: its index, and its friends, whose columns belong to the same entries. */
import { DataError } from '../../core/errors.js'
import type { Cursor } from '../cursor.js'
import { readNamed } from '../named.js'
import type { ObjectBuffer } from '../object-buffer.js'

/** A tree in the same file. */
export interface FriendName {
  /** By which its columns are called: "friend.x". */
  readonly name: string
  readonly tree: string
}

export interface Relations {
  readonly hasIndex: boolean
  /** Those in other files are left out. */
  readonly friends: readonly FriendName[]
}

export const NO_RELATIONS: Relations = { hasIndex: false, friends: [] }

/** Reads on behind fLeaves. Damage there does not concern the tree's own columns: it has no friends then. */
export function readRelations(objects: ObjectBuffer, cursor: Cursor): Relations {
  try {
    objects.pointer(cursor) // fAliases
    cursor.skip(8 * cursor.u32()) // fIndexValues
    cursor.skip(4 * cursor.u32()) // fIndex
    const hasIndex = objects.pointer(cursor) !== null
    const list = objects.pointer(cursor)
    return { hasIndex, friends: list === null ? [] : readFriends(objects, cursor.at(list)) }
  } catch (error) {
    if (error instanceof DataError) return NO_RELATIONS
    throw error
  }
}

/** A TList of TFriendElement; `cursor` at its class tag. */
function readFriends(objects: ObjectBuffer, cursor: Cursor): FriendName[] {
  cursor.position = objects.objectHead(cursor).data
  cursor.header()
  cursor.skipTObject()
  cursor.skipString()
  const count = cursor.i32()
  const friends: FriendName[] = []
  for (let k = 0; k < count; k++) {
    const at = objects.pointer(cursor)
    cursor.skip(cursor.u8()) // the option
    if (at === null) continue
    const element = cursor.at(at)
    element.position = objects.objectHead(element).data
    element.header()
    // The title is the file's name, where it is another one.
    const { name, title } = readNamed(element)
    if (title === '') friends.push({ name, tree: element.string() })
  }
  return friends
}
