/** Messages of gsi ("XRootD GSI Protocol Specifications"): the name of the method with a zero byte, the number of the step, and
 *  buckets { type, length, bytes } until a type of 0. Numbers have four bytes, big endian. */
import { CredentialError } from './authenticate.js'

/** Types of buckets. */
export const BUCKET = {
  cryptoModule: 3000,
  /** A message inside the message, enciphered from the client's second step on. */
  main: 3001,
  publicKey: 3004,
  /** Parameters and public part of Diffie and Hellman's exchange, signed. */
  cipher: 3005,
  /** Random letters, which the other side has to sign. */
  tag: 3006,
  signedTag: 3007,
  message: 3011,
  version: 3014,
  clientOptions: 3019,
  certificates: 3022,
  issuerHash: 3023,
  cipherNames: 3025,
  digestNames: 3026,
} as const

export const STEP = {
  clientRequest: 1000,
  clientCertificate: 1001,
  serverCertificate: 2001,
  /** The server asks for a certificate of its own in the user's name. */
  serverAsksDelegation: 2002,
} as const

export interface GsiMessage {
  readonly step: number
  /** By type; share memory with the message. */
  readonly buckets: ReadonlyMap<number, Buffer>
}

const NAME = Buffer.from('gsi\0')
/** Messages hold some ten buckets; a chain of certificates takes 10 kB. */
const MAX_BUCKETS = 64

export function encodeGsi(step: number, buckets: readonly (readonly [number, Uint8Array | string])[]): Buffer {
  const parts = buckets.flatMap(([type, content]) => {
    const bytes = Buffer.from(content)
    return [int32(type), int32(bytes.length), bytes]
  })
  return Buffer.concat([NAME, int32(step), ...parts, int32(0)])
}

/** Throws CredentialError where the bytes are no such message. A bucket that occurs twice counts as the last. */
export function decodeGsi(bytes: Uint8Array): GsiMessage {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!message.subarray(0, NAME.length).equals(NAME)) throw malformed('it does not begin with "gsi"')
  const buckets = new Map<number, Buffer>()
  let at = NAME.length
  const number = () => {
    if (at + 4 > message.length) throw malformed('it ends too early')
    at += 4
    return message.readInt32BE(at - 4)
  }
  const step = number()
  // Some versions leave out the closing 0.
  while (at < message.length) {
    const type = number()
    if (type === 0) break
    const length = number()
    if (length < 0 || length > message.length - at)
      throw malformed(`a part of ${length} bytes in a message of ${message.length}`)
    if (buckets.size === MAX_BUCKETS) throw malformed(`it has more than ${MAX_BUCKETS} parts`)
    buckets.set(type, message.subarray(at, at + length))
    at += length
  }
  return { step, buckets }
}

/** The bucket's bytes. Throws CredentialError where the message has none. */
export function bucket(message: GsiMessage, name: keyof typeof BUCKET): Buffer {
  const found = message.buckets.get(BUCKET[name])
  if (found === undefined) throw malformed(`it has no part ${BUCKET[name]} (${name})`)
  return found
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function malformed(problem: string): CredentialError {
  return new CredentialError(`the server's gsi message cannot be read: ${problem}`)
}
