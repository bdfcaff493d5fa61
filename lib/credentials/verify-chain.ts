/** Whether a certificate goes back to an authority in a folder of trusted ones (RFC 5280, section 6.1, without policies and name
 *  constraints). */
import type { X509Certificate } from 'node:crypto'
import { issuerText, readCertificate, subjectText } from './certificate.js'
import { children, readTlv, TAG } from './der.js'
import { revocationProblem } from './revocation.js'
import { signingPolicyProblem } from './signing-policy.js'
import { authoritiesNamed } from './trust-folder.js'

export interface TrustOptions {
  /** As `authoritiesNamed` takes it. */
  readonly folder: string
  readonly now?: Date
  /** Told in a sentence of what could not be checked: a list of revoked certificates that is out of date. */
  readonly warn?: (message: string) => void
}

/** Longer chains than this do not occur; 3 is common. */
const MAX_DEPTH = 8

/** Extensions that are looked at here or do not bear on what is asked; others, where critical, refuse the certificate. */
const BASIC_CONSTRAINTS = '2.5.29.19'
const KEY_USAGE = '2.5.29.15'
const KNOWN: ReadonlySet<string> = new Set([
  BASIC_CONSTRAINTS,
  KEY_USAGE,
  '2.5.29.17', // subject alternative name
  '2.5.29.32', // certificate policies
  '2.5.29.37', // extended key usage
  '1.3.6.1.5.5.7.1.1', // authority information access
])

/** Signatures that can be forged: MD2, MD5, SHA-1 with RSA; ECDSA and DSA with SHA-1. Looked at only where a certificate came from
 *  the other side: what stands in the folder is trusted for standing there. */
const WEAK: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.2',
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10045.4.1',
  '1.2.840.10040.4.3',
])

/** null: `chain[0]` is good now. `chain` is what the other side showed, its own certificate first; the others are taken as
 *  authorities between only where one of the folder, which must sign itself, stands behind them. Otherwise a text of what is wrong,
 *  without a full stop. Every signature, validity, the right to sign (basic constraints, key usage), lengths of paths,
 *  lists of revoked certificates and signing policies are checked. Throws DerError for what is no certificate. */
export async function chainProblem(chain: readonly X509Certificate[], options: TrustOptions): Promise<string | null> {
  let current = chain[0]
  if (current === undefined) return 'no certificate was shown'
  const now = options.now ?? new Date()
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const problem = certificateProblem(current, now)
    if (problem !== null) return problem
    const fields = readCertificate(current.raw)
    const trusted = await authoritiesNamed(options.folder, fields.issuer)
    const issuer = trusted.find(one => isSignedBy(current!, one)) ?? chain.find(one => isSignedBy(current!, one))
    if (issuer === undefined) return unknownIssuer(current, trusted.length > 0, options.folder)
    const isTrusted = trusted.includes(issuer)
    // One that signs itself is the end, and must be in the folder; its own validity is still to be looked at.
    if (issuer.raw.equals(current.raw)) return isTrusted ? null : unknownIssuer(current, false, options.folder)
    if (chain.includes(current) && WEAK.has(fields.signature))
      return `${name(current)} is signed by way of MD5 or SHA-1`
    const refused =
      authorityProblem(issuer, depth) ??
      (await revocationProblem(current, issuer, { ...options, now })) ??
      (await signingPolicyProblem(current, issuer, options.folder))
    if (refused !== null) return refused
    current = issuer
  }
  return `the chain is longer than ${MAX_DEPTH} certificates`
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false // a kind of key that OpenSSL does not know
  }
}

function certificateProblem(certificate: X509Certificate, now: Date): string | null {
  const { notBefore, notAfter, critical } = readCertificate(certificate.raw)
  if (notBefore > now) return `${name(certificate)} is valid from ${notBefore.toISOString()} on only`
  if (notAfter < now) return `${name(certificate)} expired at ${notAfter.toISOString()}`
  const unknown = [...critical].find(oid => !KNOWN.has(oid))
  return unknown === undefined ? null : `${name(certificate)} has the critical extension ${unknown}, not known here`
}

/** `below`: certificates between this authority and the one in question. */
function authorityProblem(authority: X509Certificate, below: number): string | null {
  const { extensions } = readCertificate(authority.raw)
  const usage = extensions.get(KEY_USAGE)
  // Bit 5 (of 0x80 as bit 0) of the BIT STRING, whose first byte counts unused bits: keyCertSign.
  if (usage && ((readTlv(usage).body[1] ?? 0) & 0x04) === 0) return `${name(authority)} may not sign certificates`
  if (!authority.ca) return `${name(authority)} is no authority`
  const constraints = extensions.get(BASIC_CONSTRAINTS)
  const limit = constraints && children(readTlv(constraints).body).find(part => part.tag === TAG.integer)
  if (limit && limit.body.length === 1 && limit.body[0]! < below) {
    return `${name(authority)} allows ${limit.body[0]} authorities below it (got ${below})`
  }
  return null
}

function unknownIssuer(certificate: X509Certificate, isNameKnown: boolean, folder: string): string {
  const issuer = issuerText(certificate)
  return isNameKnown
    ? `${name(certificate)} is not signed by the authority ${issuer} in ${folder}`
    : `${name(certificate)} is signed by ${issuer}, which is not in ${folder}`
}

function name(certificate: X509Certificate): string {
  return `the certificate ${subjectText(certificate)}`
}
