/** Whether a certificate is for a host (RFC 6125, section 6.4). */
import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'

/** By its alternative names; by its common name only where it has no alternative names of hosts. An asterisk stands for one whole
 *  label, the first. An address is looked for among alternative names of addresses only. Common names of grids may begin with the
 *  service: `host/name`. */
export function isForHost(certificate: X509Certificate, host: string): boolean {
  const name = host.replace(/\.$/, '')
  if (isIP(name) !== 0) return certificate.checkIP(name) !== undefined
  // `checkHost` of a name that begins with a point would take all that end so.
  if (name === '' || name.startsWith('.')) return false
  if (certificate.checkHost(name, { subject: 'never', wildcards: true, partialWildcards: false })) return true
  if (/(^|, )DNS:/.test(certificate.subjectAltName ?? '')) return false
  const common = certificate.subject
    .split('\n')
    .filter(part => part.startsWith('CN='))
    .at(-1)
  return (
    common
      ?.slice('CN='.length)
      .replace(/^[a-z]+\//i, '')
      .toLowerCase() === name.toLowerCase()
  )
}
