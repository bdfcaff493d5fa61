/** Servers that answer as docs/remote.md quotes. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fail, hang, redirect, wait } from '../support/mock-faults.js'
import { type Action, type Fault, type MockOptions, startMock } from '../support/mock-xrootd.js'

const DATA = readFileSync('fixtures/root/nano-data.root')
export const DATA_PATH = '/store/x.root'

interface Answer {
  readonly mock?: MockOptions
  /** Given what the server has: its port, and `replace` for the file that it serves. */
  readonly faults?: (server: { readonly port: number; replace(bytes: Uint8Array): void }) => readonly Fault[]
  readonly http?: RequestListener
  /** Of the file's URL, in place of `root`. */
  readonly scheme?: string
  readonly args?: readonly string[]
  /** Outputs go to the same server. */
  readonly isOutputRemote?: boolean
}

export interface Served {
  /** A path with its slash comes behind it. */
  readonly url: string
  readonly output: string | undefined
  readonly args: readonly string[]
  stop(): Promise<void>
}

const opening = (action: Action): Pick<Answer, 'faults'> => ({ faults: () => [{ at: 'open', times: 100, do: action }] })
const dropped: Action = ({ drop }) => drop('reset')
/** XProtocol.hh: kXR_haveTLS and kXR_gotoTLS of a server. */
const TLS = 0xc0000001
const HASTY = ['--timeout', '0.6', '--retries', '1']

/** Message as the page quotes it -> who says it. Status 1, unless it is a warning. */
export const ANSWERS: Readonly<Record<string, Answer & { needsOpenssl?: boolean; isWarning?: boolean }>> = {
  'No such file or directory (…, error 3011: "…").': { mock: { files: {} } },
  'permission denied (…, error 3010: "…").': opening(fail(3010)),
  'did not accept you. It was tried with …': { mock: { auth: '&P=pwd&P=sss,0.13:' } },
  'ztn: tokens are sent over TLS only, and this connection has none. Use roots:// in the URL': {
    mock: { auth: '&P=ztn,0:4096:' },
  },
  'sss: not supported (try --transport xrdcp)': { mock: { auth: '&P=sss,0.13:' } },
  'has no TLS, which roots:// demands': { scheme: 'roots' },
  'its certificate is not trusted (…).': { scheme: 'roots', mock: { flags: TLS }, needsOpenssl: true },
  'no answer from … within … s after … attempts.': { ...opening(hang), args: HASTY },
  'asks to wait … s: not done within … s': { ...opening(wait(60)), args: HASTY },
  'the connection to … broke (…) after … attempts.': opening(dropped),
  'more than 16 redirects, the last from … to ….': {
    faults: ({ port }) => [{ at: 'open', times: 100, do: redirect(port) }],
  },
  'the file has changed while it was read (…).': {
    faults: ({ replace }) =>
      (['readv', 'read'] as const).map(at => ({
        at,
        do: ({ drop }) => {
          replace(DATA.subarray(1))
          drop('reset')
        },
      })),
  },
  'refused: … answered HTTP 403 (…).': {
    http: (_, response) => response.writeHead(403).end('not yours'),
  },
  'ignores byte ranges, so the file cannot be read in parts.': {
    http: (_, response) => response.writeHead(200, { 'Content-Length': DATA.length }).end(DATA),
  },
  'cannot be written: … The outputs are kept in …': {
    isOutputRemote: true,
    faults: () => [{ at: 'mv', times: 100, do: fail(3010) }],
  },
  'warning: … no local copy is kept: …': {
    scheme: 'simplecache::root',
    args: ['--cache-size', '1e-6'],
    isWarning: true,
  },
}

export async function serve(answer: Answer, tls?: { readonly cert: string; readonly key: string }): Promise<Served> {
  const { scheme = 'root', args = [], isOutputRemote = false } = answer
  if (answer.http !== undefined) return { ...(await serveHttp(answer.http)), output: undefined, args }
  const secure = tls === undefined ? {} : { tls }
  const server = await startMock({ files: { [DATA_PATH]: DATA }, ...secure, ...answer.mock })
  const { port, store } = server
  server.fault(...(answer.faults?.({ port, replace: bytes => store.put(DATA_PATH, bytes) }) ?? []))
  const address = `://127.0.0.1:${port}/`
  const output = isOutputRemote ? `root${address}/out` : undefined
  return { url: scheme + address, output, args, stop: () => server.stop() }
}

async function serveHttp(listener: RequestListener): Promise<Pick<Served, 'url' | 'stop'>> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop }
}
