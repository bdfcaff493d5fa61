/** Requests and responses of the XRootD protocol as a server sees them (XProtocol.hh), written apart from the client's own so that
 *  one does not share the other's mistakes. Big-endian. */

const NAMES = {
  3000: 'auth',
  3001: 'query',
  3003: 'close',
  3004: 'dirlist',
  3006: 'protocol',
  3007: 'login',
  3008: 'mkdir',
  3009: 'mv',
  3010: 'open',
  3011: 'ping',
  3013: 'read',
  3014: 'rm',
  3015: 'rmdir',
  3016: 'sync',
  3017: 'stat',
  3019: 'write',
  3025: 'readv',
  3027: 'locate',
  3028: 'truncate',
  3029: 'sigver',
} as const

export type RequestName = (typeof NAMES)[keyof typeof NAMES] | 'unknown'

export const OK = 0
export const OK_SO_FAR = 4000
export const ATTENTION = 4001
export const ERROR = 4003
export const REDIRECT = 4004
export const WAIT = 4005
export const WAIT_RESPONSE = 4006

/** One request as it came, for the answer and for assertions. */
export interface Seen {
  readonly name: RequestName
  readonly id: number
  readonly stream: number
  /** Number of the connection, from 1. */
  readonly connection: number
  readonly isSecure: boolean
  readonly at: number
  readonly body: Buffer
  readonly payload: Buffer
  /** Of requests that name a file; without its CGI. '' for others. */
  readonly path: string
  /** Behind the `?`, verbatim. */
  readonly cgi: string
  /** Of read, readv and write: what of the file is meant, element by element. */
  readonly ranges: readonly { readonly handle: number; readonly position: number; readonly length: number }[]
}

export interface Answer {
  readonly status: number
  readonly body: Buffer
}

const WITH_PATH: ReadonlySet<RequestName> = new Set(['open', 'stat', 'dirlist', 'mkdir', 'rm', 'rmdir', 'mv', 'locate'])

/** head: 24 bytes. */
export function parseRequest(head: Buffer, payload: Buffer, connection: number, isSecure: boolean): Seen {
  const id = head.readUInt16BE(2)
  const name: RequestName = NAMES[id as keyof typeof NAMES] ?? 'unknown'
  const body = head.subarray(4, 20)
  const text = WITH_PATH.has(name) ? payload.toString('utf8').replace(/\0+$/, '') : ''
  const [, path = '', cgi = ''] = /^([^?]*)\??(.*)$/s.exec(text) ?? []
  const ranges = rangesOf(name, body, payload)
  const stream = head.readUInt16BE(0)
  return { name, id, stream, connection, isSecure, at: performance.now(), body, payload, path, cgi, ranges }
}

function rangesOf(name: RequestName, body: Buffer, payload: Buffer): Seen['ranges'] {
  if (name === 'read' || name === 'write') {
    const length = name === 'read' ? body.readInt32BE(12) : payload.length
    return [{ handle: body.readUInt32BE(0), position: Number(body.readBigInt64BE(4)), length }]
  }
  if (name !== 'readv') return []
  return Array.from({ length: Math.floor(payload.length / 16) }, (_, k) => ({
    handle: payload.readUInt32BE(16 * k),
    length: payload.readInt32BE(16 * k + 4),
    position: Number(payload.readBigInt64BE(16 * k + 8)),
  }))
}

/** A whole response. length: what its head says, where that is not the truth. */
export function frame(stream: number, { status, body }: Answer, length = body.length): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(stream, 0)
  head.writeUInt16BE(status, 2)
  head.writeInt32BE(length, 4)
  return Buffer.concat([head, body])
}

/** kXR_attn: 8 bytes (action number, reserved), and what it carries. */
export function attention(action: number, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeInt32BE(action, 0)
  return frame(0, { status: ATTENTION, body: Buffer.concat([head, content]) })
}

/** The stream whose request a frame, or the one within kXR_attn, answers finally: none or one. */
export function ended(bytes: Buffer): number[] {
  if (bytes.length < 8) return []
  const status = bytes.readUInt16BE(2)
  if (status === ATTENTION) return bytes.readInt32BE(8) === 5008 ? ended(bytes.subarray(16)) : []
  return status === OK_SO_FAR || status === WAIT_RESPONSE ? [] : [bytes.readUInt16BE(0)]
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value, 0)
  return bytes
}

export function ok(...parts: readonly (Buffer | string)[]): Answer {
  return { status: OK, body: Buffer.concat(parts.map(part => Buffer.from(part))) }
}

export function failure(code: number, text = ''): Answer {
  return { status: ERROR, body: Buffer.concat([int32(code), Buffer.from(`${text}\0`)]) }
}

/** One element of the answer to readv. */
export function readvElement(handle: number, position: number, bytes: Buffer): Buffer {
  const head = Buffer.alloc(16)
  head.writeUInt32BE(handle, 0)
  head.writeInt32BE(bytes.length, 4)
  head.writeBigInt64BE(BigInt(position), 8)
  return Buffer.concat([head, bytes])
}
