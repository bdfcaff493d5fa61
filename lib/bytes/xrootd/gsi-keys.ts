/** The arithmetic of gsi: signatures in blocks, the exchange of Diffie and Hellman, and the cipher of the session. */
import {
  createCipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPair,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  randomBytes,
} from 'node:crypto'
import { promisify } from 'node:util'
import { children, DerError, encodeTlv, readTlv, TAG } from '../../credentials/der.js'
import { CredentialError } from './authenticate.js'

/** Version of gsi from which on tags are hashed before they are signed: to sign what the other side sends, as it stands, lets it choose
 *  what is signed. */
const HASHED_TAGS = 10700

/** What is signed for a tag. */
export function tagDigest(tag: Uint8Array, version: number): Buffer {
  if (version < HASHED_TAGS) return Buffer.from(tag)
  return createHash('sha256').update('XRD-GSI-RTAG-v1').update(tag).digest()
}

/** RSA with the private key (PKCS #1, block type 1), in as many blocks as are needed. */
export function signBlocks(key: KeyObject, bytes: Buffer): Buffer {
  return Buffer.concat(blocks(bytes, modulusBytes(key) - 11).map(block => privateEncrypt(key, block)))
}

/** What `signBlocks` was given. Throws CredentialError where it was not signed by this key. */
export function openBlocks(key: KeyObject, bytes: Buffer): Buffer {
  const size = modulusBytes(key)
  if (bytes.length % size !== 0 || bytes.length > 64 * size) throw new CredentialError(NOT_SIGNED)
  try {
    return Buffer.concat(blocks(bytes, size).map(block => publicDecrypt(key, block)))
  } catch {
    throw new CredentialError(NOT_SIGNED)
  }
}

const NOT_SIGNED = "what the server sent is not signed by its certificate's key: somebody may stand in between"

function modulusBytes(key: KeyObject): number {
  if (key.asymmetricKeyType !== 'rsa') {
    throw new CredentialError(`gsi needs certificates with RSA keys (got ${key.asymmetricKeyType})`)
  }
  return Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8)
}

function blocks(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size)
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size))
}

interface DhKeys {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

/** In Node's documentation, but not in its types. */
const generateDhKeys = promisify(generateKeyPair) as unknown as (
  type: 'dh',
  options: { readonly prime: Buffer; readonly generator: number },
) => Promise<DhKeys>

/** One side's part: PEM of the parameters, and the public number in hexadecimal digits between two marks. */
const BLOB =
  /^(-----BEGIN DH PARAMETERS-----([A-Za-z0-9+/=\s]+)-----END DH PARAMETERS-----\s*)---BPUB---([0-9A-Fa-f]+)---EPUB--/

export interface Agreement {
  /** Our part, to be signed and sent. */
  readonly blob: Buffer
  /** As long as the prime. */
  readonly secret: Buffer
}

/** Answers the other side's part. With `createDiffieHellman` the prime of 3072 bits of new servers would be tested for 1.6 s, on this
 *  thread; with the key made as a key object it takes 19 ms, half of them on another thread. Throws CredentialError. */
export async function agree(blob: Buffer): Promise<Agreement> {
  const [, parameters, base64, digits] = BLOB.exec(blob.toString('latin1')) ?? []
  if (parameters === undefined) throw unusable('they are of an unknown form')
  const [prime, generator] = numbers(Buffer.from(base64!, 'base64'))
  const bits = prime.length * 8
  if (bits < 512 || bits > 8192) throw unusable(`the prime has ${bits} bits, wanted 512 to 8192`)
  const theirs = unsigned(Buffer.from(digits!.length % 2 === 1 ? `0${digits}` : digits!, 'hex'))
  if (!isBetween(theirs, prime)) throw unusable('its number is out of range')
  if (generator.length > 4 || generator.length === 0) throw unusable('the generator is out of range')
  try {
    const own = await generateDhKeys('dh', { prime, generator: generator.readUIntBE(0, generator.length) })
    const publicKey = createPublicKey({ format: 'der', type: 'spki', key: subjectPublicKey(prime, generator, theirs) })
    const secret = diffieHellman({ privateKey: own.privateKey, publicKey })
    const [, bitString] = children(readTlv(own.publicKey.export({ type: 'spki', format: 'der' })).body)
    const number = unsigned(readTlv(bitString!.body.subarray(1)).body)
    const text = `${parameters}---BPUB---${number.toString('hex').toUpperCase()}---EPUB---`
    return { blob: Buffer.from(text, 'latin1'), secret }
  } catch {
    throw unusable('OpenSSL does not take them')
  }
}

function unusable(problem: string): CredentialError {
  return new CredentialError(`the server's numbers for the key exchange cannot be used: ${problem}`)
}

/** DHParameter of PKCS #3: SEQUENCE { prime, base, ... }. */
function numbers(der: Buffer): [Buffer, Buffer] {
  try {
    const [prime, generator] = children(readTlv(der).body)
    if (prime?.tag === TAG.integer && generator?.tag === TAG.integer)
      return [unsigned(prime.body), unsigned(generator.body)]
  } catch (error) {
    if (!(error instanceof DerError)) throw error
  }
  throw unusable('the parameters are no DER')
}

function unsigned(bytes: Buffer): Buffer {
  let at = 0
  while (bytes[at] === 0) at++
  return bytes.subarray(at)
}

/** 2 <= number <= prime - 2: others give secrets that anybody knows. */
function isBetween(number: Buffer, prime: Buffer): boolean {
  const value = BigInt(`0x0${number.toString('hex')}`)
  return value > 1n && value < BigInt(`0x${prime.toString('hex')}`) - 1n
}

/** OID of dhKeyAgreement, PKCS #3. */
const DH_KEY_AGREEMENT = Buffer.from('2a864886f70d010301', 'hex')

function subjectPublicKey(prime: Buffer, generator: Buffer, number: Buffer): Buffer {
  const parameters = encodeTlv(TAG.sequence, integer(prime), integer(generator))
  const algorithm = encodeTlv(TAG.sequence, encodeTlv(TAG.oid, DH_KEY_AGREEMENT), parameters)
  return encodeTlv(TAG.sequence, algorithm, encodeTlv(TAG.bitString, Buffer.of(0), integer(number)))
}

function integer(value: Buffer): Buffer {
  return encodeTlv(TAG.integer, ...(value[0]! & 0x80 ? [Buffer.of(0)] : []), value)
}

/** aes-128-cbc, with a fresh vector of 16 bytes in front. The one cipher of gsi that every server has and Node's OpenSSL as well. */
export function sealer(key: Buffer): (bytes: Uint8Array) => Buffer {
  return bytes => {
    const vector = randomBytes(16)
    const cipher = createCipheriv('aes-128-cbc', key, vector)
    return Buffer.concat([vector, cipher.update(bytes), cipher.final()])
  }
}
