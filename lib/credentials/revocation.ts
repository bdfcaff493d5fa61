/** Lists of revoked certificates (RFC 5280, section 5) as grids keep them: `HASH.r0` in the folder of authorities. */
import { type KeyObject, verify, type X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCertificate, subjectText } from './certificate.js'
import { children, DerError, encodeTlv, oidText, readTlv, TAG, type Tlv } from './der.js'
import { derTime } from './der-values.js'
import { nameHash, oldNameHash } from './name-hash.js'

/** A text where `issuer` has revoked the certificate; null where its list does not hold it, or there is none: grids fetch lists by a
 *  timer, and a folder without them is common. Out of date, a list still counts for what it holds; one that cannot be read, or is not
 *  signed by `issuer`, does not. `warn` is told of these. Delta lists and indirect ones are not read. */
export async function revocationProblem(
  certificate: X509Certificate,
  issuer: X509Certificate,
  options: { readonly folder: string; readonly now: Date; readonly warn?: (message: string) => void },
): Promise<string | null> {
  const subject = readCertificate(issuer.raw).subject
  const serial = readCertificate(certificate.raw).serial
  for await (const { path, der } of lists(options.folder, subject)) {
    const list = parseList(der)
    // Another name with the same hash: not for us.
    if (list !== null && nameHash(list.issuer) !== nameHash(subject)) continue
    const isSigned = list !== null && (await isSignedBy(list, issuer.publicKey))
    if (list === null || !isSigned) {
      const what = list === null ? 'cannot be read' : `is not signed by ${subjectText(issuer)}`
      options.warn?.(`${path}: this list of revoked certificates ${what}, and is left out.`)
      continue
    }
    if (list.next !== null && list.next < options.now) {
      options.warn?.(`${path}: this list of revoked certificates is out of date since ${list.next.toISOString()}.`)
    }
    if (isListed(list, serial)) {
      return `the certificate ${subjectText(certificate)} has been revoked by ${subjectText(issuer)}`
    }
  }
  return null
}

interface RevocationList {
  readonly signed: Buffer
  readonly algorithm: string
  readonly signature: Buffer
  readonly issuer: Buffer
  readonly next: Date | null
  /** Elements { serial, date, ... } one after the other. */
  readonly entries: Buffer
}

/** An authority that has changed its key has a list a key: r0, r1 ... */
async function* lists(folder: string, name: Buffer): AsyncGenerator<{ path: string; der: Buffer }> {
  for (const hash of [nameHash(name), oldNameHash(name)]) {
    for (let i = 0; i < 10; i++) {
      const path = join(folder, `${hash}.r${i}`)
      const bytes = await readFile(path).catch(() => null)
      if (bytes === null) break
      const pem = /-----BEGIN X509 CRL-----([^-]*)-----END/.exec(bytes.toString('latin1'))
      yield { path, der: pem ? Buffer.from(pem[1]!, 'base64') : bytes }
    }
  }
}

function parseList(der: Buffer): RevocationList | null {
  try {
    const [signed, algorithm, signature] = children(readTlv(der).body)
    const fields = children(signed!.body)
    const [, issuer, , ...rest] = fields[0]!.tag === TAG.integer ? fields.slice(1) : fields
    const next = rest[0] && isTime(rest[0]) ? derTime(rest.shift()) : null
    return {
      signed: signed!.all,
      algorithm: oidText(children(algorithm!.body)[0]!.body),
      signature: signature!.body.subarray(1),
      issuer: issuer!.all,
      next,
      entries: rest[0]?.tag === TAG.sequence ? rest[0].body : Buffer.alloc(0),
    }
  } catch (error) {
    if (error instanceof DerError || error instanceof TypeError) return null
    throw error
  }
}

function isTime(field: Tlv): boolean {
  return field.tag === TAG.utcTime || field.tag === TAG.generalizedTime
}

/** Signatures of RSA (PKCS #1) and ECDSA by the SHA-2 family; of SHA-1 as well, which old authorities still use for their lists. */
const DIGESTS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
}

/** Lists of some authorities have megabytes: hashed on another thread. */
function isSignedBy(list: RevocationList, key: KeyObject): Promise<boolean> {
  const digest = DIGESTS[list.algorithm]
  if (digest === undefined) return Promise.resolve(false)
  return new Promise(resolve => {
    verify(digest, list.signed, key, list.signature, (error, isGood) => resolve(error === null && isGood))
  })
}

/** Most certificates are in no list: the bytes are looked for before the elements are. */
function isListed(list: RevocationList, serial: Buffer): boolean {
  if (!list.entries.includes(encodeTlv(TAG.integer, serial))) return false
  for (let at = 0; at < list.entries.length; ) {
    const entry = readTlv(list.entries, at)
    if (readTlv(entry.body).body.equals(serial)) return true
    at = entry.next
  }
  return false
}
