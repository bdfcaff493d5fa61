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

export interface Description {
  readonly title: string
  /** "ROOT v6.37.01" */
  readonly writer: string
  readonly schema: Schema
  readonly entries: number
  /** Ascending, without gaps. */
  readonly groups: readonly ClusterGroup[]
  readonly headerChecksum: bigint
}

/** Throws DataError: 'NotImplementedError' for features that are not known, 'DeserializationError' for nonsense. */
export function readDescription(header: Envelope, footer: Envelope): Description {
  const { cursor } = header
  checkFeatureFlags(cursor)
  cursor.skipString() // the RNTuple's name
  const title = cursor.string()
  const writer = cursor.string()
  const schema = new Schema()
  schema.add(cursor)
  const groups = readFooter(footer.cursor, header, schema)
  schema.check(cursor)
  const entries = groups.at(-1)?.stop ?? 0
  return { title, writer, schema, entries, groups, headerChecksum: header.checksum }
}

function readFooter(cursor: FrameCursor, header: Envelope, schema: Schema): ClusterGroup[] {
  checkFeatureFlags(cursor)
  checkHeader(cursor, header.checksum)
  const extension = cursor.record()
  // An extension without anything may be an empty record.
  if (cursor.position < extension.end) schema.add(cursor)
  cursor.position = extension.end
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
