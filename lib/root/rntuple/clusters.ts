/** The clusters of an RNTuple. What describes them is read group by group, when it is needed, and forgotten again. */
import type { ByteSource } from '../../bytes/source.js'
import { firstAbove } from '../entries.js'
import type { ClusterGroup, Description } from './description.js'
import { checkLink, readEnvelope } from './envelope.js'
import type { StoredColumn } from './member.js'
import { type ColumnPages, PageList } from './page-list.js'

/** Of page lists that are kept for what is read next. */
const KEPT_BYTES = 32 * 1024 * 1024

/** Entries [start, stop) and where their pages are. */
export interface Cluster {
  readonly start: number
  readonly stop: number
  readonly list: PageList
  /** In its list. */
  readonly number: number
}

/** How a column is stored in one cluster. */
export interface ColumnInCluster {
  readonly column: StoredColumn
  /** null: nothing of it is; its values are zero. */
  readonly pages: ColumnPages | null
}

export class Clusters {
  readonly #source: ByteSource
  readonly #description: Description
  readonly #place: string
  readonly #lists = new Map<ClusterGroup, PageList>()

  constructor(source: ByteSource, description: Description, place: string) {
    this.#source = source
    this.#description = description
    this.#place = place
  }

  /** The clusters that hold entries of [start, stop), in their order. source: reads what is not known yet. Throws DataError. */
  async load(start: number, stop: number, source: ByteSource = this.#source): Promise<Cluster[]> {
    const groups = this.#groups(start, stop)
    const lists = await this.#pageLists(groups, source)
    const clusters: Cluster[] = []
    for (const list of lists) {
      const { edges } = list
      for (let k = Math.max(firstAbove(edges, start) - 1, 0); k < list.clusters && edges[k]! < stop; k++) {
        if (edges[k + 1]! > edges[k]!) {
          clusters.push({ start: edges[k]!, stop: edges[k + 1]!, list, number: k })
        }
      }
    }
    return clusters
  }

  /** The entries between the clusters, and the last one; [0] where there are none. */
  async edges(): Promise<number[]> {
    const edges = [0]
    for (const group of this.#description.groups) {
      const [list] = await this.#pageLists([group], this.#source)
      for (const edge of list!.edges) if (edge > edges.at(-1)!) edges.push(edge)
    }
    return edges
  }

  /** The lists of the first group and which share of all entries it holds: for estimates. null: there are no entries. */
  get first(): { readonly list: PageList; readonly share: number } | null {
    const [group] = this.#description.groups
    const list = group === undefined ? undefined : this.#lists.get(group)
    if (group === undefined || list === undefined) return null
    return { list, share: (group.stop - group.start) / this.#description.entries }
  }

  #groups(start: number, stop: number): ClusterGroup[] {
    return this.#description.groups.filter(group => group.start < stop && group.stop > start)
  }

  async #pageLists(groups: readonly ClusterGroup[], source: ByteSource): Promise<PageList[]> {
    const missing = groups.filter(group => !this.#lists.has(group))
    for (const { pageList } of missing) checkLink(pageList, `${this.#place} > page list`)
    const stored =
      missing.length === 1
        ? [await source.readAt(missing[0]!.pageList.position, missing[0]!.pageList.length)]
        : await source.readv(missing.map(({ pageList }) => pageList))
    const found = new Map<ClusterGroup, PageList>()
    for (const [k, group] of missing.entries()) {
      const envelope = readEnvelope(stored[k]!, group.pageList, 'page list', this.#place)
      found.set(group, new PageList(envelope, group, this.#description.header.checksum))
    }
    const lists = groups.map(group => found.get(group) ?? this.#lists.get(group)!)
    for (const [group, list] of found) this.#keep(group, list)
    return lists
  }

  /** The first group stays, for estimates; of the others the latest. */
  #keep(group: ClusterGroup, list: PageList): void {
    this.#lists.set(group, list)
    let bytes = 0
    for (const kept of this.#lists.values()) bytes += kept.size
    for (const [old, { size }] of this.#lists) {
      if (bytes <= KEPT_BYTES) break
      if (old === this.#description.groups[0] || old === group) continue
      this.#lists.delete(old)
      bytes -= size
    }
  }
}

/** The representation that is stored in the cluster. */
export function columnIn({ list, number }: Cluster, stored: readonly StoredColumn[]): ColumnInCluster {
  for (const column of stored) {
    const pages = list.pages(number, column.record.id)
    if (pages !== undefined && pages !== null) return { column, pages }
  }
  return { column: stored[0]!, pages: null }
}
