/** From a path or URL to a ByteSource: the one place that knows which kinds of places there are. */
import { parseAddress } from './address.js'
import { openLocal } from './local.js'
import { openRemote } from './remote.js'
import { accessible, isByXrdcp } from './settings.js'
import type { ByteSource } from './source.js'

/** Opens a file, named by a path or a URL of any scheme in `SCHEMES`. Throws DataError: as `parseAddress`, and as the kind of place
 *  does. What speaks protocols is loaded where it is needed. */
export async function openSource(path: string): Promise<ByteSource> {
  const address = parseAddress(accessible(path))
  if (address.kind === 'local') return openLocal(address.path)
  if (address.isCached || isByXrdcp(address)) return (await import('./cache.js')).openCached(address)
  return openRemote(address)
}
