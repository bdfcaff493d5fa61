/** What Node's X509Certificate does not tell of a certificate (RFC 5280): its names as they are encoded, and its extensions. */
import { children, oidText, TAG } from './der.js'
import { bodyAt, bodyOf, derTime } from './der-values.js'
import { nameParts } from './names.js'

export interface CertificateFields {
  /** The names whole, as DER. */
  readonly issuer: Buffer
  readonly subject: Buffer
  readonly notBefore: Date
  readonly notAfter: Date
  /** Object identifier in dots -> what the extension holds. */
  readonly extensions: ReadonlyMap<string, Buffer>
}

const VERSION = 0xa0
const EXTENSIONS = 0xa3

/** Throws DerError where the bytes are no certificate. */
export function readCertificate(der: Buffer): CertificateFields {
  const [body] = children(bodyAt(der, TAG.sequence, 'certificate'))
  const fields = children(bodyOf(body, TAG.sequence, 'body of a certificate'))
  // Behind the version, which version 1 leaves out: serial number, algorithm, issuer, validity, subject, key, then what is optional.
  const at = fields[0]?.tag === VERSION ? 1 : 0
  const [issuer, validity, subject] = fields.slice(at + 2)
  bodyOf(issuer, TAG.sequence, 'issuer')
  bodyOf(subject, TAG.sequence, 'subject')
  const [notBefore, notAfter] = children(bodyOf(validity, TAG.sequence, 'validity'))
  const extensions = fields.find(field => field.tag === EXTENSIONS)
  return {
    issuer: issuer!.all,
    subject: subject!.all,
    notBefore: derTime(notBefore),
    notAfter: derTime(notAfter),
    extensions: extensions === undefined ? new Map() : readExtensions(extensions.body),
  }
}

/** Extension: object identifier, whether it is critical (false is left out), and an OCTET STRING around its value. */
function readExtensions(bytes: Buffer): Map<string, Buffer> {
  return new Map(
    children(bodyAt(bytes, TAG.sequence, 'extensions')).map(extension => {
      const parts = children(bodyOf(extension, TAG.sequence, 'extension'))
      const oid = oidText(bodyOf(parts[0], TAG.oid, 'type of an extension'))
      return [oid, bodyOf(parts.at(-1), TAG.octetString, 'value of an extension')]
    }),
  )
}

/** proxyCertInfo of RFC 3820, and of the draft before it that older tools still make. */
const PROXY_INFO = ['1.3.6.1.5.5.7.1.14', '1.3.6.1.4.1.3536.1.222']

/** The certificate is a proxy's, by its extension, or by its name as Globus Toolkit 2 made them. Throws DerError. */
export function isProxy({ subject, extensions }: CertificateFields): boolean {
  if (PROXY_INFO.some(oid => extensions.has(oid))) return true
  const last = nameParts(subject).at(-1)
  return last?.type === 'CN' && (last.text === 'proxy' || last.text === 'limited proxy')
}
