/** Documents of servers that are read where nothing may be waited for: fetched before, kept as long as the program runs. */
import { readFileSync } from 'node:fs'
import { shared } from '../core/shared.js'
import { isRemote } from './address.js'
import { readPlace } from './places.js'

const documents = shared('fetched documents', () => new Map<string, Uint8Array>())

/** Throws DataError for the first that cannot be read. */
export async function fetchDocuments(urls: readonly string[]): Promise<void> {
  for (const url of urls) if (!documents.has(url)) documents.set(url, await readPlace(url))
}

/** Of a local file, or what `fetchDocuments` has fetched. Throws as readFileSync does. */
export function readDocument(place: string): Uint8Array {
  const fetched = documents.get(place)
  if (fetched !== undefined) return fetched
  if (isRemote(place))
    throw new Error('documents at servers are read by the commands; a program passes the document itself')
  return readFileSync(place)
}
