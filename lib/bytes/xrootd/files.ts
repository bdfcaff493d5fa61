/** The files of XRootD servers by name: what is there, folders, removal, and files to be written. */
import { DataError } from '../../core/errors.js'
import { hideAccess, parseAddress, type RemoteAddress } from '../address.js'
import { remoteSettings } from '../settings.js'
import type { FileStatus, FolderEntry, RemoteFiles } from '../sink.js'
import { Deadline } from './deadline.js'
import { ask } from './operation.js'
import {
  dirlistRequest,
  mkdirRequest,
  parseStatus,
  type Request,
  rmRequest,
  STAT_FLAG,
  type Status,
  statRequest,
  textOf,
} from './protocol.js'
import { adler32At, renameTo } from './rename.js'
import { XrootdSink } from './sink.js'

export const xrootdFiles: RemoteFiles = {
  async status(url, signal) {
    try {
      const text = await asked(url, statRequest, signal)
      const status = parseStatus(text)
      if (status === null) throw new DataError('OSError', `${hideAccess(url)}: the server's answer is no status`)
      return fileStatus(status)
    } catch (error) {
      if (error instanceof DataError && error.exception === 'FileNotFoundError') return null
      throw error
    }
  },

  async list(url, signal) {
    const text = await asked(url, dirlistRequest, signal)
    return entriesOf(text, hideAccess(url)).sort((a, b) => (a.name < b.name ? -1 : 1))
  },

  async makeFolder(url, signal) {
    try {
      await asked(url, mkdirRequest, signal)
    } catch (error) {
      const there = await xrootdFiles.status(url, signal).catch(() => null)
      if (there?.isFolder !== true) throw error
    }
  },

  async remove(url, signal) {
    await asked(url, rmRequest, signal)
  },

  rename(from, to, size, signal) {
    const deadline = new Deadline(remoteSettings().deadlineMs, signal)
    return renameTo(xrootdAddress(from), xrootdAddress(to), size, deadline)
  },

  adler32(url, signal) {
    return adler32At(xrootdAddress(url), new Deadline(remoteSettings().deadlineMs, signal))
  },

  create(url, _size, signal) {
    return XrootdSink.open(xrootdAddress(url), signal)
  },
}

export function xrootdAddress(url: string): RemoteAddress {
  const address = parseAddress(url)
  if (address.kind !== 'xrootd') throw new DataError('ValueError', `${hideAccess(url)}: is no root:// URL.`)
  return address
}

async function asked(url: string, make: (path: string) => Request, signal: AbortSignal | undefined): Promise<string> {
  const deadline = new Deadline(remoteSettings().deadlineMs, signal)
  return (await ask(xrootdAddress(url), path => make(path), textOf, deadline)).value
}

function fileStatus({ size, flags, modified }: Status): FileStatus {
  return { size, modified: new Date(modified * 1000), isFolder: (flags & STAT_FLAG.isFolder) !== 0 }
}

/** With status (kXR_dstat) the list begins with ".\n0 0 0 0\n", and each name is followed by a line of its status. Servers that do not
 *  know the option give names alone. */
function entriesOf(text: string, place: string): FolderEntry[] {
  const lines = text.split('\n').filter(line => line !== '')
  if (lines[0] !== '.' || !lines[1]?.startsWith('0 0 0 0')) {
    if (lines.length === 0) return []
    throw new DataError('NotImplementedError', `${place}: the server lists names without telling files from folders.`)
  }
  const entries: FolderEntry[] = []
  for (let k = 2; k + 1 < lines.length; k += 2) {
    const status = parseStatus(lines[k + 1]!)
    if (status !== null) entries.push({ name: lines[k]!, ...fileStatus(status) })
  }
  return entries
}
