/** What Node's X509Certificate does not tell: names as they are encoded, and extensions with their mark of being critical (RFC 5280,
 *  section 4.1). */
import { X509Certificate } from 'node:crypto'
import { children, DerError, oidText, readTlv, TAG } from './der.js'

export interface Extension {
  readonly isCritical: boolean
  /** DER inside the OCTET STRING. */
  readonly value: Buffer
}

export interface CertificateFields {
  /** DER of the whole Name. */
  readonly issuer: Buffer
  readonly subject: Buffer
  /** Bytes of the INTEGER, two's complement. */
  readonly serial: Buffer
  /** Object identifier of the signature's algorithm, in dots. */
  readonly signature: string
  /** By object identifier in dots. */
  readonly extensions: ReadonlyMap<string, Extension>
}

/** Tags of the optional fields of TBSCertificate. */
const VERSION = 0xa0
const EXTENSIONS = 0xa3

/** Throws DerError. */
export function certificateFields(certificate: X509Certificate): CertificateFields {
  const [body, algorithm] = children(readTlv(certificate.raw).body)
  const all = children(body?.body ?? Buffer.alloc(0))
  const [serial, , issuer, , subject] = all[0]?.tag === VERSION ? all.slice(1) : all
  const signature = algorithm && children(algorithm.body)[0]
  if (!serial || !issuer || !subject || !signature) throw new DerError('a certificate without names')
  const list = all.find(field => field.tag === EXTENSIONS)
  const extensions = new Map<string, Extension>()
  for (const extension of list ? children(readTlv(list.body).body) : []) {
    const parts = children(extension.body)
    const value = parts.at(-1)
    if (!parts[0] || value?.tag !== TAG.octetString) throw new DerError('an extension without value')
    const isCritical = parts[1]?.tag === TAG.boolean && parts[1].body[0] !== 0
    extensions.set(oidText(parts[0].body), { isCritical, value: value.body })
  }
  return {
    issuer: issuer.all,
    subject: subject.all,
    serial: serial.body,
    signature: oidText(signature.body),
    extensions,
  }
}

/** The certificates of a PEM text, in its order. Of a TRUSTED CERTIFICATE (OpenSSL's form of an authority, which CA folders of grids
 *  hold in front of the plain one) the certificate is taken and what it is trusted for is left out. Blocks that are no certificates
 *  are passed over; one that cannot be read throws. */
export function pemCertificates(text: string): X509Certificate[] {
  const blocks = text.matchAll(/-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----([^-]*)-----END \1-----/g)
  return Array.from(blocks, ([, , base64 = '']) => new X509Certificate(readTlv(Buffer.from(base64, 'base64')).all))
}

/** One line a name, as openssl prints it of old and grids write it: `/DC=org/CN=A Name`. */
export function oneLine(name: string): string {
  return `/${name.replaceAll('\n', '/')}`
}
