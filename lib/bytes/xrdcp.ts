/** Files brought and sent by the stock XRootD client, for servers that want what we do not speak (shared keys, delegation). It takes
 *  URLs on its command line, which others on the machine can see with their CGI. */
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { DataError, OutputError } from '../core/errors.js'
import { hideAccess, parseAddress, type RemoteAddress } from './address.js'
import { Adler32 } from './adler32.js'
import { remoteSettings } from './settings.js'
import { ProgramFailed, runStock } from './stock-client.js'
import { temporaryPath } from './temporary-name.js'
import {
  adler32ByXrdfs,
  askXrdfs,
  renameByXrdfs,
  secretsOf,
  serverOf,
  shownFailure,
  statusByXrdfs,
  withCgi,
} from './xrdfs.js'

export interface StagedStatus {
  readonly bytes: number
  /** As `ByteSource.identity` of the same file. */
  readonly identity: string
}

/** Throws DataError, and UsageError where the client is missing. */
export async function stagedStatus(address: RemoteAddress, signal?: AbortSignal): Promise<StagedStatus> {
  const place = hideAccess(address.text)
  try {
    const { size, modified, isFolder } = await statusByXrdfs(address, signal)
    if (isFolder) throw new DataError('IsADirectoryError', `${place}: is a directory.`)
    return { bytes: size, identity: `${size} ${modified!.getTime() / 1000}` }
  } catch (error) {
    throw shownFailure(place, error)
  }
}

/** Copies the file to the local `path`, in place of what is there. Throws DataError, UsageError where the client is missing, and an
 *  error with code ENOSPC where the disk here is full. */
export async function stageIn(
  address: RemoteAddress,
  path: string,
  bytes: number,
  signal?: AbortSignal,
): Promise<void> {
  const place = hideAccess(address.text)
  try {
    await copy(address.text, path, [], address, bytes, signal)
  } catch (error) {
    const isFull = error instanceof ProgramFailed && error.isDiskFull
    throw isFull ? Object.assign(new Error(error.message), { code: 'ENOSPC' }) : shownFailure(place, error)
  }
  const got = (await stat(path)).size
  if (got !== bytes) {
    throw new DataError('OSError', `${place}: xrdcp brought ${got} bytes, the server has ${bytes}. Run again.`)
  }
  // Before it gets its name: see `download`.
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
    const sent = (await stat(local)).size
    await copy(local, temporary.text, ['--posc'], address, sent, signal)
    const { size } = await statusByXrdfs(temporary, signal)
    if (size !== sent) throw new OutputError(`${place}: the server has ${size} bytes, sent were ${sent}. Run again.`)
    await checkSum(local, temporary, place, signal)
    await renameByXrdfs(temporary, address, signal)
  } catch (error) {
    // Not with the signal: it may be what has ended us.
    await askXrdfs(temporary, ['rm', withCgi(temporary)], undefined, CLEANING_MS).catch(() => {})
    const isLocal = typeof (error as NodeJS.ErrnoException).code === 'string'
    if (!isLocal && !(error instanceof ProgramFailed)) throw error
    const cause = shownFailure(place, error)
    throw new OutputError(`${place}: cannot be written: ${(error as Error).message}.`, { cause })
  }
}

/** Servers without checksums are trusted to have checked their disks. */
async function checkSum(local: string, remote: RemoteAddress, place: string, signal?: AbortSignal): Promise<void> {
  const value = await adler32ByXrdfs(remote, signal)
  if (value === null) return
  const sum = new Adler32()
  for await (const piece of createReadStream(local)) sum.update(piece as Uint8Array)
  if (value === sum.digest()) return
  throw new OutputError(`${place}: the file arrived damaged (Adler-32 ${value}, sent was ${sum.digest()}). Run again.`)
}

/** Cleaning up is not worth more. */
const CLEANING_MS = 10_000
/** A slower link than this is as good as none. */
const LEAST_BYTES_PER_MS = 500

async function copy(
  from: string,
  to: string,
  options: readonly string[],
  address: RemoteAddress,
  bytes: number,
  signal?: AbortSignal,
): Promise<void> {
  const limitMs = remoteSettings().deadlineMs + bytes / LEAST_BYTES_PER_MS
  await runStock('xrdcp', ['-f', '-s', ...options, from, to], { limitMs, secrets: secretsOf(address), signal })
}

function withPath(address: RemoteAddress, path: string): RemoteAddress {
  const moved = { ...address, path }
  return { ...moved, text: `${serverOf(address)}/${withCgi(moved)}` }
}
