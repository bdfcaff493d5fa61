/** VOMS attributes as voms-proxy-init puts them into a proxy, unsigned, for openssl's configuration. */
import { encodeTlv } from '../../lib/credentials/der.js'

const oid = (hex: string) => encodeTlv(0x06, Buffer.from(hex, 'hex'))
const sequence = (...parts: Uint8Array[]) => encodeTlv(0x30, ...parts)
const EMPTY = sequence()
const INTEGER = encodeTlv(0x02, Buffer.from([1]))

function time(date: Date): Buffer {
  const text = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return encodeTlv(0x18, Buffer.from(text))
}

/** The extension's value. `authority`: '' leaves it out, as the format allows. */
export function vomsExtension(authority: string, fqans: readonly string[], expires: Date): Buffer {
  const uri = authority === '' ? [] : [encodeTlv(0xa0, encodeTlv(0x86, Buffer.from(authority)))]
  const groups = sequence(...fqans.map(fqan => encodeTlv(0x04, Buffer.from(fqan))))
  const attribute = sequence(oid('2b06010401be45646404'), encodeTlv(0x31, sequence(...uri, groups)))
  const other = sequence(oid('2b06010401be4564640b'), encodeTlv(0x31, EMPTY))
  const validity = sequence(time(new Date(0)), time(expires))
  const info = sequence(INTEGER, EMPTY, encodeTlv(0xa0), EMPTY, INTEGER, validity, sequence(attribute, other), EMPTY)
  return sequence(sequence(sequence(info, EMPTY, encodeTlv(0x03, Buffer.from([0])))))
}

/** The line of the configuration that puts bytes into a certificate as its VOMS extension. */
export function vomsLine(extension: Buffer): string {
  return `1.3.6.1.4.1.8005.100.100.5=DER:${extension.toString('hex')}\n`
}
