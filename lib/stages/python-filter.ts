/** Runs a user's Python filter in a child process, which reads the chunk's events with coffea, as the filter expects them, and
 *  says which ones it keeps.
 *
 *    request:  one JSON line {path, name, args, metadata, schema, file, tree, start, stop}
 *    reply:    one JSON line {kept: base64 of little-endian int32 positions} or {error: text} */
import type { ChildProcessByStdio } from 'node:child_process'
import type { Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { UsageError } from '../core/errors.js'
import { shared } from '../core/shared.js'
import type { Batch, Metadata } from '../core/types.js'
import { modulePath } from '../core/user-module.js'
import { PYTHON_FILTER_SCRIPT } from './python-filter-script.js'

export interface PythonFilterOptions {
  readonly path: string
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
  readonly metadata: Metadata
  /** NanoAOD: collections as coffea's NanoAODSchema makes them; flat: one column a branch. */
  readonly schema: 'NanoAOD' | 'flat'
}

/** The interpreter: TNP_PYTHON, else python3. */
export function pythonCommand(): string {
  return process.env.TNP_PYTHON || 'python3'
}

interface Server {
  readonly process: ChildProcessByStdio<Writable, Readable, null>
  readonly lines: Interface
  /** Resolves one reply after the other. */
  readonly waiting: { resolve(line: string): void; reject(error: Error): void }[]
}

const state = shared('python filter', (): { server?: Promise<Server> | undefined } => ({}))

async function start(): Promise<Server> {
  // Loaded where there is such a filter: together they take 8 ms.
  const [{ spawn }, { createInterface }] = await Promise.all([import('node:child_process'), import('node:readline')])
  const child = spawn(pythonCommand(), ['-c', PYTHON_FILTER_SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] })
  const started: Server = { process: child, lines: createInterface(child.stdout), waiting: [] }
  const fail = (message: string) => {
    state.server = undefined
    const place = 'extra_filter'
    for (const { reject } of started.waiting.splice(0)) reject(new UsageError([{ place, message }]))
  }
  started.lines.on('line', line => started.waiting.shift()?.resolve(line))
  child.on('error', error =>
    fail(
      `cannot start "${pythonCommand()}" (${error.message}). TNP_PYTHON names another Python. tnp-pipe doctor tells what is here.`,
    ),
  )
  child.on('exit', code => fail(`"${pythonCommand()}" ended with exit code ${code}`))
  child.stdin.on('error', () => {})
  return started
}

async function ask(request: object): Promise<string> {
  state.server ??= start()
  const { process: child, waiting } = await state.server
  return new Promise((resolve, reject) => {
    waiting.push({ resolve, reject })
    child.stdin.write(`${JSON.stringify(request)}\n`)
  })
}

/** Positions of the events that the filter keeps, counted from the batch's first event, ascending. Throws UsageError where
 *  Python, coffea, the file or the function is missing, or the function fails. */
export async function filterInPython(options: PythonFilterOptions, batch: Batch): Promise<Int32Array> {
  const { file, tree, start } = batch.chunk
  const reply = JSON.parse(await ask({ ...located(options), file, tree, start, stop: start + batch.length })) as {
    kept?: string
    error?: string
  }
  if (reply.kept === undefined) {
    const place = `extra_filter ${options.path}::${options.name}`
    throw new UsageError([{ place, message: reply.error ?? 'no reply' }])
  }
  const bytes = Buffer.from(reply.kept, 'base64')
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

function located(options: PythonFilterOptions): PythonFilterOptions {
  return { ...options, path: modulePath(options.path) }
}

/** Checks that the interpreter has coffea and the file has the function. Throws UsageError. */
export async function checkPythonFilter(options: PythonFilterOptions): Promise<void> {
  const reply = JSON.parse(await ask({ ...located(options), check: true })) as { error?: string }
  if (reply.error === undefined) return
  throw new UsageError([{ place: `extra_filter ${options.path}::${options.name}`, message: reply.error }])
}

/** Ends the child process, if one runs. */
export async function stopPython(): Promise<void> {
  const running = await state.server
  if (running === undefined) return
  state.server = undefined
  running.process.removeAllListeners('exit')
  running.lines.close()
  running.process.stdin.end()
  running.process.kill()
}
