/** Local files to remote places: sent in several writes at once, checked by size and checksum, and only then given their names. */
import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { untilAborted } from '../core/abort.js'
import { DataError, OutputError } from '../core/errors.js'
import { hideAccess, parseAddress } from './address.js'
import { Adler32 } from './adler32.js'
import { remoteFiles } from './places.js'
import { isByXrdcp, remoteSettings } from './settings.js'
import type { ByteSink } from './sink.js'

const PART_BYTES = 4 * 1024 * 1024
/** Parts under way. */
const WINDOW = 4
const FIRST_BACK_OFF_MS = 500
/** Whoever stops waits so long for a server to remove what it has got. */
const CLEARING_MS = 2000

/** Sends the file. A failed attempt leaves nothing behind, and is made again as often as the settings say. The local file stays.
 *  Throws OutputError, or the signal's reason. */
export async function uploadFile(path: string, url: string, signal?: AbortSignal): Promise<void> {
  const { retries } = remoteSettings()
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    try {
      await sendOnce(path, url, signal)
      return
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      if (!mayPass(error) || attempt > retries) throw asOutputError(error, url, attempt)
    }
    const pause = sleep(FIRST_BACK_OFF_MS * 4 ** (attempt - 1))
    await (signal === undefined ? pause : untilAborted(pause, signal))
  }
}

async function sendOnce(path: string, url: string, signal: AbortSignal | undefined): Promise<void> {
  if (isByXrdcp(parseAddress(url))) return (await import('./xrdcp.js')).uploadByXrdcp(path, url, signal)
  const file = await open(path, 'r')
  let sink: ByteSink | null = null
  try {
    const { size } = await file.stat()
    sink = await (await remoteFiles(url)).create(url, size, signal)
    const adler32 = await sendParts(file, size, sink, signal)
    const commit = sink.commit({ size, adler32 }, signal)
    // Nobody who stops waits for a server. Should the file get its name all the same, it is the whole file.
    await (signal === undefined ? commit : untilAborted(commit, signal))
  } catch (error) {
    const clearing = sink?.abort()
    await (signal?.aborted ? atMost(clearing, CLEARING_MS) : clearing)
    throw error
  } finally {
    await file.close()
  }
}

async function atMost(work: Promise<void> | undefined, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}

/** Gives the checksum of what was sent. */
async function sendParts(
  file: FileHandle,
  size: number,
  sink: ByteSink,
  signal: AbortSignal | undefined,
): Promise<string> {
  const checksum = new Adler32()
  const underWay: Promise<void>[] = []
  try {
    for (let at = 0; at < size; ) {
      const bytes = Buffer.allocUnsafeSlow(Math.min(PART_BYTES, size - at))
      const { bytesRead } = await file.read(bytes, 0, bytes.length, at)
      if (bytesRead === 0) throw new OutputError(`${sink.name}: the local file shrank while it was sent.`)
      const part = bytes.subarray(0, bytesRead)
      checksum.update(part)
      if (underWay.length === WINDOW) await underWay.shift()
      const sent = sink.write(at, part, signal)
      // A later one may fail while an earlier one is waited for.
      sent.catch(() => {})
      underWay.push(sent)
      at += bytesRead
    }
    for (const sent of underWay) await sent
  } finally {
    await Promise.allSettled(underWay)
  }
  return checksum.digest()
}

/** What the server forbids, it forbids the next time as well. */
function mayPass(error: unknown): boolean {
  const cause = error instanceof OutputError ? error.cause : error
  if (cause instanceof DataError) return !/^(PermissionError|IsADirectoryError|ValueError)$/.test(cause.exception)
  return error instanceof OutputError
}

function asOutputError(error: unknown, url: string, attempts: number): unknown {
  if (!(error instanceof OutputError || error instanceof DataError)) return error
  const place = hideAccess(url)
  const said = error.message.startsWith(place) ? error.message : `${place}: ${error.message}`
  // More is said behind it.
  const text = said.endsWith('.') ? said : `${said}.`
  return new OutputError(attempts === 1 ? text : `${text} ${attempts} attempts were made.`, { cause: error })
}
