/** Opens files at their servers. What speaks protocols is loaded where it is needed. */
import { shared } from '../core/shared.js'
import type { RemoteAddress } from './address.js'
import type { ByteSource } from './source.js'

const use = shared('use of servers', () => ({ isUsed: false }))

/** Servers have been asked, so that some may be waited for still. */
export function usesServers(): boolean {
  return use.isUsed
}

/** Called before one is asked. */
export function noteUse(): void {
  use.isUsed = true
}

/** Throws DataError. */
export async function openRemote(address: RemoteAddress): Promise<ByteSource> {
  noteUse()
  if (address.kind === 'xrootd') return (await import('./xrootd/source.js')).openXrootd(address)
  return (await import('./http/index.js')).openHttp(address)
}
