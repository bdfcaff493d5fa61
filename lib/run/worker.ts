/** The worker's side of a pool, for threads and processes alike: builds the graph it is told, runs the segment on each chunk
 *  it is sent, one at a time, and replies. */
import { parentPort } from 'node:worker_threads'
import { setRemoteSettings } from '../bytes/settings.js'
import { remoteWarnings } from '../bytes/warnings.js'
import { BugError } from '../core/errors.js'
import type { Chunk, Context } from '../core/types.js'
import { type Cut, cutGraph } from '../graph/cut.js'
import { runSegment } from '../graph/segment.js'
import { collectYoung } from './collect.js'
import type { GraphBuilder, GraphSpec } from './executor.js'
import type { Reply, Request } from './messages.js'
import { prepareTransfer } from './transfer.js'
import { wireError } from './wire-error.js'

const quiet = { debug() {}, info() {}, warn() {} }
const { signal } = new AbortController()
/** The graph of the pass that is under way: those of passes before are not needed any more. */
let current: { readonly key: string; readonly cut: Promise<Cut>; readonly ctx: Context } | null = null
/** Chunks that have been sent and not been begun. */
const waiting: Chunk[] = []

/** Loaded where a profile is asked for. */
async function threadCpu(): Promise<(() => number) | null> {
  return (await import('./cpu-clock.js')).threadCpuClock()
}

async function buildCut(spec: GraphSpec): Promise<Cut> {
  const module = (await import(spec.module)) as Record<string, GraphBuilder>
  return cutGraph(await module[spec.build]!(spec.args as never))
}

async function answer(request: Request): Promise<Reply | null> {
  if (request.kind === 'spec') {
    setRemoteSettings(request.remote)
    const cut = buildCut(request.spec)
    // The failure is reported with the first chunk; unhandled until then, it would end the worker.
    cut.catch(() => {})
    const cpu = request.measure ? await threadCpu() : null
    const ahead = request.ahead === undefined ? {} : { ahead: request.ahead }
    const ctx = { signal, log: quiet, ...ahead, ...(cpu === null ? {} : { cpu }) }
    current = { key: request.spec.key, cut, ctx }
    return null
  }
  waiting.shift()
  try {
    if (current?.key !== request.key) throw new BugError(`worker: chunk of ${request.key} without its graph`)
    const { cut, ctx } = current
    const result = await runSegment(await cut, request.chunk, ctx, k => waiting[k])
    collectYoung()
    return { kind: 'result', id: request.id, result }
  } catch (error) {
    return { kind: 'error', id: request.id, error: wireError(error) }
  }
}

// One at a time: a worker never holds two chunks' columns.
let last: Promise<void> = Promise.resolve()
function enqueue(request: Request, reply: (message: Reply) => void): void {
  if (request.kind === 'chunk') waiting.push(request.chunk)
  last = last.then(async () => {
    const message = await answer(request)
    if (message !== null) reply(message)
  })
}

if (parentPort !== null) {
  const port = parentPort
  remoteWarnings.subscribe(message => port.postMessage({ kind: 'warning', message } satisfies Reply))
  port.on('message', (request: Request) =>
    enqueue(request, message => {
      const { value, transfer } = prepareTransfer(message)
      port.postMessage(value, transfer)
    }),
  )
} else {
  remoteWarnings.subscribe(message => process.send?.({ kind: 'warning', message } satisfies Reply))
  process.on('message', (request: Request) => enqueue(request, message => process.send?.(message)))
  process.on('disconnect', () => process.exit(0))
  // Ctrl-C reaches the whole process group: the parent cleans up and then disconnects.
  process.on('SIGINT', () => {})
}
