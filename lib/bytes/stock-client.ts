/** Runs the stock XRootD client's programs. They find users' credentials by themselves: sss keys, delegated proxies and all else. */
import { type ChildProcess, spawn } from 'node:child_process'
import { type ReadExceptionName, UsageError } from '../core/errors.js'
import { onPath } from '../core/on-path.js'
import { remoteSettings } from './settings.js'

/** A program ended with another status than 0, or was ended. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed'
  readonly exception: ReadExceptionName
  /** The disk here is full. */
  readonly isDiskFull: boolean
  constructor(message: string, exception: ReadExceptionName, isDiskFull = false) {
    super(message)
    this.exception = exception
    this.isDiskFull = isDiskFull
  }
}

export interface RunOptions {
  /** Milliseconds after which the program is ended. */
  readonly limitMs: number
  /** Texts that must not be shown. */
  readonly secrets: readonly string[]
  readonly signal?: AbortSignal | undefined
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Of what a program says, the end is kept. */
const MOST_TEXT = 16_384
/** Between asking a program to end and ending it. */
const GRACE_MS = 2_000

/** Runs it without a shell, returns what it wrote to stdout. Throws ProgramFailed with its last line, the signal's reason, and UsageError
 *  where the program is missing. */
export function runStock(name: 'xrdcp' | 'xrdfs', args: readonly string[], options: RunOptions): Promise<string> {
  const { limitMs, secrets, signal } = options
  const program = findProgram(name)
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    // Times are printed without their zone.
    const env = { ...patience(), ...process.env, TZ: 'UTC' }
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    let isLate = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout = (stdout + text).slice(-MOST_TEXT)))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-MOST_TEXT)))
    let killing: NodeJS.Timeout | undefined
    const end = () => {
      child.kill('SIGTERM')
      killing ??= setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
    }
    const limit = setTimeout(() => {
      isLate = true
      end()
    }, limitMs)
    running.add(child)
    signal?.addEventListener('abort', end, { once: true })
    const over = () => {
      clearTimeout(limit)
      clearTimeout(killing)
      running.delete(child)
      signal?.removeEventListener('abort', end)
    }
    child.on('error', error => {
      over()
      reject(new ProgramFailed(`${name} cannot be run (${error.message})`, 'OSError'))
    })
    child.on('close', (status, killer) => {
      over()
      if (signal?.aborted) return reject(signal.reason)
      if (isLate) return reject(new ProgramFailed(`${name} was not done within ${limitMs / 1000} s`, 'TimeoutError'))
      if (status === 0) return resolve(stdout)
      const said = lastLine(hidden(`${stdout}\n${stderr}`, secrets))
      const how = status === null ? `was ended by ${killer}` : `ended with status ${status}`
      const text = said === '' ? `${name} ${how}` : `${name}: ${said}`
      reject(new ProgramFailed(text, exceptionOf(said), /no space left/i.test(said)))
    })
  })
}

/** Throws UsageError. */
function findProgram(name: string): string {
  const found = onPath(name, process.env.PATH ?? '')
  if (found !== null) return found
  const packages = 'apt install xrootd-client, dnf install xrootd-client or conda install -c conda-forge xrootd'
  const message = `the program ${name} is not on PATH. Install XRootD's client (${packages}), or leave the option out. tnp-pipe doctor tells what is here.`
  throw new UsageError([{ place: '--transport xrdcp', message }])
}

/** The client waits for half an hour of its own, and connects for ten minutes. What the user has set in the environment counts more. */
function patience(): Record<string, string> {
  const { timeoutMs, retries } = remoteSettings()
  const seconds = Math.max(1, Math.ceil(timeoutMs / 1000))
  // It waits for the end of a window even where it is refused at once. All of them must fit into the time of a request, or a server that
  // is down looks like a slow one.
  const window = Math.max(1, Math.floor(seconds / (retries + 2)))
  return {
    XRD_REQUESTTIMEOUT: String(seconds),
    XRD_STREAMTIMEOUT: String(seconds),
    XRD_STREAMERRORWINDOW: String(window),
    XRD_CONNECTIONWINDOW: String(window),
    XRD_CONNECTIONRETRY: String(retries + 1),
    XRD_TIMEOUTRESOLUTION: String(Math.min(15, window)),
  }
}

function hidden(text: string, secrets: readonly string[]): string {
  const without = secrets.filter(secret => secret !== '').reduce((left, secret) => left.replaceAll(secret, '...'), text)
  return without.replace(/\?[^\s'"]+/g, '?...').replace(/:\/\/[^@/\s]*:[^@/\s]*@/g, '://...@')
}

/** `Run: [ERROR] Server responded with an error: [3011] No such file  (source)`: without its beginning. */
function lastLine(text: string): string {
  const lines = text.split(/[\r\n]+/).map(line => line.replace(/^(Run: )?(\[(ERROR|FATAL)\] )?/, '').trim())
  return lines.filter(line => line !== '').at(-1) ?? ''
}

function exceptionOf(said: string): ReadExceptionName {
  if (/\[3011\]|no such file/i.test(said)) return 'FileNotFoundError'
  if (/\[3010\]|\[3030\]|auth failed|no protocols left|permission denied|not authorized/i.test(said)) {
    return 'PermissionError'
  }
  if (/\[3016\]|is a directory/i.test(said)) return 'IsADirectoryError'
  if (/timeout|timed out|expired/i.test(said)) return 'TimeoutError'
  if (/connect|socket|stream|invalid address|host/i.test(said)) return 'ConnectionError'
  return 'OSError'
}
