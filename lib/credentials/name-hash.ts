/** The names of files in folders of authorities: eight hexadecimal digits that stand for the subject of a certificate. */
import { createHash } from 'node:crypto'
import { children, encodeTlv, readTlv, TAG } from './der.js'

/** Of OpenSSL 1.0 and later (X509_NAME_hash): the first four bytes, little endian, of the SHA-1 of the name in canonical form, that
 *  is, its RDNs one after the other with texts in UTF-8, lower case (ASCII letters only) and with single blanks. `name`: DER of a
 *  Name. Throws DerError. */
export function nameHash(name: Buffer): string {
  const sets = children(readTlv(name).body).map(set => {
    const parts = children(set.body).map(canonicalPart)
    return encodeTlv(TAG.set, ...parts.sort(Buffer.compare))
  })
  return firstBytes(createHash('sha1').update(Buffer.concat(sets)).digest())
}

/** Of OpenSSL before 1.0 (X509_NAME_hash_old): the same of the MD5 of the name as it stands. */
export function oldNameHash(name: Buffer): string {
  return firstBytes(createHash('md5').update(name).digest())
}

/** Texts in one byte or UTF-8, in UTF-16 and UTF-32 (both big endian); OpenSSL takes these and leaves others as they are. */
const BYTES: ReadonlySet<number> = new Set([TAG.printable, TAG.ia5, 0x14, 0x1a])
const BMP = 0x1e
const UNIVERSAL = 0x1c

function canonicalPart(part: { readonly body: Buffer }): Buffer {
  const [type, value] = children(part.body)
  if (type === undefined || value === undefined) return encodeTlv(TAG.sequence, part.body)
  const text = textOf(value.tag, value.body)
  if (text === null) return encodeTlv(TAG.sequence, type.all, value.all)
  const squeezed = text
    .replace(/^[ \t-\r]+|[ \t-\r]+$/g, '')
    .replace(/[ \t-\r]+/g, ' ')
    .replace(/[A-Z]+/g, letters => letters.toLowerCase())
  return encodeTlv(TAG.sequence, type.all, encodeTlv(TAG.utf8, Buffer.from(squeezed)))
}

function textOf(tag: number, body: Buffer): string | null {
  if (tag === TAG.utf8) return body.toString('utf8')
  if (BYTES.has(tag)) return body.toString('latin1')
  if (tag === BMP && body.length % 2 === 0) return Buffer.from(body).swap16().toString('utf16le')
  if (tag !== UNIVERSAL || body.length % 4 !== 0) return null
  let text = ''
  for (let at = 0; at < body.length; at += 4) text += String.fromCodePoint(Math.min(body.readUInt32BE(at), 0x10ffff))
  return text
}

function firstBytes(digest: Buffer): string {
  return digest.readUInt32LE(0).toString(16).padStart(8, '0')
}
