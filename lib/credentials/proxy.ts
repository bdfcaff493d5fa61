/** The user's grid proxy: a short-lived certificate with its key, in one PEM file, by which grid services know the user. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { UsageError } from '../core/errors.js'
import { type CertificateFields, isProxy, readCertificate } from './certificate.js'
import { DerError } from './der.js'
import { nameText } from './names.js'
import { checkPrivate, readSmallFile, type SmallFile } from './private-file.js'
import { type VomsAttributes, vomsAttributes } from './voms.js'

export interface GridProxy {
  readonly path: string
  /** The file: certificate, key and the certificates that vouch for it. A secret; not enumerable, so that it is not printed with
   *  the rest. */
  readonly pem: string
  /** In the order of the file: the proxy's own first; up to the user's own, each is signed by the next. */
  readonly certificates: readonly X509Certificate[]
  readonly key: KeyObject
  /** The first that is no proxy's: what an authority gave the user. */
  readonly userCertificate: X509Certificate
  /** The user: /DC=ch/DC=cern/.../CN=somebody. */
  readonly identity: string
  /** When the first of the certificates ends. */
  readonly expires: Date
  /** Membership of virtual organizations; may end before the proxy does. */
  readonly voms: readonly VomsAttributes[]
}

/** The command that makes a proxy, as messages name it. */
export const MAKE_PROXY = 'voms-proxy-init --voms cms --valid 168:00'
const KIND = 'grid proxy'
const MAKE = `Make one: ${MAKE_PROXY}`

/** Where the proxy is: X509_USER_PROXY, else /tmp/x509up_u<uid>. XRootD and voms-proxy-init have this folder fixed as well,
 *  whatever TMPDIR says. */
export function findProxy(env: NodeJS.ProcessEnv = process.env): string {
  return env.X509_USER_PROXY || `/tmp/x509up_u${process.getuid?.() ?? 0}`
}

/** The proxy at `path`; a user's own certificate with its key is taken as well. Throws UsageError where there is none, others may
 *  read it, it is damaged or not signed by the user, its key is another's, or it is not valid at `now`. */
export function loadProxy(path: string, now = new Date()): GridProxy {
  const file = readFile(path)
  const pem = file.text
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (blocks.length === 0) throw noProxy(path, 'it has no certificate')
  const keyBlock = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[^-]+(?:-[^-]+)*?-----END \1-----/.exec(pem)?.[0]
  if (keyBlock === undefined) throw noProxy(path, 'it has no private key')
  const { certificates, fields } = readable(path, () => readChain(blocks))
  const key = readKey(path, keyBlock)
  checkPrivate(path, file, KIND)
  checkTimes(path, fields, now)
  const user = fields.findIndex(certificate => !isProxy(certificate))
  const flaw = readable(path, () => flawOf(certificates, key, user))
  if (flaw !== null) throw noProxy(path, flaw)
  const proxy: Omit<GridProxy, 'pem'> = {
    path,
    certificates,
    key,
    userCertificate: certificates[user]!,
    identity: nameText(fields[user]!.subject),
    expires: earliest(fields),
    voms: vomsAttributes(fields.slice(0, user)),
  }
  return Object.defineProperty(proxy, 'pem', { value: pem }) as GridProxy
}

/** The proxy at `path` for jobs elsewhere; null where it is no good and the user has not named it: whether one is needed, and what is
 *  wrong with it, is told by `checkCredentials`. Throws UsageError as loadProxy for one that is named. */
export function proxyForJobs(path: string, isNamed: boolean, now = new Date()): GridProxy | null {
  try {
    return loadProxy(path, now)
  } catch (error) {
    if (isNamed || !(error instanceof UsageError)) throw error
    return null
  }
}

function readFile(path: string): SmallFile {
  try {
    return readSmallFile(path, KIND)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw wrong(path, `no grid proxy here (X509_USER_PROXY, else /tmp/x509up_u<uid>). ${MAKE}`)
  }
}

/** OpenSSL's own words are left out: they help nobody, and it is a secret that they are about. */
function readKey(path: string, block: string): KeyObject {
  if (/ENCRYPTED/.test(block)) throw noProxy(path, 'its key is locked with a passphrase')
  try {
    return createPrivateKey(block)
  } catch {
    throw noProxy(path, 'its key cannot be read')
  }
}

interface Chain {
  readonly certificates: readonly X509Certificate[]
  readonly fields: readonly CertificateFields[]
}

function readChain(blocks: readonly string[]): Chain {
  const certificates = blocks.map(block => new X509Certificate(block))
  const fields = certificates.map(certificate => readCertificate(certificate.raw))
  // A name that cannot be read is found here, not later.
  for (const { subject } of fields) nameText(subject)
  return { certificates, fields }
}

/** What servers would refuse; null where it is well. `user`: position of the user's own certificate, -1 for none. */
function flawOf(certificates: readonly X509Certificate[], key: KeyObject, user: number): string | null {
  if (!certificates[0]!.checkPrivateKey(key)) return 'its key is not that of its certificate'
  if (user === -1) return "the user's own certificate is missing in it"
  const unsigned = certificates.slice(0, user).findIndex((one, i) => !one.verify(certificates[i + 1]!.publicKey))
  return unsigned === -1 ? null : `its certificate ${unsigned + 1} is not signed by the next`
}

/** Node finds damage in certificates when they are made, or not before their keys are used. */
function readable<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const isNodes = (error as NodeJS.ErrnoException).code?.startsWith('ERR_')
    if (!isNodes && !(error instanceof DerError)) throw error
    throw noProxy(path, 'a certificate in it cannot be read')
  }
}

function checkTimes(path: string, fields: readonly CertificateFields[], now: Date): void {
  const begins = new Date(Math.max(...fields.map(field => field.notBefore.getTime())))
  const expires = earliest(fields)
  if (expires <= now) throw wrong(path, `the grid proxy expired at ${expires.toISOString()}. ${MAKE}`)
  if (begins <= now) return
  const clock = `the clock of this machine says ${now.toISOString()}`
  throw wrong(
    path,
    `the grid proxy is valid from ${begins.toISOString()} only (${clock}). Set the clock right, or wait.`,
  )
}

function earliest(fields: readonly CertificateFields[]): Date {
  return new Date(Math.min(...fields.map(field => field.notAfter.getTime())))
}

function noProxy(path: string, why: string): UsageError {
  return wrong(path, `is no grid proxy (${why}). ${MAKE}`)
}

function wrong(place: string, message: string): UsageError {
  return new UsageError([{ place, message }])
}
