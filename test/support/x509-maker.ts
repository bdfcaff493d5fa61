/** Certificates made of nothing but Node (RFC 5280), good and bad ones: whatever a field says is written. */
import { createSign, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { encodeTlv, TAG } from '../../lib/credentials/der.js'

export interface Keys {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

export interface Made {
  readonly certificate: X509Certificate
  readonly name: Buffer
  readonly keys: Keys
}

export interface Wanted {
  /** Attributes of the name in order: `CN=x`, with the OID's short name. */
  readonly subject: readonly string[]
  /** Itself without. */
  readonly issuer?: Made
  readonly keys?: Keys
  /** Days from now. */
  readonly from?: number
  readonly to?: number
  readonly extensions?: readonly Buffer[]
  readonly digest?: 'sha256' | 'sha1'
  readonly serial?: Buffer
}

let spare: Keys | undefined

/** 2048 bits take 0.1 s: the same keys where it does not matter whose they are. */
export function rsaKeys(isNew = false): Keys {
  if (isNew || spare === undefined) spare = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return spare
}

const DAY_MS = 86_400_000

export function makeCertificate(wanted: Wanted): Made {
  const keys = wanted.keys ?? rsaKeys(true)
  const name = makeName(wanted.subject)
  const issuer = wanted.issuer ?? { name, keys }
  const digest = wanted.digest ?? 'sha256'
  const algorithm = sequence(
    oid(digest === 'sha1' ? '1.2.840.113549.1.1.5' : '1.2.840.113549.1.1.11'),
    encodeTlv(TAG.null),
  )
  const extensions = wanted.extensions ?? []
  const body = sequence(
    encodeTlv(0xa0, integer(Buffer.of(2))),
    integer(wanted.serial ?? Buffer.of(1)),
    algorithm,
    issuer.name,
    sequence(time(wanted.from ?? -1), time(wanted.to ?? 1)),
    name,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [encodeTlv(0xa3, sequence(...extensions))]),
  )
  const signature = createSign(digest).update(body).sign(issuer.keys.privateKey)
  const der = sequence(body, algorithm, encodeTlv(TAG.bitString, Buffer.of(0), signature))
  return { certificate: new X509Certificate(der), name, keys }
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  O: '2.5.4.10',
  DC: '0.9.2342.19200300.100.1.25',
}

/** Attributes are given as `CN=x`; where a `+` stands in front, in the same set as the one before. */
export function makeName(parts: readonly string[], tag: number = TAG.utf8): Buffer {
  const sets: Buffer[][] = []
  for (const part of parts) {
    const [, plus, type, text] = /^(\+?)(\w+)=(.*)$/s.exec(part)!
    const attribute = sequence(oid(ATTRIBUTES[type!]!), encodeTlv(tag, Buffer.from(text!)))
    if (plus === '+') sets.at(-1)!.push(attribute)
    else sets.push([attribute])
  }
  return sequence(...sets.map(set => encodeTlv(TAG.set, ...set.sort(Buffer.compare))))
}

export function extension(id: string, isCritical: boolean, value: Buffer): Buffer {
  return sequence(
    oid(id),
    ...(isCritical ? [encodeTlv(TAG.boolean, Buffer.of(255))] : []),
    encodeTlv(TAG.octetString, value),
  )
}

export function basicConstraints(isAuthority: boolean, pathLength?: number): Buffer {
  const limit = pathLength === undefined ? [] : [integer(Buffer.of(pathLength))]
  return extension(
    '2.5.29.19',
    true,
    sequence(...(isAuthority ? [encodeTlv(TAG.boolean, Buffer.of(255)), ...limit] : [])),
  )
}

/** Bits as the BIT STRING's first byte has them: 0x80 digitalSignature, 0x04 keyCertSign. */
export function keyUsage(bits: number): Buffer {
  return extension('2.5.29.15', true, encodeTlv(TAG.bitString, Buffer.of(0, bits)))
}

export function alternativeNames(hosts: readonly string[], addresses: readonly (readonly number[])[] = []): Buffer {
  const names = hosts.map(host => encodeTlv(0x82, Buffer.from(host)))
  return extension('2.5.29.17', false, sequence(...names, ...addresses.map(one => encodeTlv(0x87, Buffer.from(one)))))
}

export function sequence(...parts: Uint8Array[]): Buffer {
  return encodeTlv(TAG.sequence, ...parts)
}

export function integer(bytes: Buffer): Buffer {
  return encodeTlv(TAG.integer, bytes)
}

/** An object identifier in dots. */
export function oid(dots: string): Buffer {
  const [first, second, ...rest] = dots.split('.').map(Number)
  const bytes = [40 * first! + second!, ...rest].flatMap(arc => {
    const groups = [arc & 0x7f]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift(0x80 | (left & 0x7f))
    return groups
  })
  return encodeTlv(TAG.oid, Buffer.from(bytes))
}

/** `days` from now. */
export function time(days: number): Buffer {
  const text = new Date(Date.now() + days * DAY_MS).toISOString().replace(/[-:T]|\.\d+/g, '')
  return encodeTlv(TAG.generalizedTime, Buffer.from(text))
}
