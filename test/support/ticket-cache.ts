/** A file of Kerberos tickets (version 4 of MIT's format), as `kinit` leaves it. The ticket in it is none that a server would take. */

/** principal: user@REALM; seconds: of the epoch, when its ticket ends. */
export function ticketCache(principal: string, ends: number): Buffer {
  const [user, realm] = principal.split('@') as [string, string]
  const client = name(1, realm, [user])
  const ticket = [
    client,
    name(2, realm, ['krbtgt', realm]),
    u16(18),
    data(Buffer.alloc(32)),
    ...[ends - 90_000, ends - 90_000, ends, 0].map(u32),
    Buffer.alloc(1),
    u32(0),
    ...[u32(0), u32(0)],
    data(Buffer.from('ticket')),
    data(Buffer.alloc(0)),
  ]
  return Buffer.concat([u16(0x0504), u16(0), client, ...ticket])
}

function name(type: number, realm: string, parts: readonly string[]): Buffer {
  return Buffer.concat([u32(type), u32(parts.length), ...[realm, ...parts].map(text => data(Buffer.from(text)))])
}

function data(bytes: Buffer): Buffer {
  return Buffer.concat([u32(bytes.length), bytes])
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
