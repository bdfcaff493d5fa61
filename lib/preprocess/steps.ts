/** Entries of a file in steps, as coffea's preprocess makes them: of even size, or from cluster to cluster. */

export type Step = readonly [number, number]

/** n = round(entries / target) steps (half to even, at least one) of ceil(entries / n) entries. Where rounding up makes the
 *  last ones empty, there are fewer. target null: one step. */
export function evenSteps(entries: number, target: number | null): Step[] {
  if (entries === 0) return [[0, 0]]
  const n = target === null ? 1 : Math.max(1, roundHalfEven(entries / target))
  const width = Math.ceil(entries / n)
  const steps: Step[] = []
  for (let start = 0; start < entries; start += width) steps.push([start, Math.min(start + width, entries)])
  return steps
}

/** Steps of `target` entries or more that begin and end where clusters do. clusters: entries at which they begin, ascending,
 *  and the last entry. target null: one step. */
export function alignedSteps(clusters: readonly number[], target: number | null): Step[] {
  const last = clusters.at(-1) ?? 0
  if (last === 0) return [[0, 0]]
  const size = target ?? last
  const steps: Step[] = []
  let start = 0
  for (const edge of clusters) {
    if (edge < start + size && edge !== last) continue
    if (edge === start) continue
    steps.push([start, edge])
    start = edge
  }
  return steps
}

/** Python's round(x). */
function roundHalfEven(x: number): number {
  const down = Math.floor(x)
  if (x - down !== 0.5) return Math.round(x)
  return down % 2 === 0 ? down : down + 1
}
