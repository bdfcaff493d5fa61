/** The request to a Kerberos service: its ticket, and a proof that the user has the key to it (RFC 4120, section 5.5.1). */
import { randomInt } from 'node:crypto'
import { encodeTlv, TAG } from '../../credentials/der.js'
import type { Principal, ServiceTicket } from './krb5-cache.js'
import { encrypt } from './krb5-cipher.js'

/** Number of use of the key: the authenticator of an AP-REQ (RFC 4120, section 7.5.1). */
const AUTHENTICATOR = 11

const VERSION = 5
const AP_REQ = 14

/** AP-REQ, without mutual authentication and without a key for what follows. */
export function serviceRequest(ticket: ServiceTicket, now = new Date()): Buffer {
  const proof = encrypt(ticket.keyType, ticket.key, AUTHENTICATOR, authenticator(ticket.client, now))
  return encodeTlv(
    0x6e,
    sequence(
      field(0, integer(VERSION)),
      field(1, integer(AP_REQ)),
      field(2, encodeTlv(TAG.bitString, Buffer.alloc(5))), // no options
      field(3, ticket.ticket),
      field(4, sequence(field(0, integer(ticket.keyType)), field(2, encodeTlv(TAG.octetString, proof)))),
    ),
  )
}

function authenticator(client: Principal, now: Date): Buffer {
  const name = sequence(field(0, integer(client.type)), field(1, sequence(...client.names.map(generalString))))
  const time = now.toISOString().replace(/[-:T]|\.\d+/g, '')
  // Services refuse a second request of the same microsecond as a replay.
  const microseconds = now.getMilliseconds() * 1000 + randomInt(1000)
  return encodeTlv(
    0x62,
    sequence(
      field(0, integer(VERSION)),
      field(1, generalString(client.realm)),
      field(2, name),
      field(4, integer(microseconds)),
      field(5, encodeTlv(TAG.generalizedTime, Buffer.from(time))),
    ),
  )
}

function sequence(...parts: Buffer[]): Buffer {
  return encodeTlv(TAG.sequence, ...parts)
}

function field(number: number, value: Buffer): Buffer {
  return encodeTlv(0xa0 | number, value)
}

function generalString(text: string): Buffer {
  return encodeTlv(0x1b, Buffer.from(text))
}

/** From 0 to 2^31 - 1. */
function integer(value: number): Buffer {
  const bytes = Buffer.alloc(5)
  bytes.writeUInt32BE(value, 1)
  // As few bytes as leave the first bit 0.
  let at = 1
  while (at < 4 && bytes[at] === 0) at++
  return encodeTlv(TAG.integer, bytes.subarray(bytes[at]! & 0x80 ? at - 1 : at))
}
