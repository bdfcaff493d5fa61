/** What is known of columns from the clusters whose pages have been listed: those of the first group, in most files all. */
import type { ByteSource } from '../../bytes/source.js'
import { compressionName } from '../../codecs/index.js'
import { compressionTag, MISSING } from '../record.js'
import type { Clusters } from './clusters.js'
import { pageBytes } from './column-types.js'
import type { StoredColumn } from './member.js'
import type { ColumnPages } from './page-list.js'

/** A block's tag and sizes. */
const BLOCK_HEAD_BYTES = 9

/** Calls `each` with the pages of each column in each of these clusters, and their share of all entries. */
export function eachFirstPages(
  { first }: Clusters,
  columns: readonly StoredColumn[],
  each: (pages: ColumnPages, column: StoredColumn, share: number) => void,
): void {
  if (first === null) return
  for (let cluster = 0; cluster < first.list.clusters; cluster++) {
    for (const column of columns) {
      const pages = first.list.pages(cluster, column.record.id)
      if (pages) each(pages, column, first.share)
    }
  }
}

/** Compression of the first page of each field's values, or "beyond the file"; null: there is none. */
export async function firstTags(
  source: ByteSource,
  clusters: Clusters,
  names: readonly string[],
  columnsOf: (name: string) => readonly StoredColumn[],
): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>(names.map(name => [name, null]))
  const size = await source.size()
  const asked: { name: string; position: number; length: number; expanded: number }[] = []
  for (const name of names) {
    eachFirstPages(clusters, columnsOf(name).slice(-1), (pages, column) => {
      if (pages.count === 0 || found.get(name) !== null || asked.at(-1)?.name === name) return
      const [position, length] = [pages.positions[0]!, pages.lengths[0]!]
      if (position + length > size) found.set(name, MISSING)
      else asked.push({ name, position, length, expanded: pageBytes(pages.starts[1]!, column.bits) })
    })
  }
  const heads = await source.readv(
    asked.map(({ position, length }) => ({ position, length: Math.min(length, BLOCK_HEAD_BYTES) })),
  )
  for (const [k, { name, length, expanded }] of asked.entries()) {
    const tag = length === expanded ? null : compressionTag(heads[k]!, 0, BLOCK_HEAD_BYTES, expanded)
    found.set(name, tag === null ? 'none' : (compressionName(tag) ?? tag))
  }
  return found
}
