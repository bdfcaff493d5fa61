/** An XRootD server within the test's process, for faults that a healthy one cannot be made to show. It serves files from memory, keeps
 *  what it was asked, and departs from the truth where the test's script says so. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { converse, type Outlet } from './mock-connection.js'
import { MockFiles } from './mock-files.js'
import { type Answer, frame, type RequestName, type Seen } from './mock-frames.js'

export type { RequestName, Seen } from './mock-frames.js'

/** What a fault has at hand. */
export interface Exchange {
  readonly seen: Seen
  /** The true answer; asked once. */
  answer(): Answer
  /** Bytes as they are; `frame` makes them. */
  send(bytes: Buffer): void
  /** Ends the connection: with FIN behind what was sent, or with RST. */
  drop(how: 'end' | 'reset'): void
}

export type Action = (exchange: Exchange) => void | Promise<void>

export interface Fault {
  readonly at: RequestName
  /** So many requests of the name are answered truly before it. */
  readonly skip?: number
  /** Default 1. */
  readonly times?: number
  readonly do: Action
}

export interface MockOptions {
  readonly files?: Readonly<Record<string, Uint8Array>>
  readonly faults?: readonly Fault[]
  /** Behind the session id in the answer to login: `&P=unix&P=...`. Whatever is then shown is accepted. */
  readonly auth?: string
  /** Of the answer to kXR_protocol; default: a server (1), with TLS where a certificate is given. */
  readonly flags?: number
  /** Speaks TLS after kXR_protocol. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** bytes: each byte is written by itself. merged: what comes within 5 ms is written at once. Not with `tls`. */
  readonly writes?: 'bytes' | 'merged'
  /** Default: any free one. */
  readonly port?: number
}

export interface MockServer {
  readonly port: number
  /** `root://127.0.0.1:port/`; a path with its slash comes behind it. */
  readonly url: string
  readonly store: MockFiles
  /** All requests in the order in which they came, but for the handshakes. */
  readonly requests: readonly Seen[]
  seen(name: RequestName): Seen[]
  /** Stream numbers that were used for a request while an earlier one of that number had no answer: a late one would be mistaken. */
  readonly reused: readonly number[]
  /** Adds to the script. */
  fault(...faults: readonly Fault[]): void
  /** Connections that were made. */
  readonly connections: number
  dropAll(): void
  stop(): Promise<void>
}

interface Rule {
  readonly fault: Fault
  skip: number
  times: number
}

export async function startMock(options: MockOptions = {}): Promise<MockServer> {
  const store = new MockFiles()
  for (const [path, bytes] of Object.entries(options.files ?? {})) store.put(path, bytes)
  const requests: Seen[] = []
  const reused: number[] = []
  const rules: Rule[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const addFaults = (faults: readonly Fault[]) => {
    for (const fault of faults) rules.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 })
  }
  addFaults(options.faults ?? [])

  const serve = async (seen: Seen, truth: () => Answer, out: Outlet) => {
    requests.push(seen)
    const action = chosen(rules, seen.name)
    const exchange = { seen, answer: truth, send: out.send, drop: out.drop }
    if (action !== null) await action(exchange)
    // The request that a signature is for comes behind it, and has the answer.
    else if (seen.name !== 'sigver') out.send(frame(seen.stream, truth()))
  }

  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    converse(socket, ++connections, options, store, serve, reused)
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const dropAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port,
    url: `root://127.0.0.1:${port}/`,
    store,
    requests,
    reused,
    seen: name => requests.filter(request => request.name === name),
    fault: (...faults) => addFaults(faults),
    get connections() {
      return connections
    },
    dropAll,
    stop: async () => {
      const closed = new Promise(done => server.close(done))
      dropAll()
      await closed
    },
  }
}

function chosen(rules: readonly Rule[], name: RequestName): Action | null {
  for (const rule of rules) {
    if (rule.fault.at !== name || rule.times === 0) continue
    if (rule.skip > 0) rule.skip--
    else {
      rule.times--
      return rule.fault.do
    }
  }
  return null
}
