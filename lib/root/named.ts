/** TNamed: the name and title that trees, branches and leaves begin with. */
import type { Cursor } from './cursor.js'

export interface Named {
  readonly name: string
  readonly title: string
}

/** Reads a TNamed; the cursor moves behind it. Titles are text for people, so they are taken as UTF-8, as uproot does. */
export function readNamed(cursor: Cursor): Named {
  const { end } = cursor.header()
  cursor.skipTObject()
  const name = cursor.string()
  const title = Buffer.from(cursor.string(), 'latin1').toString('utf8')
  cursor.position = end
  return { name, title }
}
