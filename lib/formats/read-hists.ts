/** Files of histograms, of ours and of the reference's: pickles and UHI JSON, told apart by their first byte. */
import { readPlace } from '../bytes/places.js'
import { type HistTree, parseUhiTree } from './hist-tree.js'
import { unpickleHists } from './pickle/index.js'

/** What every pickle since protocol 2 begins with; no JSON text does. */
export const PICKLE = 0x80

/** Throws DataError where the file cannot be read, or is of another kind. */
export async function readHistograms(file: string): Promise<HistTree> {
  const bytes = await readPlace(file)
  return bytes[0] === PICKLE ? unpickleHists(bytes, file) : parseUhiTree(bytes.toString('utf8'), file)
}
