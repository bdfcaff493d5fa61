/** Folders of WebDAV servers. */
import type { Operation } from './operation.js'
import { parentOf, placeOf } from './place.js'
import { request } from './webdav.js'

/** 405: it is there already; 409: the folder above it is not. XrdHttp makes all of them by itself, and says 201 again. */
export async function makeFolder(url: string, operation: Operation): Promise<void> {
  const wish = { method: 'MKCOL', also: [405, 409], lasting: [500] }
  const { status } = await request(placeOf(url), wish, operation)
  if (status !== 409) return
  const parent = parentOf(url)
  if (parent !== null) await makeFolder(parent, operation)
  await request(placeOf(url), { method: 'MKCOL', also: [405], lasting: [500] }, operation)
}
