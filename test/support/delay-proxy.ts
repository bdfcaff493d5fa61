/** A far server, made of a near one: a TCP proxy on loopback that delays each direction. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { DelayLine, type Link } from './delay-line.js'

export interface DelayOptions {
  /** On 127.0.0.1. */
  readonly targetPort: number
  /** Of each direction: half of the round-trip time. */
  readonly oneWayMs: number
  /** Of each direction, for all connections together. Default: as fast as the machine. */
  readonly bytesPerSecond?: number
}

export interface DelayCounts {
  /** Connections that were made, and those that are open. */
  readonly made: number
  readonly open: number
  /** Bytes that were handed on to the server, and to the clients. */
  readonly up: number
  readonly down: number
}

export interface DelayProxy {
  /** On 127.0.0.1. */
  readonly port: number
  counts(): Promise<DelayCounts>
  /** Drops all connections, with what is under way. New ones may be made. */
  cut(): Promise<void>
  /** Nothing arrives any more, in either direction; connections stay, and new ones are accepted. */
  stall(): Promise<void>
  /** The end of a stall: what was held back arrives. */
  resume(): Promise<void>
  stop(): Promise<void>
}

/** Runs in this thread: a test that computes holds up the bytes as well. See `startDelayProcess`. A real connection takes a round trip to
 *  be made, which cannot be imitated here: its first bytes wait for so much longer instead. */
export async function startDelayProxy(options: DelayOptions): Promise<DelayProxy> {
  const { targetPort, oneWayMs, bytesPerSecond = Number.POSITIVE_INFINITY } = options
  const link = (): Link => ({ oneWayMs, bytesPerSecond, free: 0, stalled: false, bytes: 0 })
  const [up, down] = [link(), link()]
  const lines = new Set<DelayLine>()
  const sockets = new Set<Socket>()
  let made = 0

  const server = createServer({ allowHalfOpen: true, noDelay: true }, client => {
    made++
    const far = connect({ host: '127.0.0.1', port: targetPort, allowHalfOpen: true, noDelay: true })
    const pair = [new DelayLine(client, far, up, performance.now() + 2 * oneWayMs), new DelayLine(far, client, down, 0)]
    for (const line of pair) lines.add(line)
    sockets.add(client)
    const end = () => {
      for (const line of pair) lines.delete(line.stop())
      sockets.delete(client)
      client.destroy()
      far.destroy()
    }
    for (const socket of [client, far]) {
      socket.on('error', end)
      // Bytes that are still on their way arrive before the end does.
      socket.on('close', () => (client.destroyed && far.destroyed ? end() : undefined))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const setStalled = (stalled: boolean) => {
    up.stalled = down.stalled = stalled
    for (const line of lines) line.send()
  }
  const cut = async () => {
    for (const socket of sockets) socket.resetAndDestroy().emit('error', new Error('cut'))
  }
  return {
    port: (server.address() as AddressInfo).port,
    counts: async () => ({ made, open: sockets.size, up: up.bytes, down: down.bytes }),
    cut,
    stall: async () => setStalled(true),
    resume: async () => setStalled(false),
    stop: async () => {
      const closed = new Promise(done => server.close(done))
      await cut()
      await closed
    },
  }
}

/** What the child process is asked to do, and what it answers. */
export type DelayCommand = 'counts' | 'cut' | 'stall' | 'resume' | 'stop'

/** The same in a process of its own. */
export async function startDelayProcess(options: DelayOptions): Promise<DelayProxy> {
  const child = fork(fileURLToPath(new URL('delay-process.js', import.meta.url)), [JSON.stringify(options)])
  const [port] = (await once(child, 'message')) as [number]
  const ask = orders(child)
  return {
    port,
    counts: async () => (await ask('counts')) as DelayCounts,
    cut: async () => void (await ask('cut')),
    stall: async () => void (await ask('stall')),
    resume: async () => void (await ask('resume')),
    stop: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

/** One order at a time; each is answered by one message. */
function orders(child: ChildProcess): (command: DelayCommand) => Promise<unknown> {
  let last: Promise<unknown> = Promise.resolve()
  return command => {
    last = last.then(async () => {
      child.send(command)
      return ((await once(child, 'message')) as [unknown])[0]
    })
    return last
  }
}
