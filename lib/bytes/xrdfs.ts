/** The files of XRootD servers by name, through the stock client's xrdfs. It takes URLs on its command line, which others on the machine
 *  can see with their CGI. */
import { DataError } from '../core/errors.js'
import { hideAccess, parseAddress, type RemoteAddress } from './address.js'
import { remoteSettings } from './settings.js'
import type { FileStatus, FolderEntry, RemoteFiles } from './sink.js'
import { ProgramFailed, runStock } from './stock-client.js'

export const xrdfsFiles: Omit<RemoteFiles, 'create'> = {
  async status(url, signal) {
    try {
      return await asked(url, at => statusByXrdfs(at, signal))
    } catch (error) {
      if (error instanceof DataError && error.exception === 'FileNotFoundError') return null
      throw error
    }
  },

  async list(url, signal) {
    const text = await asked(url, at => askXrdfs(at, ['ls', '-l', withCgi(at)], signal))
    return entriesOf(text).sort((a, b) => (a.name < b.name ? -1 : 1))
  },

  async makeFolder(url, signal) {
    await asked(url, at => askXrdfs(at, ['mkdir', '-p', withCgi(at)], signal))
  },

  async remove(url, signal) {
    await asked(url, at => askXrdfs(at, ['rm', withCgi(at)], signal))
  },

  async rename(from, to, _size, signal) {
    await asked(from, at => asked(to, final => renameByXrdfs(at, final, signal)))
  },

  adler32(url, signal) {
    return asked(url, at => adler32ByXrdfs(at, signal))
  },
}

/** Runs one command of xrdfs at the address's server. Throws ProgramFailed, UsageError where the client is missing, and the signal's
 *  reason. */
export function askXrdfs(
  address: RemoteAddress,
  command: readonly string[],
  signal?: AbortSignal,
  limitMs = remoteSettings().deadlineMs,
): Promise<string> {
  return runStock('xrdfs', [serverOf(address), ...command], { limitMs, secrets: secretsOf(address), signal })
}

/** As `askXrdfs`. */
export async function statusByXrdfs(address: RemoteAddress, signal?: AbortSignal): Promise<FileStatus> {
  const text = await askXrdfs(address, ['stat', withCgi(address)], signal)
  const size = Number(/^Size:\s+(\d+)/m.exec(text)?.[1])
  const [, day, time] = /^MTime:\s+(\S+) (\S+)/m.exec(text) ?? []
  const modified = timeOf(`${day} ${time}`)
  if (!Number.isSafeInteger(size) || modified === null) {
    throw new ProgramFailed('xrdfs does not tell size and time of the file', 'OSError')
  }
  return { size, modified, isFolder: /^Flags:.*\bIsDir\b/m.test(text) }
}

/** The stock server puts the file in place of what had the name; others refuse that, and only then it is removed first. As `askXrdfs`. */
export async function renameByXrdfs(from: RemoteAddress, to: RemoteAddress, signal?: AbortSignal): Promise<void> {
  const move = ['mv', withCgi(from), to.path]
  try {
    await askXrdfs(from, move, signal)
  } catch (error) {
    if (!(error instanceof ProgramFailed && /\[3018\]|\bexists?\b/i.test(error.message))) throw error
    await askXrdfs(to, ['rm', withCgi(to)], signal)
    await askXrdfs(from, move, signal)
  }
}

/** Eight hexadecimal digits; null of servers without checksums, and of those with others. */
export async function adler32ByXrdfs(address: RemoteAddress, signal?: AbortSignal): Promise<string | null> {
  const text = await askXrdfs(address, ['query', 'checksum', withCgi(address)], signal).catch(error => {
    if (error instanceof ProgramFailed) return ''
    throw error
  })
  const [algorithm, value] = text.trim().split(/\s+/)
  if (algorithm !== 'adler32' || value === undefined || !/^[0-9a-f]{1,8}$/i.test(value)) return null
  return value.toLowerCase().padStart(8, '0')
}

/** What the user sees of a ProgramFailed; other errors as they are. */
export function shownFailure(place: string, error: unknown): unknown {
  if (!(error instanceof ProgramFailed)) return error
  return new DataError(error.exception, `${place}: ${error.message}.`, { cause: error })
}

/** `root://user@host:port`. */
export function serverOf({ text }: RemoteAddress): string {
  return /^[^:]+:\/\/[^/?]*/.exec(text)?.[0] ?? ''
}

export function withCgi({ path, cgi }: RemoteAddress): string {
  return cgi === '' ? path : `${path}?${cgi}`
}

/** Texts that must not be shown. */
export function secretsOf({ user, cgi }: RemoteAddress): string[] {
  return [cgi, user.includes(':') ? user : '']
}

async function asked<T>(url: string, work: (address: RemoteAddress) => Promise<T>): Promise<T> {
  const address = parseAddress(url)
  if (address.kind !== 'xrootd') throw new DataError('ValueError', `${hideAccess(url)}: is no root:// URL.`)
  try {
    return await work(address)
  } catch (error) {
    throw shownFailure(hideAccess(address.text), error)
  }
}

/** `-rw-r--r-- owner group size date time /path`; before XRootD 5, `-r-- date time size /path`. */
const ENTRY = /^([-d])\S*\s+(?:.*?(\d+)\s+)?(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s+(?:(\d+)\s+)?(\/.*)$/

function entriesOf(text: string): FolderEntry[] {
  return text.split('\n').flatMap(line => {
    const found = ENTRY.exec(line)
    if (found === null) return []
    const [, type, size, time, oldSize, path] = found
    const name = path!.slice(path!.lastIndexOf('/') + 1)
    return [{ name, size: Number(size ?? oldSize), modified: timeOf(time!), isFolder: type === 'd' }]
  })
}

/** `2026-11-30 09:41:53`, in UTC. */
function timeOf(text: string): Date | null {
  const ms = Date.parse(`${text.replace(' ', 'T')}Z`)
  return Number.isNaN(ms) ? null : new Date(ms)
}
