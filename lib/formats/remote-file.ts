/** An output file that goes to a server: written here, sent when it is committed. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { hideAccess, parseAddress } from '../bytes/address.js'
import { removeFile } from '../bytes/places.js'
import { uploadFile } from '../bytes/upload.js'
import { DataError, OutputError, UsageError } from '../core/errors.js'
import type { AtomicFile } from './atomic-file.js'

/** open: begins a local file. Throws UsageError for a URL that cannot be understood. */
export async function openRemoteFile(url: string, open: (path: string) => Promise<AtomicFile>): Promise<AtomicFile> {
  const place = hideAccess(url)
  let name: string
  let target: string
  try {
    const address = parseAddress(url)
    if (address.kind === 'local') throw new DataError('ValueError', `${place}: is a local path.`)
    name = basename(address.path)
    target = address.text
  } catch (error) {
    throw error instanceof DataError ? new UsageError([{ place, message: error.message }]) : error
  }
  if (name === '') throw new UsageError([{ place, message: 'is a folder. Give the name of a file.' }])
  const folder = await mkdtemp(join(tmpdir(), 'tnp-pipe-out-'))
  const local = await open(join(folder, name))
  const clear = () => rm(folder, { recursive: true, force: true })
  let isKept = false
  return {
    path: place,
    get size() {
      return local.size
    },
    write: bytes => local.write(bytes),
    writeSparse: bytes => local.writeSparse(bytes),
    overwrite: (position, bytes) => local.overwrite(position, bytes),
    skip: bytes => local.skip(bytes),
    seal: () => local.seal(),
    async commit(options) {
      await local.commit(options)
      try {
        await uploadFile(local.path, target)
      } catch (error) {
        isKept = true
        const { message } = error as Error
        throw new OutputError(`${message} The file is kept as ${local.path}`, { cause: error })
      }
      await clear()
    },
    async discard() {
      await local.discard()
      if (!isKept) await clear()
    },
    retract: () => removeFile(target),
  }
}
