/** Opening an RNTuple: anchor, header, footer, and the list of pages of the first clusters. */
import type { ByteSource } from '../../bytes/source.js'
import type { Key } from '../key.js'
import type { ReadBuffers } from '../read-buffers.js'
import { expandRecord } from '../record.js'
import { readAnchor } from './anchor.js'
import { Clusters } from './clusters.js'
import { readDescription } from './description.js'
import { checkLink, readEnvelope } from './envelope.js'
import { headerOf } from './headers.js'
import { RNTuple } from './ntuple.js'

/** Reads the RNTuple whose anchor `key` describes. ends: the source, with what is known of it already. path: its path in the file. */
export async function openRNTuple(
  source: ByteSource,
  ends: ByteSource,
  buffers: ReadBuffers,
  path: string,
  key: Key,
): Promise<RNTuple> {
  const place = `${source.name} > ${path}`
  const record = await ends.readAt(key.position, key.totalBytes)
  const object = expandRecord(record, key.headerBytes, key.totalBytes, key.objectBytes, place)
  const { version, header, footer } = readAnchor(object, place)
  checkLink(header, `${place} > header`)
  checkLink(footer, `${place} > footer`)
  const stored = await Promise.all([header, footer].map(({ position, length }) => ends.readAt(position, length)))
  const description = readDescription(
    headerOf(stored[0]!, header, place),
    readEnvelope(stored[1]!, footer, 'footer', place),
  )
  const clusters = new Clusters(source, description, place)
  const [first] = description.groups
  if (first !== undefined) await clusters.load(first.start, first.start + 1, ends)
  return new RNTuple(source, buffers, { path, cycle: key.cycle, place, version }, description, clusters)
}
