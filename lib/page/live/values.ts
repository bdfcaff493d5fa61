/** Parts of a run, as pages get them. */
import type { GraphProfile } from '../../run/profiler.js'
import type { ProbeCounts } from '../../stages/count-probes.js'
import type { LiveStages, LiveWindow } from './state.js'

export function stagesOf(phase: LiveStages['phase'], { nodes, read, wall }: GraphProfile): LiveStages {
  const { bytes, requests, waiting, decompressing, placing } = read
  return {
    phase,
    wall,
    nodes: nodes.map(({ id, wall: seconds, in: came, out, isBeside }) => ({
      ...{ id, seconds: micro(seconds) },
      ...{ in: came, out, isBeside },
    })),
    read: { bytes, requests, waiting: micro(waiting), decompressing: micro(decompressing), placing: micro(placing) },
  }
}

/** To microseconds: less to be sent. */
function micro(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6
}

/** Empty where the fold counts no window. */
export function windowsOf(id: string, counts: () => ProbeCounts): LiveWindow[] {
  const window = /^counts\[(.*)\]$/.exec(id)?.[1]
  if (window === undefined) return []
  const { pairs, passing, weights } = counts()
  const sumsOf = (n: number) => ({ value: n, variance: n })
  return [
    {
      ...{ window, pairs, weight: weights?.name ?? null },
      all: weights?.all ?? sumsOf(pairs),
      filters: Object.entries(passing).map(([filter, n]) => ({
        ...{ filter, passing: n },
        sums: weights?.passing[filter] ?? sumsOf(n),
      })),
    },
  ]
}
