/** Output files that appear under their name only when they are complete: written beside it under a temporary name, then
 *  renamed. Every writer of results goes through here. */

import { copyFile, type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isRemote } from '../bytes/address.js'
import { temporaryName } from '../bytes/temporary-name.js'
import { bytesOf } from '../core/bits.js'
import { BugError, OutputError, UsageError } from '../core/errors.js'
import { PendingFiles } from '../core/publication.js'
import type { Replaced } from '../core/types.js'
import { cannot, errorCode, isDiskFault, writeError } from '../core/write-error.js'
import { setAside } from './aside.js'
import type { AtomicFile } from './atomic-file.js'

/** Begins a file in an existing folder. building: the temporary path, where the file is to be kept when it is discarded, and
 *  continued where it is there already; default: a name of its own beside the file. Throws UsageError where the folder is
 *  missing or cannot be written to, or the path is a folder, OutputError where the disk is full or fails. A URL's file is sent when it is committed. */
export async function openAtomic(path: string, building?: string): Promise<AtomicFile> {
  if (isRemote(path)) return (await import('./remote-file.js')).openRemoteFile(path, openAtomic)
  const isFolder = await stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
  if (isFolder) throw new UsageError([{ place: path, message: 'is a folder. Give the name of a file.' }])
  const temporary = building ?? besides(path)
  try {
    return new LocalAtomicFile(path, temporary, await open(temporary, 'wx'), building === undefined ? 'own' : 'kept')
  } catch (cause) {
    if (building === undefined || errorCode(cause) !== 'EEXIST') throw refused(path, cause)
  }
  try {
    return new LocalAtomicFile(path, temporary, await open(temporary, 'r+'), 'continued')
  } catch (cause) {
    throw refused(path, cause)
  }
}

function refused(path: string, cause: unknown): UsageError | OutputError {
  if (isDiskFault(cause)) return writeError(path, cause)
  return new UsageError([{ place: path, message: `${cannot('be created', cause)}. Choose another output folder.` }])
}

/** A temporary name in the file's folder. */
function besides(path: string): string {
  return join(dirname(path), temporaryName(basename(path)))
}

/** Writes a whole file; on failure nothing of it is left. Throws as openAtomic and AtomicFile.write do. */
export async function writeAtomic(
  path: string,
  content: string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const file = await writtenAtomic(path, content)
  await file.commit()
}

/** The same, complete under its temporary name. */
export async function writtenAtomic(
  path: string,
  content: string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<AtomicFile> {
  const file = await openAtomic(path)
  try {
    if (typeof content === 'string') await file.write(Buffer.from(content, 'utf8'))
    else if (content instanceof Uint8Array) await file.write(content)
    else for await (const part of content) await file.write(part)
    await file.seal()
    return file
  } catch (error) {
    await file.discard()
    throw error
  }
}

/** Files that belong together: all are complete before the first has its name, and all are taken back where one cannot get its own.
 *  Throws as openAtomic and AtomicFile. */
export async function writeTogether(
  files: readonly { readonly path: string; readonly content: string | Uint8Array }[],
): Promise<void> {
  const pending = new PendingFiles()
  try {
    for (const { path, content } of files) pending.add([await writtenAtomic(path, content)])
    await pending.commit()
  } catch (error) {
    await pending.discard()
    throw error
  }
}

/** own: removed when it is discarded; kept: left; continued: left, and there before. */
type Building = 'own' | 'kept' | 'continued'

class LocalAtomicFile implements AtomicFile {
  readonly path: string
  size = 0
  private readonly temporary: string
  private handle: FileHandle | null
  private done = false
  private readonly building: Building

  constructor(path: string, temporary: string, handle: FileHandle, building: Building) {
    this.path = path
    this.temporary = temporary
    this.handle = handle
    this.building = building
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.writeRanges(bytes, [{ from: 0, to: bytes.length }])
  }

  async writeSparse(bytes: Uint8Array): Promise<void> {
    // What an earlier run has left in the file would show through the holes.
    if (this.building === 'continued') await this.write(bytes)
    else await this.writeRanges(bytes, filledRanges(bytes))
  }

  async overwrite(position: number, bytes: Uint8Array): Promise<void> {
    if (position + bytes.length > this.size) throw new BugError(`${this.path}: nothing to overwrite at ${position}`)
    await this.writeAt(position, bytes, [{ from: 0, to: bytes.length }])
  }

  /** Appends these parts of the bytes; what is between them reads as zeros. */
  private async writeRanges(bytes: Uint8Array, ranges: readonly ByteRange[]): Promise<void> {
    await this.writeAt(this.size, bytes, ranges)
    this.size += bytes.length
  }

  private async writeAt(position: number, bytes: Uint8Array, ranges: readonly ByteRange[]): Promise<void> {
    const handle = this.opened()
    let end = 0
    try {
      for (const { from, to } of ranges) {
        for (end = from; end < to; ) {
          const length = Math.min(to - end, MAX_WRITE_BYTES)
          end += (await handle.write(bytes, end, length, position + end)).bytesWritten
        }
      }
      if (end < bytes.length) await handle.truncate(position + bytes.length)
    } catch (cause) {
      throw writeError(this.path, cause)
    }
  }

  skip(bytes: number): void {
    this.size += bytes
  }

  async seal(): Promise<void> {
    const handle = this.opened()
    this.handle = null
    try {
      if (this.building === 'continued') await handle.truncate(this.size)
      await handle.close()
    } catch (cause) {
      await this.discard()
      throw writeError(this.path, cause)
    }
  }

  async commit({ sync = false }: { readonly sync?: boolean } = {}): Promise<void> {
    try {
      if (sync) await this.handle?.sync()
      if (this.handle !== null) await this.seal()
      await renameOrCopy(this.temporary, this.path)
      this.done = true
    } catch (cause) {
      await this.discard()
      throw cause instanceof OutputError ? cause : writeError(this.path, cause)
    }
  }

  async discard(): Promise<void> {
    if (this.done) return
    this.done = true
    await this.handle?.close().catch(() => {})
    this.handle = null
    if (this.building === 'own') await rm(this.temporary, { force: true }).catch(() => {})
  }

  async retract(): Promise<void> {
    if (this.building === 'own') await rm(this.path, { force: true })
    else await rename(this.path, this.temporary)
  }

  async makeRoom(replaced: Replaced[]): Promise<void> {
    await setAside(this.path, replaced)
  }

  private opened(): FileHandle {
    if (this.handle === null) throw writeError(this.path, new Error('it has been closed'))
    return this.handle
  }
}

interface ByteRange {
  readonly from: number
  readonly to: number
}

/** Two pages of memory. */
const BLOCK_BYTES = 8192
const ZEROS = Buffer.alloc(BLOCK_BYTES)
/** Shorter runs of zeros are written: each part costs a call. */
const MIN_HOLE_BYTES = 1 << 16

/** What is left of the bytes without long runs of zeros. */
function filledRanges(bytes: Uint8Array): ByteRange[] {
  const buffer = bytesOf(bytes)
  const ranges: { from: number; to: number }[] = []
  for (let from = 0; from < bytes.length; from += BLOCK_BYTES) {
    const to = Math.min(from + BLOCK_BYTES, bytes.length)
    if (buffer.compare(ZEROS, 0, to - from, from, to) === 0) continue
    const last = ranges.at(-1)
    if (last !== undefined && from - last.to < MIN_HOLE_BYTES) last.to = to
    else ranges.push({ from, to })
  }
  return ranges
}

/** By way of a copy where the two are on different file systems. */
async function renameOrCopy(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error
    const near = besides(to)
    try {
      await copyFile(from, near)
      await rename(near, to)
    } catch (failure) {
      await rm(near, { force: true })
      throw failure
    }
    await rm(from, { force: true })
  }
}

/** Linux writes at most 2 GiB at once. */
const MAX_WRITE_BYTES = 2 ** 30
