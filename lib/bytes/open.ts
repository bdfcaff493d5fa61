/** From a path or URL to a ByteSource: the one place that knows which kinds of places there are. */
import { DataError } from '../core/errors.js'
import { openLocal } from './local.js'
import type { ByteSource } from './source.js'

/** Opens a local file, named by a path or a file:// URL. Throws DataError: NotImplementedError for a remote URL, otherwise
 *  as `openLocal`. */
export async function openSource(path: string): Promise<ByteSource> {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(path)?.[1]?.toLowerCase()
  if (scheme === undefined) return openLocal(path)
  if (scheme === 'file') return openLocal(decodeURIComponent(path.slice('file://'.length)))
  throw new DataError(
    'NotImplementedError',
    `${path}: this version reads local files only (got a ${scheme}:// URL). Copy the file here first, for instance with xrdcp or curl.`,
  )
}
