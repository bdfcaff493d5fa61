/** Files and folders of WebDAV servers. */
import { DataError } from '../../core/errors.js'
import type { FileStatus, FolderEntry, RemoteFiles } from '../sink.js'
import { createHttp } from './http-sink.js'
import { makeFolder } from './make-folder.js'
import { type Operation, operate } from './operation.js'
import { type Place, placeOf } from './place.js'
import { pathOf, type Resource } from './propfind.js'
import { rename } from './publish.js'
import { adler32Of, headStatus, propfind, request } from './webdav.js'

export const httpFiles: RemoteFiles = {
  status(url, signal) {
    const place = placeOf(url)
    return operate(place.context, signal, operation => status(place, operation))
  },

  list(url, signal) {
    const place = placeOf(url)
    return operate(place.context, signal, operation => list(place, operation))
  },

  makeFolder(url, signal) {
    return operate(placeOf(url).context, signal, operation => makeFolder(url, operation))
  },

  async remove(url, signal) {
    const place = placeOf(url)
    await operate(place.context, signal, operation => request(place, { method: 'DELETE', lasting: [500] }, operation))
  },

  rename(from, to, size, signal) {
    const final = placeOf(to)
    const moved = { ...placeOf(from), context: final.context }
    return operate(final.context, signal, operation => rename(moved, final, size, operation))
  },

  adler32(url, signal) {
    const place = placeOf(url)
    return operate(place.context, signal, operation => adler32Of(place, operation))
  },

  create: createHttp,
}

async function status(place: Place, operation: Operation): Promise<FileStatus | null> {
  const found = await propfind(place, 0, operation)
  if (found === null) return headStatus(place, operation)
  if (found.length === 0) return null
  const { size, modified, isFolder } = found[0]!
  return { size, modified, isFolder }
}

async function list(place: Place, operation: Operation): Promise<FolderEntry[]> {
  const found = await propfind(place, 1, operation)
  const name = operation.place
  if (found === null) {
    throw new DataError('OSError', `${name}: the server does not list folders (no WebDAV). Name the files one by one.`)
  }
  if (found.length === 0) throw new DataError('FileNotFoundError', `${name}: no such folder. Check the path.`)
  const own = pathOf(place.target.path.replace(/\?.*$/s, ''))
  // A server may tell the folder by another name: behind redirects, or below a prefix. Whatever it says, the shortest path is it.
  const folder = found.find(one => one.path === own) ?? found.reduce((a, b) => (b.path.length < a.path.length ? b : a))
  if (!folder.isFolder) throw new DataError('OSError', `${name}: is a file, not a folder. Check the path.`)
  return found
    .filter(one => one !== folder)
    .map(entry)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function entry({ path, size, modified, isFolder }: Resource): FolderEntry {
  return { name: path.slice(path.lastIndexOf('/') + 1), size, modified, isFolder }
}
