/** gsi: the user shows a grid proxy, the server the certificate of its host ("XRootD GSI Protocol Specifications"; versions 10400 to
 *  10700, in which both sides sign their part of the key exchange). Two round trips. It does not protect what follows, unless
 *  requests are signed or the connection has TLS. */
import { createPublicKey, type KeyObject, randomBytes, type X509Certificate } from 'node:crypto'
import { readCertificate, subjectText } from '../../credentials/certificate.js'
import { nameHash, oldNameHash } from '../../credentials/name-hash.js'
import { type AuthConnection, type AuthMethod, CredentialError } from './authenticate.js'
import { sealer, signBlocks, tagDigest } from './gsi-keys.js'
import { BUCKET, bucket, decodeGsi, encodeGsi, type GsiMessage, int32, STEP } from './gsi-message.js'
import { serverText, verifyServer } from './gsi-server.js'

/** What gsi needs of a proxy; `loadProxy` of lib/credentials gives more. */
export interface GsiProxy {
  /** The proxy's own first, each signed by the next. Only these are sent. */
  readonly certificates: readonly X509Certificate[]
  readonly key: KeyObject
  readonly userCertificate: X509Certificate
}

export interface GsiOptions {
  /** Throws where there is no proxy that is valid now. Asked at every connection: proxies are renewed during a run. */
  readonly loadProxy: () => GsiProxy | Promise<GsiProxy>
  /** Folder of the grid's authorities. Throws where there is none. */
  readonly authoritiesFolder: () => string
  /** Told of what could not be checked, such as lists of revoked certificates that are out of date. */
  readonly warn?: (message: string) => void
}

/** Below it, servers do not sign their part of the exchange, and anybody in between can replace it. */
const OLDEST = 10400
const NEWEST = 10700

/** Of the client's options: we bring a proxy, and neither ask for nor allow delegation. */
const OPTIONS = 0x80

export function gsiAuth(options: GsiOptions): AuthMethod {
  return { name: 'gsi', begin: (parameters, connection) => handshake(parameters, connection, options) }
}

async function* handshake(
  parameters: string,
  connection: AuthConnection,
  options: GsiOptions,
): AsyncGenerator<Uint8Array, void, Uint8Array> {
  connection.seal = null
  const { version, isPadded } = readParameters(parameters)
  const module = isPadded ? 'ssl' : 'sslnopad'
  const proxy = await options.loadProxy()
  checkProxy(proxy)
  const folder = options.authoritiesFolder()
  const tag = newTag()
  const answer = decodeGsi(
    yield encodeGsi(STEP.clientRequest, [
      [BUCKET.cryptoModule, module],
      [BUCKET.version, int32(version)],
      [BUCKET.issuerHash, issuerHashes(proxy.userCertificate)],
      [BUCKET.clientOptions, int32(OPTIONS)],
      [BUCKET.main, encodeGsi(STEP.clientRequest, [[BUCKET.tag, tag]])],
    ]),
  )
  if (answer.step !== STEP.serverCertificate) throw refused(answer)
  const trust = { folder, ...(options.warn && { warn: options.warn }) }
  const server = await verifyServer(answer, { host: connection.host, tag, version }, trust)
  const { blob, secret } = server.agreement
  const seal = sealer(sessionKey(secret, isPadded, bucket(answer, 'cipherNames')))
  const main = encodeGsi(STEP.clientCertificate, [
    [BUCKET.certificates, proxy.certificates.map(certificate => certificate.toString()).join('')],
    [BUCKET.signedTag, signBlocks(proxy.key, tagDigest(server.tag, version))],
    [BUCKET.tag, newTag()],
  ])
  connection.seal = seal
  const more = yield encodeGsi(STEP.clientCertificate, [
    [BUCKET.cryptoModule, module],
    [BUCKET.cipher, signBlocks(proxy.key, blob)],
    [BUCKET.publicKey, createPublicKey(proxy.key).export({ type: 'spki', format: 'pem' })],
    [BUCKET.cipherNames, `${CIPHER}#16`],
    [BUCKET.digestNames, digestName(answer)],
    [BUCKET.main, seal(main)],
  ])
  connection.seal = null
  throw refused(decodeGsi(more))
}

/** `v:10600,c:ssl,ca:HASH.0|OLDHASH.0`. */
function readParameters(parameters: string): { version: number; isPadded: boolean } {
  const values = new Map(
    parameters.split(',').map(part => {
      const at = part.indexOf(':')
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()]
    }),
  )
  const offered = Number(values.get('v'))
  if (!(offered >= OLDEST)) {
    throw new CredentialError(
      `the server's gsi is too old to be safe (version ${offered}, wanted ${OLDEST}). ${WAY_OUT}`,
    )
  }
  const modules = (values.get('c') ?? '').split('|')
  const isPadded = modules.includes('ssl')
  if (!isPadded && !modules.includes('sslnopad')) {
    throw new CredentialError(
      `the server's gsi has no module in common with us (got ${shown(modules.join('|'))}, wanted ssl)`,
    )
  }
  return { version: Math.min(offered, NEWEST), isPadded }
}

const WAY_OUT = 'Add --transport xrdcp to copy with the stock client'

/** A server refuses this as well, but only says that authentication has failed. */
function checkProxy(proxy: GsiProxy): void {
  const kind = proxy.key.asymmetricKeyType
  if (kind !== 'rsa') throw new CredentialError(`gsi needs a proxy with an RSA key (got ${kind}). ${NEW_PROXY}`)
  const expired = proxy.certificates.find(certificate => Date.parse(certificate.validTo) < Date.now())
  if (expired === undefined) return
  throw new CredentialError(`${subjectText(expired)} in the proxy expired on ${expired.validTo}. ${NEW_PROXY}`)
}

const NEW_PROXY = 'Make a new one: voms-proxy-init --voms cms --valid 168:00'

/** By which the server finds the user's authority: both forms, since its folder may have either. */
function issuerHashes(certificate: X509Certificate): string {
  const { issuer } = readCertificate(certificate.raw)
  return `${nameHash(issuer)}|${oldNameHash(issuer)}`
}

const TAG_BYTES = 6

/** 8 ASCII letters. */
function newTag(): string {
  return randomBytes(TAG_BYTES).toString('base64url')
}

const CIPHER = 'aes-128-cbc'
const KEY_BYTES = 16

function sessionKey(secret: Buffer, isPadded: boolean, offered: Buffer): Buffer {
  if (!offered.toString('latin1').split(':').includes(CIPHER)) {
    const names = shown(offered.toString('latin1'))
    throw new CredentialError(`the server's gsi does not have the cipher ${CIPHER} (got ${names}). ${WAY_OUT}`)
  }
  const significant = isPadded ? secret : secret.subarray(secret.findIndex(byte => byte !== 0))
  return significant.subarray(0, KEY_BYTES)
}

/** Of the server's list, the first; nothing that is done here depends on it. */
function digestName(answer: GsiMessage): string {
  const first = answer.buckets.get(BUCKET.digestNames)?.toString('latin1').split(':')[0] ?? ''
  return /^[\w-]{1,20}$/.test(first) ? first : 'sha256'
}

function refused(answer: GsiMessage): CredentialError {
  if (answer.step === STEP.serverAsksDelegation) {
    return new CredentialError(`the server asks for a proxy of its own in your name, which is not given. ${WAY_OUT}`)
  }
  const text = serverText(answer)
  return new CredentialError(
    `the server does not go on with gsi (step ${answer.step}${text === '' ? '' : `: ${text}`})`,
  )
}

function shown(text: string): string {
  return JSON.stringify(text.replace(/[^\x20-\x7e]/g, '?').slice(0, 100))
}
