/** The anchor of an RNTuple: the object of class ROOT::RNTuple in the file's list of keys. Big-endian, as ROOT's objects are. */
import { xxh3 } from '../../codecs/index.js'
import { RootBuffer } from '../root-file/index.js'
import type { EnvelopeLink } from './envelopes.js'

/** Epoch, major, minor, patch of the format. */
const VERSION = [1, 0, 0, 0] as const
const CLASS_VERSION = 2
/** Of a record's key; longer ones would have to be cut. */
const MAX_KEY_BYTES = 2 ** 30

/** The object without its key. */
export function anchorRecord(header: EnvelopeLink, footer: EnvelopeLink): Uint8Array {
  const fields = new RootBuffer()
  fields.i16(...VERSION)
  for (const { position, length, expandedLength } of [header, footer]) fields.i64(position, length, expandedLength)
  fields.i64(MAX_KEY_BYTES)
  const checksum = Buffer.alloc(8)
  checksum.writeBigUInt64BE(xxh3(fields.written()))
  const out = new RootBuffer()
  out.counted(CLASS_VERSION, () => out.raw(fields.written()))
  // Behind what the byte count covers.
  out.raw(checksum)
  return out.written()
}
