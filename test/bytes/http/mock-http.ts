/** An HTTP server for faults that a healthy one cannot be made to show. What it does is up to each test; here is what they share. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { parseAddress, type RemoteAddress } from '../../../lib/bytes/address.js'
import { openHttp } from '../../../lib/bytes/http/index.js'
import type { ByteSource, Range } from '../../../lib/bytes/source.js'
import { DataError } from '../../../lib/core/errors.js'

export interface Seen {
  readonly method: string
  readonly path: string
  /** Names as they were sent. */
  readonly headers: Readonly<Record<string, string>>
}

/** `count`: how many requests of this method came before. */
export type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void

export interface Mock {
  readonly origin: string
  readonly seen: Seen[]
  /** Connections that are open. */
  readonly sockets: ReadonlySet<Socket>
  /** What happens to later requests. */
  handle(handler: Handler): void
  stop(): Promise<void>
}

const running = new Set<Mock>()

export async function startMock(handler: Handler, tls?: { cert: string; key: string }): Promise<Mock> {
  const seen: Seen[] = []
  const sockets = new Set<Socket>()
  let current = handler
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const method = request.method!
    const count = seen.filter(one => one.method === method).length
    const headers: Record<string, string> = {}
    for (let k = 0; k < request.rawHeaders.length; k += 2) headers[request.rawHeaders[k]!] = request.rawHeaders[k + 1]!
    seen.push({ method, path: request.url!, headers })
    current(request, response, count)
  }
  const server =
    tls === undefined
      ? createServer(listener)
      : createTlsServer({ ...tls, requestCert: true, rejectUnauthorized: false }, listener)
  // Whether the body of a PUT may come is up to the handler, by `writeContinue`.
  server.on('checkContinue', listener)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`
  const mock: Mock = {
    origin,
    seen,
    sockets,
    handle: next => {
      current = next
    },
    stop: async () => {
      running.delete(mock)
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
  running.add(mock)
  return mock
}

/** For test.after. */
export async function stopMocks(): Promise<void> {
  await Promise.all([...running].map(mock => mock.stop()))
}

/** Byte i is not that of any other place within 64 kB. */
export const FILE = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7 + (i >> 8)) % 256)

export function rangesOf(request: IncomingMessage): { first: number; last: number }[] {
  const header = request.headers.range
  if (header === undefined) return []
  return header
    .replace('bytes=', '')
    .split(',')
    .map(text => text.split('-').map(Number))
    .map(([first, last]) => ({ first: first!, last: last! }))
}

/** HEAD, single ranges, many ranges: all as they should be. */
export function serve(request: IncomingMessage, response: ServerResponse, file = FILE): void {
  const ranges = rangesOf(request)
  if (request.method === 'HEAD') response.writeHead(200, { 'Content-Length': file.length }).end()
  else if (ranges.length === 0) response.writeHead(200, { 'Content-Length': file.length }).end(file)
  else if (ranges.length === 1) sendRange(response, ranges[0]!, file)
  else {
    sendParts(
      response,
      ranges.map(range => part(range, file)),
    )
  }
}

export function sendRange(
  response: ServerResponse,
  { first, last }: { first: number; last: number },
  file = FILE,
): void {
  const headers = { 'Content-Length': last - first + 1, 'Content-Range': `bytes ${first}-${last}/${file.length}` }
  response.writeHead(206, headers).end(file.subarray(first, last + 1))
}

export interface Part {
  readonly range: string
  readonly bytes: Uint8Array
}

export function part({ first, last }: { first: number; last: number }, file = FILE): Part {
  return { range: `bytes ${first}-${last}/${file.length}`, bytes: file.subarray(first, last + 1) }
}

export function partsBody(parts: readonly Part[], boundary = 'here', end = `\r\n--${boundary}--\r\n`): Buffer {
  const pieces = parts.flatMap(({ range, bytes }) => [
    Buffer.from(`\r\n--${boundary}\r\nContent-Type: application/octet-stream\r\nContent-Range: ${range}\r\n\r\n`),
    bytes,
  ])
  return Buffer.concat([...pieces, Buffer.from(end)])
}

export function sendParts(response: ServerResponse, parts: readonly Part[], boundary = 'here', said = boundary): void {
  const body = partsBody(parts, boundary)
  const type = `multipart/byteranges; boundary=${said}`
  response.writeHead(206, { 'Content-Length': body.length, 'Content-Type': type }).end(body)
}

export function openMock(mock: Mock, path = '/file'): Promise<ByteSource> {
  return openUrl(mock.origin + path)
}

export function openUrl(url: string): Promise<ByteSource> {
  return openHttp(parseAddress(url) as RemoteAddress)
}

/** Throws where `got` is not what stands there. */
export function same(got: Uint8Array, { position, length }: Range, file: Uint8Array = FILE): void {
  const wanted = file.subarray(position, position + length)
  if (Buffer.compare(got, wanted) === 0) return
  const at = wanted.findIndex((byte, k) => byte !== got[k])
  throw new Error(`got ${got.length} bytes, wanted ${length} at ${position}; the first that differs is number ${at}`)
}

/** The DataError that `run` ends with. */
export async function failure(run: () => Promise<unknown>): Promise<DataError> {
  try {
    await run()
  } catch (error) {
    if (error instanceof DataError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
