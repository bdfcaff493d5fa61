/** Header and footer of an RNTuple: its name, its schema, and where its groups of clusters are described. */
import { DataError } from '../../core/errors.js'
import type { EnvelopeLink } from './anchor.js'
import { checkFeatureFlags, type Envelope } from './envelope.js'
import type { FrameCursor } from './frames.js'
import { Schema } from './schema.js'

const LEAST_GROUP_BYTES = 8 + 20 + 8 + 12

/** Consecutive clusters whose pages are listed in one envelope. */
export interface ClusterGroup {
  /** Their first entry, and the entry behind the last. */
  readonly start: number
  readonly stop: number
  readonly clusters: number
  readonly pageList: EnvelopeLink
}

/** What the header says. */
export interface Header {
  readonly title: string
  /** "ROOT v6.37.01" */
  readonly writer: string
  /** Without what the footer adds to it. */
  readonly schema: Schema
  readonly checksum: bigint
  /** A schema of its own, to be added to. */
  readonly parseSchema: () => Schema
}

export interface Description {
  readonly header: Header
  readonly schema: Schema
  readonly entries: number
  /** Ascending, without gaps. */
  readonly groups: readonly ClusterGroup[]
}

/** Throws DataError: 'NotImplementedError' for features that are not known, 'DeserializationError' for nonsense. */
export function readHeader({ cursor, checksum }: Envelope): Header {
  checkFeatureFlags(cursor)
  cursor.skipString() // the RNTuple's name
  const title = cursor.string()
  const writer = cursor.string()
  const start = cursor.position
  const parseSchema = () => {
    const schema = new Schema()
    schema.add(cursor.at(start))
    return schema
  }
  return { title, writer, schema: parseSchema(), checksum, parseSchema }
}

/** Throws as readHeader does. */
export function readDescription(header: Header, { cursor }: Envelope): Description {
  checkFeatureFlags(cursor)
  checkHeader(cursor, header.checksum)
  const schema = extendedSchema(header, cursor)
  const groups = readGroups(cursor)
  return { header, schema, groups, entries: groups.at(-1)?.stop ?? 0 }
}

/** The header's schema where nothing was added to it, as in most files. */
function extendedSchema(header: Header, cursor: FrameCursor): Schema {
  const { end } = cursor.record()
  const lists = cursor.at(cursor.position)
  let isEmpty = true
  while (lists.position < end) {
    const list = lists.list(0)
    isEmpty &&= list.items === 0
    lists.position = list.end
  }
  if (isEmpty) {
    cursor.position = end
    return header.schema
  }
  const schema = header.parseSchema()
  schema.add(cursor)
  cursor.position = end
  return schema
}

function readGroups(cursor: FrameCursor): ClusterGroup[] {
  const list = cursor.list(LEAST_GROUP_BYTES)
  const groups: ClusterGroup[] = []
  for (let k = 0; k < list.items; k++) {
    const { end } = cursor.record()
    groups.push(readGroup(cursor))
    cursor.position = end
  }
  const filled = groups.filter(group => group.stop > group.start).sort((a, b) => a.start - b.start)
  for (const [k, group] of filled.entries()) {
    const expected = k === 0 ? 0 : filled[k - 1]!.stop
    if (group.start !== expected) cursor.fail(`clusters begin at entry ${group.start} in place of ${expected}`)
  }
  return filled
}

function readGroup(cursor: FrameCursor): ClusterGroup {
  const start = cursor.size()
  const stop = start + cursor.size()
  const clusters = cursor.u32()
  const expandedLength = cursor.size()
  return { start, stop, clusters, pageList: { ...cursor.locator(), expandedLength } }
}

/** Footers and page lists say which header they belong to. */
export function checkHeader(cursor: FrameCursor, checksum: bigint): void {
  if (cursor.bits64() === checksum) return
  throw new DataError('DeserializationError', `${cursor.place}: it belongs to another header. The file is damaged.`)
}
