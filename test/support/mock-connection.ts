/** One connection to a mock XRootD server: handshake, requests as they come, TLS. */
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { MockFiles } from './mock-files.js'
import { type Answer, ended, frame, int32, ok, parseRequest, type Seen } from './mock-frames.js'
import type { MockOptions } from './mock-xrootd.js'

const HANDSHAKE_BYTES = 20
/** 5.0.0: before pages with checksums, which the stock client would ask for. */
const VERSION = 0x500
const [IS_SERVER, TLS_LOGIN, GO_TO_TLS, HAVE_TLS] = [0x1, 0x04000000, 0x40000000, 0x80000000]
/** Of a request kXR_protocol. */
const WANT_TLS = 4

export interface Outlet {
  send(bytes: Buffer): void
  drop(how: 'end' | 'reset'): void
}

/** Reads requests off one connection, however they are cut. */
export function converse(
  raw: Socket,
  connection: number,
  options: MockOptions,
  store: MockFiles,
  serve: (seen: Seen, truth: () => Answer, out: Outlet) => Promise<void>,
  reused: number[],
): void {
  let socket = raw
  let got: Buffer = Buffer.alloc(0)
  let isGreeted = false
  const write = writer(() => socket, options.writes)
  const open = new Set<number>()
  const send = (bytes: Buffer) => {
    for (const stream of ended(bytes)) open.delete(stream)
    write(bytes)
  }
  const out: Outlet = { send, drop: how => void (how === 'reset' ? raw.resetAndDestroy() : socket.end()) }

  const take = (bytes: Buffer) => {
    got = Buffer.concat([got, bytes])
    if (!isGreeted && got.length >= HANDSHAKE_BYTES) {
      isGreeted = true
      got = got.subarray(HANDSHAKE_BYTES)
      out.send(frame(0, ok(int32(VERSION), int32(IS_SERVER))))
    }
    while (isGreeted && got.length >= 24 && got.length >= 24 + got.readInt32BE(20)) {
      const end = 24 + got.readInt32BE(20)
      // No request, but TLS where none is spoken, or worse.
      if (end < 24) {
        got = Buffer.alloc(0)
        return
      }
      const seen = parseRequest(got.subarray(0, 24), got.subarray(24, end), connection, socket !== raw)
      got = got.subarray(end)
      if (open.has(seen.stream)) reused.push(seen.stream)
      if (seen.name !== 'sigver') open.add(seen.stream)
      void serve(seen, () => truthOf(seen, options, store, raw.localPort!), out)
      if (seen.name === 'protocol' && options.tls !== undefined) {
        if ((flagsFor(seen, options) & (GO_TO_TLS | TLS_LOGIN)) !== 0) secure(options.tls)
      }
    }
  }
  const secure = (tls: NonNullable<MockOptions['tls']>) => {
    raw.off('data', take)
    socket = new TLSSocket(raw, { isServer: true, ...tls })
    listen()
  }
  const listen = () => socket.on('data', take).on('error', () => {})
  listen()
}

function truthOf(seen: Seen, options: MockOptions, store: MockFiles, port: number): Answer {
  if (seen.name === 'protocol') {
    return ok(int32(VERSION), int32(flagsFor(seen, options) | 0))
  }
  if (seen.name === 'login') return ok(Buffer.alloc(16, seen.connection), options.auth ?? '')
  // A server that may be written to.
  if (seen.name === 'locate') return ok(`Sw127.0.0.1:${port}\0`)
  return seen.name === 'auth' ? ok() : store.answer(seen)
}

/** A server with a certificate goes to TLS where it is asked to. */
function flagsFor({ body }: Seen, { flags, tls }: MockOptions): number {
  if (tls === undefined) return flags ?? IS_SERVER
  const isAsked = (body[4]! & WANT_TLS) !== 0
  return (flags ?? IS_SERVER | GO_TO_TLS | HAVE_TLS) | (isAsked ? GO_TO_TLS : 0)
}

/** Writes in order, in the way that is asked for. */
function writer(socket: () => Socket, how: MockOptions['writes']): (bytes: Buffer) => void {
  const put = (bytes: Buffer) => void (socket().writable && socket().write(bytes))
  if (how === undefined) return put
  let waiting: Buffer[] = []
  let busy: Promise<void> = Promise.resolve()
  const flush = () => {
    const all = Buffer.concat(waiting)
    waiting = []
    if (how === 'merged') put(all)
    else busy = busy.then(() => oneByOne(all, put))
  }
  return bytes => {
    waiting.push(bytes)
    if (waiting.length === 1) setTimeout(flush, how === 'merged' ? 5 : 0)
  }
}

async function oneByOne(bytes: Buffer, put: (bytes: Buffer) => void): Promise<void> {
  for (let k = 0; k < bytes.length; k++) {
    put(bytes.subarray(k, k + 1))
    await new Promise(done => setImmediate(done))
  }
}
