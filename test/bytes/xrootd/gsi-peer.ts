/** The server's half of gsi, honest or not, by other functions of Node than the client's half uses. */
import {
  createDecipheriv,
  createHash,
  createPublicKey,
  type DiffieHellmanGroup,
  getDiffieHellman,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  type X509Certificate,
} from 'node:crypto'
import { BUCKET, bucket, decodeGsi, encodeGsi, type GsiMessage } from '../../../lib/bytes/xrootd/gsi-message.js'
import { integer, type Made, sequence } from '../../support/x509-maker.js'

export interface PeerOptions {
  readonly version: number
  /** Its own first. */
  readonly certificates: readonly X509Certificate[]
  readonly key: KeyObject
  readonly group?: string
  /** What is changed on the way, or told by a server that is not what it seems. */
  readonly faults?: {
    readonly signedTag?: (tag: Buffer) => Buffer
    readonly tag?: Buffer
    readonly blob?: (blob: string) => string
    readonly blobKey?: KeyObject
    readonly ciphers?: string
  }
}

export function peerOf(made: Made, more: Partial<PeerOptions> = {}): GsiPeer {
  return new GsiPeer({ version: 10700, certificates: [made.certificate], key: made.keys.privateKey, ...more })
}

export class GsiPeer {
  readonly #options: PeerOptions
  readonly #exchange: DiffieHellmanGroup
  readonly #tag: Buffer

  constructor(options: PeerOptions) {
    this.#options = options
    this.#exchange = getDiffieHellman(options.group ?? 'modp5')
    this.#exchange.generateKeys()
    this.#tag = options.faults?.tag ?? Buffer.from('abcdefgh')
  }

  get parameters(): string {
    return `v:${this.#options.version},c:ssl,ca:11111111.0|22222222.0`
  }

  /** Step 2001. */
  answer(first: Uint8Array): Buffer {
    const { certificates, key, faults = {} } = this.#options
    const tag = bucket(decodeGsi(bucket(decodeGsi(first), 'main')), 'tag')
    const what = faults.signedTag?.(tag) ?? this.#digest(tag)
    const pem = sequence(positive(this.#exchange.getPrime()), positive(this.#exchange.getGenerator())).toString(
      'base64',
    )
    const own = `---BPUB---${this.#exchange.getPublicKey('hex').toUpperCase()}---EPUB---`
    const blob = `-----BEGIN DH PARAMETERS-----\n${pem}\n-----END DH PARAMETERS-----\n${own}`
    const main = encodeGsi(2001, [
      [BUCKET.signedTag, blocks(what, 245, block => privateEncrypt(key, block))],
      [BUCKET.tag, this.#tag],
    ])
    const bytes = Buffer.from(faults.blob?.(blob) ?? blob)
    return encodeGsi(2001, [
      [BUCKET.certificates, certificates.map(String).join('')],
      [BUCKET.cipher, blocks(bytes, 245, block => privateEncrypt(faults.blobKey ?? key, block))],
      [BUCKET.cipherNames, faults.ciphers ?? 'aes-128-cbc:bf-cbc:des-ede3-cbc'],
      [BUCKET.digestNames, 'sha256'],
      [BUCKET.main, main],
    ])
  }

  /** What the client's second message holds, opened with the keys that it proves. */
  open(second: Uint8Array): { outer: GsiMessage; inner: GsiMessage; key: Buffer; isTagSigned: boolean } {
    const outer = decodeGsi(second)
    const user = createPublicKey(bucket(outer, 'publicKey'))
    const blob = blocks(bucket(outer, 'cipher'), 256, block => publicDecrypt(user, block)).toString('latin1')
    const digits = /---BPUB---([0-9A-F]+)---EPUB---$/.exec(blob)![1]!
    const key = this.#exchange.computeSecret(digits, 'hex').subarray(0, 16)
    const inner = decodeGsi(decipher(key, bucket(outer, 'main')))
    const signed = publicDecrypt(user, bucket(inner, 'signedTag'))
    return { outer, inner, key, isTagSigned: signed.equals(this.#digest(this.#tag)) }
  }

  #digest(tag: Buffer): Buffer {
    if (this.#options.version < 10700) return tag
    return createHash('sha256')
      .update(Buffer.concat([Buffer.from('XRD-GSI-RTAG-v1'), tag]))
      .digest()
  }
}

export function decipher(key: Buffer, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-128-cbc', key, sealed.subarray(0, 16))
  return Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()])
}

function positive(value: Buffer): Buffer {
  return integer(value[0]! & 0x80 ? Buffer.concat([Buffer.of(0), value]) : value)
}

function blocks(bytes: Buffer, size: number, each: (block: Buffer) => Buffer): Buffer {
  const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, k) =>
    bytes.subarray(k * size, (k + 1) * size),
  )
  return Buffer.concat(parts.map(each))
}
