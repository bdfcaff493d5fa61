/** Files brought and sent by the stock XRootD client, for servers that want what we do not speak (shared keys, delegation). It takes
 *  URLs on its command line, which others on the machine can see with their CGI. */
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { DataError, OutputError } from '../core/errors.js'
import { hideAccess, parseAddress, type RemoteAddress } from './address.js'
import { Adler32 } from './adler32.js'
import { remoteSettings } from './settings.js'
import { ProgramFailed, runStock } from './stock-client.js'

export interface StagedStatus {
  readonly bytes: number
  /** As `ByteSource.identity` of the same file. */
  readonly identity: string
}

/** Throws DataError, and UsageError where the client is missing. */
export async function stagedStatus(address: RemoteAddress, signal?: AbortSignal): Promise<StagedStatus> {
  const { bytes, modified } = await orDataError(address, () => status(address, signal))
  return { bytes, identity: `${bytes} ${modified}` }
}

/** Copies the file to the local `path`, in place of what is there. Throws DataError, UsageError where the client is missing, and an
 *  error with code ENOSPC where the disk here is full. */
export async function stageIn(
  address: RemoteAddress,
  path: string,
  bytes: number,
  signal?: AbortSignal,
): Promise<void> {
  await orDataError(address, () => run('xrdcp', ['-f', '-s', address.text, path], address, bytes, signal))
  const got = (await stat(path)).size
  if (got !== bytes) {
    const problem = `xrdcp brought ${got} bytes, the server has ${bytes}`
    throw new DataError('OSError', `${hideAccess(address.text)}: ${problem}. Run again.`)
  }
  const file = await open(path, 'r+')
  await file.datasync().finally(() => file.close())
}

/** Copies the local file to `url`, under a temporary name that is given up when size and, where the server tells it, Adler-32 checksum
 *  are right; in place of what has the name. Throws OutputError, then nothing is left; UsageError where the client is missing. */
export async function uploadByXrdcp(local: string, url: string, signal?: AbortSignal): Promise<void> {
  const address = parseAddress(url)
  const place = hideAccess(url)
  if (address.kind !== 'xrootd') throw new OutputError(`${place}: xrdcp writes to root:// URLs only.`)
  const temporary = withPath(address, temporaryPath(address.path))
  try {
    const { size } = await stat(local)
    await run('xrdcp', ['-f', '-s', '--posc', local, temporary.text], address, size, signal)
    const { bytes } = await status(temporary, signal)
    if (bytes !== size) throw new OutputError(`${place}: the server has ${bytes} bytes, sent were ${size}. Run again.`)
    await checkSum(local, temporary, place, signal)
    await rename(temporary, address, signal)
  } catch (error) {
    // Not with the signal: it may be what has ended us.
    const secrets = secretsOf(temporary)
    await runStock('xrdfs', [serverOf(temporary), 'rm', withCgi(temporary)], { limitMs: CLEANING_MS, secrets }).catch(
      () => {},
    )
    if (error instanceof ProgramFailed) throw new OutputError(`${place}: cannot be written: ${error.message}.`)
    if (typeof (error as NodeJS.ErrnoException).code === 'string') {
      throw new OutputError(`${place}: cannot be written: ${(error as Error).message}.`, { cause: error })
    }
    throw error
  }
}

async function status(address: RemoteAddress, signal?: AbortSignal): Promise<{ bytes: number; modified: number }> {
  const text = await ask(address, ['stat', withCgi(address)], signal)
  const bytes = Number(/^Size:\s+(\d+)/m.exec(text)?.[1])
  const [, day, time] = /^MTime:\s+(\S+) (\S+)/m.exec(text) ?? []
  const modified = Date.parse(`${day}T${time}Z`) / 1000
  if (!Number.isSafeInteger(bytes) || !Number.isSafeInteger(modified)) {
    throw new ProgramFailed('xrdfs does not tell size and time of the file', 'OSError')
  }
  if (/^Flags:.*\bIsDir\b/m.test(text)) throw new ProgramFailed('this is a directory', 'IsADirectoryError')
  return { bytes, modified }
}

/** Servers without checksums are trusted to have checked their disks. */
async function checkSum(local: string, remote: RemoteAddress, place: string, signal?: AbortSignal): Promise<void> {
  const text = await ask(remote, ['query', 'checksum', withCgi(remote)], signal).catch(error => {
    if (error instanceof ProgramFailed) return ''
    throw error
  })
  const [algorithm, value] = text.trim().split(/\s+/)
  if (algorithm !== 'adler32' || value === undefined || !/^[0-9a-f]{1,8}$/i.test(value)) return
  const sum = new Adler32()
  for await (const piece of createReadStream(local)) sum.update(piece as Uint8Array)
  if (value.toLowerCase().padStart(8, '0') === sum.digest()) return
  throw new OutputError(`${place}: the file arrived damaged (Adler-32 ${value}, sent was ${sum.digest()}). Run again.`)
}

/** The stock server puts the file in place of what had the name; others refuse that, and only then it is removed first. */
async function rename(from: RemoteAddress, to: RemoteAddress, signal?: AbortSignal): Promise<void> {
  const move = ['mv', withCgi(from), to.path]
  try {
    await ask(from, move, signal)
  } catch (error) {
    if (!(error instanceof ProgramFailed && /\[3018\]|\bexists?\b/i.test(error.message))) throw error
    await ask(to, ['rm', withCgi(to)], signal)
    await ask(from, move, signal)
  }
}

/** Cleaning up is not worth more. */
const CLEANING_MS = 10_000
/** A slower link than this is as good as none. */
const LEAST_BYTES_PER_MS = 500

function run(
  program: 'xrdcp' | 'xrdfs',
  args: readonly string[],
  address: RemoteAddress,
  bytes: number,
  signal?: AbortSignal,
): Promise<string> {
  const limitMs = remoteSettings().deadlineMs + bytes / LEAST_BYTES_PER_MS
  return runStock(program, args, { limitMs, secrets: secretsOf(address), signal })
}

function secretsOf({ user, cgi }: RemoteAddress): string[] {
  return [cgi, user.includes(':') ? user : '']
}

function ask(address: RemoteAddress, args: readonly string[], signal?: AbortSignal): Promise<string> {
  return run('xrdfs', [serverOf(address), ...args], address, 0, signal)
}

async function orDataError<T>(address: RemoteAddress, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error
    if (error.isDiskFull) throw Object.assign(new Error(error.message), { code: 'ENOSPC' })
    throw new DataError(error.exception, `${hideAccess(address.text)}: ${error.message}.`, { cause: error })
  }
}

function serverOf({ text, path, cgi }: RemoteAddress): string {
  return /^[^:]+:\/\/[^/?]*/.exec(text)?.[0] ?? text.slice(0, text.length - path.length - cgi.length)
}

function withCgi({ path, cgi }: RemoteAddress): string {
  return cgi === '' ? path : `${path}?${cgi}`
}

function withPath(address: RemoteAddress, path: string): RemoteAddress {
  const moved = { ...address, path }
  return { ...moved, text: `${serverOf(address)}/${withCgi(moved)}` }
}

/** Beside the file, hidden. */
function temporaryPath(path: string): string {
  const at = path.lastIndexOf('/') + 1
  return `${path.slice(0, at)}.${path.slice(at).slice(0, 40)}.${randomBytes(4).toString('hex')}.tnp-tmp`
}
