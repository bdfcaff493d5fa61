/** Files and folders by path or URL, wherever they are: for what is no input of events. */
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { bytesOf } from '../core/bits.js'
import { DataError } from '../core/errors.js'
import { makeLocalFolder } from '../core/make-folder.js'
import { hideAccess, isRemote, parseAddress } from './address.js'
import { Adler32 } from './adler32.js'
import { openSource } from './open.js'
import { pythonOsError } from './os-error.js'
import { noteUse } from './remote.js'
import { accessible, isByXrdcp } from './settings.js'
import type { FileStatus, FolderEntry, RemoteFiles } from './sink.js'

/** A URL's kind of server. Throws DataError for a URL that cannot be understood, or a local path. */
export async function remoteFiles(url: string): Promise<RemoteFiles> {
  const { kind } = parseAddress(url)
  noteUse()
  if (kind === 'xrootd') return (await import('./xrootd/files.js')).xrootdFiles
  if (kind === 'http') return (await import('./http/index.js')).httpFiles
  throw new DataError('ValueError', `${hideAccess(url)}: is no URL of a server.`)
}

/** As `remoteFiles`, for what needs no sink; through the stock client where the settings say so. */
async function namedFiles(url: string): Promise<Omit<RemoteFiles, 'create'>> {
  return isByXrdcp(parseAddress(url)) ? (await import('./xrdfs.js')).xrdfsFiles : remoteFiles(url)
}

/** null: there is nothing of that name. Throws DataError where that cannot be found out. */
export async function statusOf(place: string): Promise<FileStatus | null> {
  if (isRemote(place)) return (await namedFiles(place)).status(accessible(place))
  const path = localPath(place)
  try {
    const found = await stat(path)
    return { size: found.size, modified: found.mtime, isFolder: found.isDirectory() }
  } catch (cause) {
    if (/^(ENOENT|ENOTDIR)$/.test((cause as NodeJS.ErrnoException).code ?? '')) return null
    throw pythonOsError(cause, path)
  }
}

/** Sorted by name. Sizes and times of local entries are not looked up. Throws DataError. */
export async function listFolder(
  place: string,
  signal?: AbortSignal,
): Promise<Pick<FolderEntry, 'name' | 'isFolder'>[]> {
  if (isRemote(place)) return (await namedFiles(place)).list(place, signal)
  const path = localPath(place)
  try {
    const entries = await readdir(path, { withFileTypes: true })
    return entries
      .map(entry => ({ name: entry.name, isFolder: entry.isDirectory() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (cause) {
    throw pythonOsError(cause, path)
  }
}

/** Larger documents are mistakes. */
const MOST_DOCUMENT_BYTES = 1024 * 1024 * 1024

/** The whole of a document. Throws DataError. */
export async function readPlace(place: string): Promise<Buffer> {
  if (!isRemote(place)) {
    const path = localPath(place)
    try {
      return await readFile(path)
    } catch (cause) {
      throw pythonOsError(cause, path)
    }
  }
  const source = await openSource(place)
  try {
    const size = await source.size()
    if (size > MOST_DOCUMENT_BYTES)
      throw new DataError('OSError', `${source.name}: ${size} bytes are too many for a document.`)
    return bytesOf(await source.readAt(0, size))
  } finally {
    await source.close()
  }
}

/** With its parents. Throws DataError. */
export async function makeFolder(place: string): Promise<void> {
  if (isRemote(place)) return (await namedFiles(place)).makeFolder(place)
  const path = localPath(place)
  await makeLocalFolder(path).catch(cause => {
    throw pythonOsError(cause, path)
  })
}

/** Throws DataError. */
export async function removeFile(place: string, signal?: AbortSignal): Promise<void> {
  if (isRemote(place)) return (await namedFiles(place)).remove(place, signal)
  const path = localPath(place)
  await rm(path).catch(cause => {
    throw pythonOsError(cause, path)
  })
}

/** Gives a server's file of known size another name there, in place of what had it. Throws DataError and OutputError. */
export async function renameFile(from: string, to: string, size: number, signal?: AbortSignal): Promise<void> {
  await (await namedFiles(to)).rename(from, to, size, signal)
}

const PART_BYTES = 4 * 1024 * 1024

/** Adler-32 of a server's file, eight hexadecimal digits: as the server tells it, else of its bytes, which are read. Throws DataError. */
export async function adler32Of(url: string): Promise<string> {
  const told = await (await namedFiles(url)).adler32(url)
  if (told !== null) return told
  const source = await openSource(url)
  try {
    const size = await source.size()
    const sum = new Adler32()
    for (let at = 0; at < size; at += PART_BYTES) sum.update(await source.readAt(at, Math.min(PART_BYTES, size - at)))
    return sum.digest()
  } finally {
    await source.close()
  }
}

function localPath(place: string): string {
  const address = parseAddress(place)
  return address.kind === 'local' ? address.path : place
}
