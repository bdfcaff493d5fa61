/** What a file of events is, by its name: the rule of the reference's fileset specification. */

export type FileKind = 'root' | 'parquet' | 'folder'

/** The last of the known extensions decides, anywhere in the last component (a.root, a.root.1, a.parquet, not a.root.bak.pq as
 *  ROOT). A name without a dot is a folder of Parquet files. null: none of these. */
export function fileKind(path: string): FileKind | null {
  // The CGI of a URL may have slashes and points of its own.
  const plain = path.replace(/^([a-z][\w+.:-]*:\/\/[^?]*)\?.*$/is, '$1')
  const name = plain.replace(/\/+$/, '').split('/').at(-1)!
  const root = name.lastIndexOf('.root')
  const parquet = Math.max(name.lastIndexOf('.parq'), name.lastIndexOf('.pq'))
  if (root > parquet) return 'root'
  if (parquet >= 0) return 'parquet'
  return name.includes('.') || name === '' ? null : 'folder'
}
