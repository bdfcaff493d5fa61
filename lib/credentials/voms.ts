/** Membership of a virtual organization (CMS ...), which voms-proxy-init has certified and put into the proxy. Format: attribute
 *  certificates (RFC 5755) in an extension, "The VOMS attribute certificate format" (OGF GFD.182). Signatures are not checked
 *  here: that is for the servers. */
import type { CertificateFields } from './certificate.js'
import { children, DerError, oidText, TAG, type Tlv } from './der.js'
import { bodyAt, bodyOf, derTime } from './der-values.js'
import { printable } from './names.js'

export interface VomsAttributes {
  /** The organization: `cms`. */
  readonly vo: string
  /** Groups and roles, the one in force first: `/cms/Role=NULL/Capability=NULL`. */
  readonly fqans: readonly string[]
  readonly expires: Date
}

const VOMS = '1.3.6.1.4.1.8005.100.100.5'
const FQANS = '1.3.6.1.4.1.8005.100.100.4'
const POLICY_AUTHORITY = 0xa0
const URI = 0x86

/** What the proxy's certificates say. An extension that cannot be read is passed over, as it may still mean something to servers. */
export function vomsAttributes(certificates: readonly CertificateFields[]): VomsAttributes[] {
  return certificates.flatMap(({ extensions }) => {
    const extension = extensions.get(VOMS)
    if (extension === undefined) return []
    try {
      return readVoms(extension)
    } catch (error) {
      if (error instanceof DerError) return []
      throw error
    }
  })
}

/** `extension`: a SEQUENCE of a SEQUENCE of attribute certificates. Throws DerError. */
export function readVoms(extension: Buffer): VomsAttributes[] {
  return children(bodyAt(extension, TAG.sequence, 'VOMS extension'))
    .flatMap(list => children(bodyOf(list, TAG.sequence, 'list of attribute certificates')))
    .map(readAttributeCertificate)
}

/** Fields of an attribute certificate: version, holder, issuer, algorithm, serial number, validity, attributes, extensions. */
function readAttributeCertificate(certificate: Tlv): VomsAttributes {
  const [info] = children(bodyOf(certificate, TAG.sequence, 'attribute certificate'))
  const fields = children(bodyOf(info, TAG.sequence, 'body of an attribute certificate'))
  const [, notAfter] = children(bodyOf(fields[5], TAG.sequence, 'validity'))
  const attributes = children(bodyOf(fields[6], TAG.sequence, 'attributes')).flatMap(readAttribute)
  const fqans = attributes.flatMap(attribute => attribute.fqans)
  const authority = attributes[0]?.authority ?? ''
  // `cms://voms.cern.ch:15000`; a group says it as well: /cms/...
  const vo = /^([^:]+):\/\//.exec(authority)?.[1] ?? fqans[0]?.split('/')[1] ?? ''
  return { vo, fqans, expires: derTime(notAfter) }
}

interface Attribute {
  readonly authority: string
  readonly fqans: readonly string[]
}

/** IetfAttrSyntax: by whom, and the values. Attributes of other types are passed over. */
function readAttribute(attribute: Tlv): Attribute[] {
  const [type, values] = children(bodyOf(attribute, TAG.sequence, 'attribute'))
  if (oidText(bodyOf(type, TAG.oid, 'type of an attribute')) !== FQANS) return []
  return children(bodyOf(values, TAG.set, 'values of an attribute')).map(value => {
    const parts = children(bodyOf(value, TAG.sequence, 'value of an attribute'))
    const authority =
      parts[0]?.tag === POLICY_AUTHORITY ? children(parts[0].body).find(name => name.tag === URI) : undefined
    const fqans = children(bodyOf(parts.at(-1), TAG.sequence, 'groups and roles'))
    return { authority: textOf(authority), fqans: fqans.map(textOf) }
  })
}

function textOf(tlv: Tlv | undefined): string {
  return printable(tlv?.body.toString('utf8') ?? '')
}
