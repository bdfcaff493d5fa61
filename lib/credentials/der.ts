/**
 * DER (ITU-T X.690), as far as certificates of the grid need it: definite lengths and tags of one byte. What Node's X509Certificate
 * does not give (extensions of proxies, VOMS attributes, names as they are encoded) is read with this.
 */

/** One element: tag, length, value. */
export interface Tlv {
  readonly tag: number
  /** The value alone. Shares memory with the bytes it was read from. */
  readonly body: Buffer
  /** The element whole: tag, length and value. */
  readonly all: Buffer
  /** Where the next element begins in the bytes this one was read from. */
  readonly next: number
}

/** The bytes are no DER, or not the structure that was asked for. */
export class DerError extends Error {
  override readonly name = 'DerError'
}

/** Tags used in certificates. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  ia5: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** The element at `at`. Throws DerError where it is not whole inside of `bytes`. */
export function readTlv(bytes: Buffer, at = 0): Tlv {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw new DerError(`an element ends too early (at byte ${at})`)
  if ((tag & 0x1f) === 0x1f) throw new DerError(`a tag of several bytes (at byte ${at})`)
  const { length, start } = first < 0x80 ? { length: first, start: at + 2 } : longLength(bytes, at + 1)
  const next = start + length
  if (next > bytes.length) throw new DerError(`an element of ${length} bytes where ${bytes.length - start} are left`)
  return { tag, body: bytes.subarray(start, next), all: bytes.subarray(at, next), next }
}

/** A length of one to four bytes behind the byte that counts them. */
function longLength(bytes: Buffer, at: number): { length: number; start: number } {
  const count = bytes[at]! & 0x7f
  if (count === 0 || count > 4) throw new DerError(`a length of ${count} bytes (at byte ${at}), wanted 1 to 4`)
  const start = at + 1 + count
  if (start > bytes.length) throw new DerError(`a length ends too early (at byte ${at})`)
  return { length: bytes.readUIntBE(at + 1, count), start }
}

/** The elements that fill `body` one after the other, as in a SEQUENCE or SET. */
export function children(body: Buffer): Tlv[] {
  const found: Tlv[] = []
  for (let at = 0; at < body.length; ) {
    const tlv = readTlv(body, at)
    found.push(tlv)
    at = tlv.next
  }
  return found
}

/** Element of `tag` whose value is the bodies joined. */
export function encodeTlv(tag: number, ...bodies: Uint8Array[]): Buffer {
  const length = bodies.reduce((sum, body) => sum + body.length, 0)
  return Buffer.concat([Buffer.from([tag, ...encodeLength(length)]), ...bodies])
}

function encodeLength(length: number): number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 | bytes.length, ...bytes]
}

/** Value of an OBJECT IDENTIFIER in dots: '1.3.6.1.5.5.7.1.14'. */
export function oidText(body: Buffer): string {
  const arcs: number[] = []
  let arc = 0
  for (const byte of body) {
    arc = arc * 128 + (byte & 0x7f)
    if (arc > Number.MAX_SAFE_INTEGER) throw new DerError('an object identifier with too large a number')
    if (byte < 0x80) {
      arcs.push(arc)
      arc = 0
    }
  }
  const first = arcs[0]
  if (first === undefined || body[body.length - 1]! >= 0x80) throw new DerError('an object identifier ends too early')
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - 40 * root, ...arcs.slice(1)].join('.')
}
