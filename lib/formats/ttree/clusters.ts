/** Clusters as TTree tells them: ranges of entries (fClusterRangeEnd) that are cut into clusters of one size (fClusterSize), the last of
 *  each range being as long as what is left; behind the last range the size is fAutoFlush. */

export interface ClusterRanges {
  /** Last entry of each range. */
  readonly ends: readonly number[]
  readonly sizes: readonly number[]
  /** Size of the clusters behind them. */
  readonly last: number
}

/** rows: of each cluster, none of them 0. null: there are none. */
export function clusterRanges(rows: Iterable<number>): ClusterRanges | null {
  const ends: number[] = []
  const sizes: number[] = []
  let size = 0
  let isClosed = false
  let entries = 0
  for (const length of rows) {
    // A shorter cluster ends its range.
    if (size > 0 && (isClosed || length > size)) {
      ends.push(entries - 1)
      sizes.push(size)
      size = 0
    }
    if (size === 0) size = length
    isClosed = length < size
    entries += length
  }
  return size === 0 ? null : { ends, sizes, last: size }
}
