/** Numbers and layouts of the XRootD protocol, version 5 (XProtocol.hh; "XRootD Protocol Version 4.0.0", xrootd.slac.stanford.edu).
 *  Everything is big-endian. A request is 24 bytes (stream id 2, request id 2, body 16, length of payload 4) and its payload. A
 *  response is 8 bytes (stream id 2, status 2, length of body 4) and its body. */

export const REQUEST = {
  auth: 3000,
  query: 3001,
  close: 3003,
  dirlist: 3004,
  protocol: 3006,
  login: 3007,
  mkdir: 3008,
  mv: 3009,
  open: 3010,
  ping: 3011,
  read: 3013,
  rm: 3014,
  sync: 3016,
  stat: 3017,
  write: 3019,
  readv: 3025,
  locate: 3027,
} as const

export const STATUS = {
  ok: 0,
  okSoFar: 4000,
  attention: 4001,
  authMore: 4002,
  error: 4003,
  redirect: 4004,
  wait: 4005,
  waitResponse: 4006,
} as const

/** Error codes that are acted on (kXR_...). */
export const ERROR = {
  argumentTooLong: 3002,
  fileNotOpen: 3004,
  fileSystem: 3005,
  invalidRequest: 3006,
  inputOutput: 3007,
  noMemory: 3008,
  noSpace: 3009,
  notAuthorized: 3010,
  notFound: 3011,
  server: 3012,
  unsupported: 3013,
  isDirectory: 3016,
  itExists: 3018,
  noServer: 3014,
  overloaded: 3024,
  overQuota: 3021,
  fileLocked: 3003,
  tlsRequired: 3028,
  noReplicas: 3029,
  authFailed: 3030,
  timedOut: 3034,
  timeExpired: 3035,
} as const

/** Flags of the server in the answer to kXR_protocol. */
export const SERVER_FLAG = {
  isServer: 0x1,
  isManager: 0x2,
  tlsData: 0x01000000,
  tlsLogin: 0x04000000,
  tlsSession: 0x08000000,
  goToTls: 0x40000000,
  haveTls: 0x80000000,
} as const

/** kXR_open: options. */
export const OPEN = {
  delete: 0x0002,
  new: 0x0008,
  read: 0x0010,
  update: 0x0020,
  refresh: 0x0080,
  makePath: 0x0100,
  returnStatus: 0x0400,
  persistOnClose: 0x1000,
} as const

/** kXR_query: what is asked. */
export const QUERY = { checksum: 3, config: 7 } as const

/** kXR_stat: flags of the answer. */
export const STAT_FLAG = { isFolder: 2, other: 4, offline: 8 } as const

/** In the action number of kXR_attn: a whole response at body offset 8. */
export const ATTENTION_RESPONSE = 5008

export interface Request {
  /** One of REQUEST. */
  readonly id: number
  /** 16 bytes. */
  readonly body: Buffer
  readonly payload: Uint8Array
}

const NOTHING = Buffer.alloc(0)

export function request(
  id: number,
  fill: (body: Buffer) => void = () => {},
  payload: Uint8Array | string = NOTHING,
): Request {
  const body = Buffer.alloc(16)
  fill(body)
  return { id, body, payload: typeof payload === 'string' ? Buffer.from(payload, 'utf8') : payload }
}

/** The first 20 bytes on a connection: 0, 0, 0, 4, 2012. Its answer comes on stream 0. */
export const HANDSHAKE: Buffer = Buffer.alloc(20)
HANDSHAKE.writeInt32BE(4, 12)
HANDSHAKE.writeInt32BE(2012, 16)

/** wantTls: the user asks for TLS (`roots://`). */
export function protocolRequest(wantTls: boolean): Request {
  return request(REQUEST.protocol, body => {
    body.writeInt32BE(0x520, 0)
    body[4] = 1 | 2 | (wantTls ? 4 : 0) // secreqs, ableTLS, wantTLS
    body[5] = 3 // a login comes next
  })
}

export function loginRequest(user: string, token: string): Request {
  return request(
    REQUEST.login,
    body => {
      body.writeInt32BE(process.pid & 0x7fffffff, 0)
      body.write(user.slice(0, 8), 4, 8, 'latin1')
      body[13] = 1 | 4 | 8 | 128 // full URLs in redirects, read redirects, IPv6 with IPv4, flags in redirects; no other protocols (2)
      body[14] = 128 | 5 // asynchronous answers, protocol version 5
    },
    token,
  )
}

export function authRequest(method: string, credentials: Uint8Array): Request {
  return request(REQUEST.auth, body => body.write(method, 12, 4, 'latin1'), credentials)
}

export function openRequest(path: string, options: number, mode = 0): Request {
  const fill = (body: Buffer) => {
    body.writeUInt16BE(mode, 0)
    body.writeUInt16BE(options, 2)
  }
  return request(REQUEST.open, fill, path)
}

export function readRequest(handle: Buffer, position: number, length: number): Request {
  return request(REQUEST.read, body => {
    handle.copy(body, 0)
    body.writeBigInt64BE(BigInt(position), 4)
    body.writeInt32BE(length, 12)
  })
}

export const READV_HEAD_BYTES = 16

export function readvRequest(handle: Buffer, ranges: readonly { position: number; length: number }[]): Request {
  const payload = Buffer.alloc(READV_HEAD_BYTES * ranges.length)
  ranges.forEach(({ position, length }, k) => {
    const at = READV_HEAD_BYTES * k
    handle.copy(payload, at)
    payload.writeInt32BE(length, at + 4)
    payload.writeBigInt64BE(BigInt(position), at + 8)
  })
  return request(REQUEST.readv, undefined, payload)
}

export function writeRequest(handle: Buffer, position: number, bytes: Uint8Array): Request {
  const fill = (body: Buffer) => {
    handle.copy(body, 0)
    body.writeBigInt64BE(BigInt(position), 4)
  }
  return request(REQUEST.write, fill, bytes)
}

/** close, sync: requests whose body begins with the handle. */
export function handleRequest(id: number, handle: Buffer): Request {
  return request(id, body => handle.copy(body, 0))
}

export function statRequest(path: string): Request {
  return request(REQUEST.stat, undefined, path)
}

export function locateRequest(path: string): Request {
  return request(REQUEST.locate, undefined, path)
}

/** Of an open file. */
export function handleStatRequest(handle: Buffer): Request {
  return request(REQUEST.stat, body => handle.copy(body, 12))
}

/** With status of each entry. */
export function dirlistRequest(path: string): Request {
  return request(
    REQUEST.dirlist,
    body => {
      body[15] = 2
    },
    path,
  )
}

/** With its parents, mode 755. */
export function mkdirRequest(path: string): Request {
  const fill = (body: Buffer) => {
    body[0] = 1
    body.writeUInt16BE(0o755, 14)
  }
  return request(REQUEST.mkdir, fill, path)
}

/** CGI goes behind the first path. */
export function mvRequest(from: string, to: string, cgi: string): Request {
  const source = cgi === '' ? from : `${from}?${cgi}`
  const fill = (body: Buffer) => {
    body.writeInt16BE(Buffer.byteLength(source), 14)
  }
  return request(REQUEST.mv, fill, `${source} ${to}`)
}

export function rmRequest(path: string): Request {
  return request(REQUEST.rm, undefined, path)
}

export function queryRequest(what: number, text: string): Request {
  return request(REQUEST.query, body => body.writeUInt16BE(what, 0), text)
}

/** What open and stat say of a file: "id size flags mtime". */
export interface Status {
  readonly size: number
  readonly flags: number
  /** Seconds since 1970. */
  readonly modified: number
}

/** null where it is not of that form. */
export function parseStatus(text: string): Status | null {
  const [, size, flags, modified] = text.replace(/\0.*$/s, '').trim().split(/\s+/).map(Number)
  const values = [size, flags, modified]
  if (!values.every(value => value !== undefined && Number.isSafeInteger(value) && value >= 0)) return null
  return { size: size!, flags: flags!, modified: modified! }
}

export function textOf(body: Uint8Array): string {
  return Buffer.from(body).toString('utf8').replace(/\0+$/, '')
}
