/** Headers that were read last: files of one dataset mostly have equal ones, of thousands of fields. */
import { xxh3 } from '../../codecs/index.js'
import type { EnvelopeLink } from './anchor.js'
import { type Header, readHeader } from './description.js'
import { readEnvelope } from './envelope.js'

/** A schema of 2,600 fields takes 2 MB. */
const KEPT = 4
/** By the hash of the bytes in the file. */
const headers = new Map<bigint, Header>()

/** The header whose bytes in the file are `stored`. Throws DataError. */
export function headerOf(stored: Uint8Array, link: EnvelopeLink, place: string): Header {
  const hash = xxh3(stored)
  const header = headers.get(hash) ?? readHeader(readEnvelope(stored, link, 'header', place))
  headers.delete(hash)
  headers.set(hash, header)
  for (const oldest of headers.keys()) {
    if (headers.size <= KEPT) break
    headers.delete(oldest)
  }
  return header
}
