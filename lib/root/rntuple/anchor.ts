/** The anchor of an RNTuple: the object of class ROOT::RNTuple that a key leads to. It says where header and footer are. */
import { matchesXxh3 } from '../../codecs/index.js'
import { DataError } from '../../core/errors.js'
import { Cursor } from '../cursor.js'

/** First version of the format that was not a release candidate; readers of it need not know later ones, unless a feature flag
 *  says so. */
const EPOCH = 1
const CHECKSUM_BYTES = 8

/** Where an envelope is, and its size once it has been expanded. */
export interface EnvelopeLink {
  readonly position: number
  readonly length: number
  readonly expandedLength: number
}

export interface Anchor {
  /** "1.0.1.0" */
  readonly version: string
  readonly header: EnvelopeLink
  readonly footer: EnvelopeLink
}

/** Reads the anchor from the key's expanded object. Throws DataError: 'NotImplementedError' for a version before the first
 *  release, 'DeserializationError' for a damaged one. */
export function readAnchor(object: Uint8Array, place: string): Anchor {
  const cursor = new Cursor(object, 0, place)
  const end = cursor.countedEnd()
  cursor.u16()
  const fieldsAt = cursor.position
  const numbers = [cursor.u16(), cursor.u16(), cursor.u16(), cursor.u16()]
  const version = numbers.join('.')
  if (numbers[0] !== EPOCH) {
    const problem = `an RNTuple of version ${version} cannot be read. Those of versions 1.x can: write it with ROOT 6.34 or later.`
    throw new DataError('NotImplementedError', `${place}: ${problem}`)
  }
  // In some files the byte count takes the checksum in, in others it does not.
  checkSum(cursor, fieldsAt, end)
  const header = readLink(cursor)
  const footer = readLink(cursor)
  return { version, header, footer }
}

function checkSum({ bytes, place }: Cursor, start: number, end: number): void {
  for (const at of [end, end - CHECKSUM_BYTES]) {
    if (at <= start || at + CHECKSUM_BYTES > bytes.length) continue
    const stored = Buffer.from(bytes.subarray(at, at + CHECKSUM_BYTES)).reverse()
    if (matchesXxh3(bytes.subarray(start, at), stored)) return
  }
  throw new DataError('DeserializationError', `${place}: the anchor's checksum differs. The file is damaged.`)
}

function readLink(cursor: Cursor): EnvelopeLink {
  const [position, length, expandedLength] = [cursor.i64(), cursor.i64(), cursor.i64()]
  if (position < 0 || length < 0 || expandedLength < 0) cursor.fail('a negative position or size')
  return { position, length, expandedLength }
}
