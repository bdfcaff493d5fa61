/** What Node's X509Certificate does not tell of a certificate (RFC 5280): its names as they are encoded, and its extensions. */
import { X509Certificate } from 'node:crypto'
import { certificatesIn } from './authorities.js'
import { children, DerError, oidText, TAG } from './der.js'
import { bodyAt, bodyOf, derTime } from './der-values.js'
import { nameParts, nameText, printable } from './names.js'

export interface CertificateFields {
  /** The names whole, as DER. */
  readonly issuer: Buffer
  readonly subject: Buffer
  readonly notBefore: Date
  readonly notAfter: Date
  /** The INTEGER's bytes. */
  readonly serial: Buffer
  /** Object identifier, in dots, of the algorithm of the signature. */
  readonly signature: string
  /** Object identifier in dots -> what the extension holds. */
  readonly extensions: ReadonlyMap<string, Buffer>
  /** Of these, what nobody may pass over. */
  readonly critical: ReadonlySet<string>
}

const VERSION = 0xa0
const EXTENSIONS = 0xa3

/** Throws DerError where the bytes are no certificate. */
export function readCertificate(der: Buffer): CertificateFields {
  const [body] = children(bodyAt(der, TAG.sequence, 'certificate'))
  const fields = children(bodyOf(body, TAG.sequence, 'body of a certificate'))
  // Behind the version, which version 1 leaves out: serial number, algorithm, issuer, validity, subject, key, then what is optional.
  const at = fields[0]?.tag === VERSION ? 1 : 0
  const [serial, algorithm, issuer, validity, subject] = fields.slice(at)
  const [signature] = children(bodyOf(algorithm, TAG.sequence, 'algorithm'))
  bodyOf(issuer, TAG.sequence, 'issuer')
  bodyOf(subject, TAG.sequence, 'subject')
  const [notBefore, notAfter] = children(bodyOf(validity, TAG.sequence, 'validity'))
  const list = fields.find(field => field.tag === EXTENSIONS)
  const extensions = list === undefined ? [] : readExtensions(list.body)
  return {
    issuer: issuer!.all,
    subject: subject!.all,
    notBefore: derTime(notBefore),
    notAfter: derTime(notAfter),
    serial: bodyOf(serial, TAG.integer, 'serial number'),
    signature: oidText(bodyOf(signature, TAG.oid, 'algorithm')),
    extensions: new Map(extensions.map(({ oid, value }) => [oid, value])),
    critical: new Set(extensions.filter(one => one.isCritical).map(one => one.oid)),
  }
}

interface Extension {
  readonly oid: string
  readonly isCritical: boolean
  readonly value: Buffer
}

/** Extension: object identifier, whether it is critical (false is left out), and an OCTET STRING around its value. */
function readExtensions(bytes: Buffer): Extension[] {
  return children(bodyAt(bytes, TAG.sequence, 'extensions')).map(extension => {
    const parts = children(bodyOf(extension, TAG.sequence, 'extension'))
    return {
      oid: oidText(bodyOf(parts[0], TAG.oid, 'type of an extension')),
      isCritical: parts[1]?.tag === TAG.boolean && parts[1].body[0] !== 0,
      value: bodyOf(parts.at(-1), TAG.octetString, 'value of an extension'),
    }
  })
}

/** The certificates of a PEM text that can be read, in its order. */
export function parseCertificates(pem: string): X509Certificate[] {
  return certificatesIn(pem).flatMap(text => {
    try {
      const certificate = new X509Certificate(text)
      readCertificate(certificate.raw)
      return [certificate]
    } catch {
      return []
    }
  })
}

/** /DC=ch/DC=cern/CN=somebody; as OpenSSL has it where a part is of an unusual kind. Throws DerError where the bytes are no
 *  certificate. */
export function subjectText({ raw, subject }: X509Certificate): string {
  return textOf(readCertificate(raw).subject, subject)
}

/** The same of the name of whoever signed it. */
export function issuerText({ raw, issuer }: X509Certificate): string {
  return textOf(readCertificate(raw).issuer, issuer)
}

function textOf(name: Buffer, otherwise: string): string {
  try {
    return nameText(name)
  } catch (error) {
    if (error instanceof DerError) return printable(`/${otherwise.replaceAll('\n', '/')}`)
    throw error
  }
}

/** proxyCertInfo of RFC 3820, and of the draft before it that older tools still make. */
const PROXY_INFO = ['1.3.6.1.5.5.7.1.14', '1.3.6.1.4.1.3536.1.222']

/** The certificate is a proxy's, by its extension, or by its name as Globus Toolkit 2 made them. Throws DerError. */
export function isProxy({ subject, extensions }: CertificateFields): boolean {
  if (PROXY_INFO.some(oid => extensions.has(oid))) return true
  const last = nameParts(subject).at(-1)
  return last?.type === 'CN' && (last.text === 'proxy' || last.text === 'limited proxy')
}
