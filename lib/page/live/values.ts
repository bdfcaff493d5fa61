/** Parts of a run, as pages get them. */
import type { HistTree } from '../../formats/hist-tree.js'
import type { RunningPass } from '../../run/execute.js'
import type { GraphProfile } from '../../run/profiler.js'
import type { ProbeCounts } from '../../stages/count-probes.js'
import { pairsOf } from './histograms.js'
import type { LiveMenu, LiveStages, LiveWindow } from './state.js'

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

const FILL = '/fill'

/** Of the fold that fills a method's histograms. */
export function foldId(method: string, filter: string): string {
  return `${method}/${filter}${FILL}`
}

/** What there is to be asked for. */
export function menusOf({ folds }: RunningPass): LiveMenu[] {
  return [...folds].flatMap(([id, peek]) => {
    const slash = id.indexOf('/')
    if (slash < 0 || !id.endsWith(FILL)) return []
    const names = [...pairsOf(peek() as HistTree).keys()]
    if (names.length === 0) return []
    return [{ method: id.slice(0, slash), filter: id.slice(slash + 1, -FILL.length), names }]
  })
}
