/** The worker's side of a pool, for threads and processes alike: builds the graph it is told, runs the segment on each chunk
 *  it is sent, one at a time, and replies. */
import { parentPort } from 'node:worker_threads'
import { UsageError } from '../core/errors.js'
import type { Context } from '../core/types.js'
import { type Cut, cutGraph } from '../graph/cut.js'
import { runSegment } from '../graph/segment.js'
import type { GraphBuilder, GraphSpec } from './executor.js'
import type { Reply, Request, WireError } from './messages.js'
import { prepareTransfer } from './transfer.js'

const quiet = { debug() {}, info() {}, warn() {} }
const ctx: Context = { signal: new AbortController().signal, log: quiet }
const cuts = new Map<string, Promise<Cut>>()

async function buildCut(spec: GraphSpec): Promise<Cut> {
  const module = (await import(spec.module)) as Record<string, GraphBuilder>
  return cutGraph(await module[spec.build]!(spec.args as never))
}

async function answer(request: Request): Promise<Reply | null> {
  if (request.kind === 'spec') {
    const cut = buildCut(request.spec)
    // The failure is reported with the first chunk; unhandled until then, it would end the worker.
    cut.catch(() => {})
    cuts.set(request.spec.key, cut)
    return null
  }
  try {
    const cut = await cuts.get(request.key)!
    return { kind: 'result', id: request.id, result: await runSegment(cut, request.chunk, ctx) }
  } catch (error) {
    return { kind: 'error', id: request.id, error: wireError(error) }
  }
}

function wireError(error: unknown): WireError {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  return { name, message, stack, ...(error instanceof UsageError ? { problems: error.problems } : {}) }
}

// One at a time: a worker never holds two chunks' columns.
let last: Promise<void> = Promise.resolve()
function enqueue(request: Request, reply: (message: Reply) => void): void {
  last = last.then(async () => {
    const message = await answer(request)
    if (message !== null) reply(message)
  })
}

if (parentPort !== null) {
  const port = parentPort
  port.on('message', (request: Request) =>
    enqueue(request, message => {
      const { value, transfer } = prepareTransfer(message)
      port.postMessage(value, transfer)
    }),
  )
} else {
  process.on('message', (request: Request) => enqueue(request, message => process.send?.(message)))
  process.on('disconnect', () => process.exit(0))
  // Ctrl-C reaches the whole process group: the parent cleans up and then disconnects.
  process.on('SIGINT', () => {})
}
