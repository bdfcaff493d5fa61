/** Envelopes: the blocks that describe an RNTuple, each with its kind, its length and its checksum. */
import { matchesXxh3 } from '../../codecs/index.js'
import { DataError } from '../../core/errors.js'
import { expandRecord, MAX_EXPANSION } from '../record.js'
import type { EnvelopeLink } from './anchor.js'
import { FrameCursor } from './frames.js'

const KINDS = { header: 1, footer: 2, 'page list': 3 } as const
const CHECKSUM_BYTES = 8
const LEAST_BYTES = 8 + CHECKSUM_BYTES
/** Nothing that describes data is larger; a larger claim is nonsense. */
const MOST_BYTES = 2 ** 30

export interface Envelope {
  /** Behind the envelope's own head. */
  readonly cursor: FrameCursor
  readonly checksum: bigint
}

/** Throws where the link cannot be true, before its bytes are read. */
export function checkLink({ length, expandedLength }: EnvelopeLink, place: string): void {
  const impossible = expandedLength < LEAST_BYTES || expandedLength > MOST_BYTES || length > expandedLength
  if (!impossible && expandedLength <= length * MAX_EXPANSION) return
  const problem = `an envelope of ${length} bytes that expand to ${expandedLength}`
  throw new DataError('DeserializationError', `${place}: ${problem}. The file is damaged.`)
}

/** The envelope in `stored`. Throws DataError 'DeserializationError' where it is another one, or damaged. */
export function readEnvelope(
  stored: Uint8Array,
  link: EnvelopeLink,
  kind: keyof typeof KINDS,
  treePlace: string,
): Envelope {
  const place = `${treePlace} > ${kind}`
  checkLink(link, place)
  const expanded = expandRecord(stored, 0, link.length, link.expandedLength, place)
  // It may lie in a decoder's memory, or in that of the read.
  const bytes = Buffer.allocUnsafeSlow(expanded.length)
  bytes.set(expanded)
  const fail = (problem: string): never => {
    throw new DataError('DeserializationError', `${place}: ${problem}. The file is damaged.`)
  }
  const end = bytes.length - CHECKSUM_BYTES
  if (!matchesXxh3(bytes.subarray(0, end), bytes, end)) fail('the checksum differs')
  const head = bytes.readBigUInt64LE(0)
  const found = Number(head & 0xffffn)
  if (found !== KINDS[kind]) fail(`an envelope of kind ${found} where one of kind ${KINDS[kind]} is expected`)
  if (Number(head >> 16n) !== bytes.length) fail(`an envelope of ${head >> 16n} bytes that has ${bytes.length}`)
  const cursor = new FrameCursor(bytes.subarray(0, end), 8, place)
  return { cursor, checksum: bytes.readBigUInt64LE(end) }
}

/** Bits of features that a reader must know. Throws DataError 'NotImplementedError' where any is set: there are none yet. */
export function checkFeatureFlags(cursor: FrameCursor): void {
  for (let word = 0; ; word++) {
    const flags = cursor.bits64()
    for (let bit = 0; bit < 63; bit++) {
      if (((flags >> BigInt(bit)) & 1n) === 0n) continue
      const problem = `the RNTuple needs feature ${63 * word + bit}, which is not known here`
      throw new DataError('NotImplementedError', `${cursor.place}: ${problem}. A newer version may read it.`)
    }
    if (flags >> 63n === 0n) return
  }
}
