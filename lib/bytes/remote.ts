/** Opens files at their servers. What speaks protocols is loaded where it is needed. */
import type { RemoteAddress } from './address.js'
import type { ByteSource } from './source.js'

/** Throws DataError. */
export async function openRemote(address: RemoteAddress): Promise<ByteSource> {
  if (address.kind === 'xrootd') return (await import('./xrootd/source.js')).openXrootd(address)
  return (await import('./http/index.js')).openHttp(address)
}
