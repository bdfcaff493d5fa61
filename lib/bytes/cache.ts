/** Remote files that are read from local copies: those of `simplecache::` URLs, and all of XRootD where the stock client brings them. */
import { DataError } from '../core/errors.js'
import { hideAccess, type RemoteAddress } from './address.js'
import { download } from './cache/download.js'
import { cacheFolder, type Entry, entryOf } from './cache/entry.js'
import { obtain } from './cache/obtain.js'
import { openLocal } from './local.js'
import { openRemote } from './remote.js'
import { isByXrdcp, remoteSettings } from './settings.js'
import type { ByteSource } from './source.js'
import { remoteWarnings } from './warnings.js'
import { stagedStatus, stageIn } from './xrdcp.js'

/** Opens the local copy of a file, which is brought first where there is none or the file has changed. Where there can be none (the disk
 *  is full, the file is larger than the limit) the file is read from its server, with a warning; with the stock client, which cannot
 *  do that, it is an error. Throws DataError; UsageError where the stock client is missing. */
export function openCached(address: RemoteAddress): Promise<ByteSource> {
  return isByXrdcp(address) ? openStaged(address) : openCopy(address)
}

async function openCopy(address: RemoteAddress): Promise<ByteSource> {
  const source = await openRemote({ ...address, text: `simplecache::${address.text}` })
  try {
    const [bytes, identity] = [await source.size(), source.identity]
    const limit = remoteSettings().cacheBytes
    if (identity === undefined) return fallBack(address, source, 'the server does not tell when it changes')
    if (bytes > limit) return fallBack(address, source, tooLarge(bytes, limit))
    const copy = await openEntry(address, entryOf(address, identity, bytes), path => download(source, path))
    await source.close()
    return copy
  } catch (error) {
    const reason = folderFault(error)
    if (reason !== null) {
      const advice = 'Files are read from their servers. Make room, or choose another --cache-folder.'
      remoteWarnings.add(`${cacheFolder()}: local copies of files cannot be kept here (${reason}). ${advice}`)
      return source
    }
    await source.close()
    throw error
  }
}

async function openStaged(address: RemoteAddress): Promise<ByteSource> {
  const { bytes, identity } = await stagedStatus(address)
  const limit = remoteSettings().cacheBytes
  const failed = (reason: string, cause?: unknown) => {
    const advice = 'Make room, choose another --cache-folder or a larger --cache-size, or leave --transport xrdcp out.'
    return new DataError('OSError', `${nameOf(address)}: no copy in ${cacheFolder()}: ${reason}. ${advice}`, { cause })
  }
  if (bytes > limit) throw failed(tooLarge(bytes, limit))
  try {
    return await openEntry(address, entryOf(address, identity, bytes), path => stageIn(address, path, bytes))
  } catch (error) {
    const reason = folderFault(error)
    throw reason === null ? error : failed(`${reason} (limit ${gigabytes(limit)})`, error)
  }
}

/** A copy may be removed between its coming and its opening. */
const ATTEMPTS = 3

async function openEntry(
  address: RemoteAddress,
  entry: Entry,
  bring: (path: string) => Promise<void>,
): Promise<ByteSource> {
  for (let attempt = 1; ; attempt++) {
    const path = await obtain(entry, remoteSettings().cacheBytes, bring)
    try {
      return await openLocal(path, undefined, nameOf(address))
    } catch (error) {
      const isGone = error instanceof DataError && error.exception === 'FileNotFoundError'
      if (!isGone || attempt === ATTEMPTS) throw error
    }
  }
}

function fallBack(address: RemoteAddress, source: ByteSource, reason: string): ByteSource {
  remoteWarnings.add(`${nameOf(address)}: no local copy is kept: ${reason}. The file is read from its server.`)
  return source
}

function tooLarge(bytes: number, limit: number): string {
  return `the file has ${gigabytes(bytes)}, more than all copies may have (${gigabytes(limit)})`
}

function gigabytes(bytes: number): string {
  return `${Number((bytes / 1e9).toPrecision(3))} GB`
}

/** What node:fs says of the folder; null where something else failed. */
function folderFault(error: unknown): string | null {
  const { code } = error as NodeJS.ErrnoException
  if (error instanceof DataError || typeof code !== 'string') return null
  return FAULTS[code] ?? code
}

const FAULTS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is no folder',
  EEXIST: 'it is no folder',
  ENOENT: 'somebody else has removed files there',
}

function nameOf(address: RemoteAddress): string {
  return hideAccess(address.isCached ? `simplecache::${address.text}` : address.text)
}
