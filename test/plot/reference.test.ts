/** The reference's plot_ratio beside ours: the same points, errors and axes from the same histograms. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { pickleHists } from '../../lib/formats/index.js'
import { efficiencyTable, variableAxis } from '../../lib/hist/index.js'
import { efficiencyFigure, PLOT_TYPES, type Points } from '../../lib/plot/index.js'
import { scratch } from '../support/cli.js'
import { close } from '../support/columns.js'
import { pythonPath, testIf } from '../support/tools.js'
import { type Pair, probes } from './hists.js'

interface Bars {
  readonly x: number[]
  readonly y: number[]
  /** Ends of the error bars: [x, y] twice for each. */
  readonly across: number[][][]
  readonly up: number[][][]
}

interface Drawn {
  readonly axes: {
    readonly series: Bars[]
    readonly xlim: number[]
    readonly ylim: number[]
    readonly xscale: string
  }[]
}

const DRAW = `
import json, pickle, sys
import matplotlib
matplotlib.use("Agg")
from matplotlib import pyplot as plt
from egamma_tnp.plot import plot_ratio
hists = pickle.load(open(sys.argv[1], "rb"))
def bars(container):
    line, _, (across, up) = container.lines[0], None, sorted(container.lines[2], key=lambda c: len({round(p[0], 9) for p in c.get_segments()[0]}) == 1)
    return {"x": list(line.get_xdata()), "y": list(line.get_ydata()),
            "across": [s.tolist() for s in across.get_segments()], "up": [s.tolist() for s in up.get_segments()]}
out = {}
for kind in sys.argv[2:]:
    data, mc = hists[kind]["data"], hists[kind]["mc"]
    plot_ratio(data["passing"], data["failing"], mc["passing"], mc["failing"], "Data", "MC", plottype=kind)
    out[kind] = {"axes": [{"series": [bars(c) for c in ax.containers], "xlim": ax.get_xlim(), "ylim": ax.get_ylim(),
                           "xscale": ax.get_xscale()} for ax in plt.gcf().axes]}
    plt.close("all")
print(json.dumps(out))
`

const python = pythonPath()
const hasReference = python !== null && spawnSync(python, ['-c', 'import egamma_tnp.plot']).status === 0

/** Some bins with all and with no probes passing, none empty: the reference draws those as zeros. */
function pairOf(edges: readonly number[], seed: number): Pair {
  const axis = variableAxis({ name: 'x', edges })
  return probes([axis], ([i]) =>
    i === 0 ? [20, 0] : i === 1 ? [0, 15] : [40 + 7 * i! + seed, 10 + ((i! * 5 + seed) % 9)],
  )
}

const EDGES = {
  pt_low_threshold: [10, 20, 30, 35, 40, 50, 100, 400],
  pt_high_threshold: [10, 100, 150, 200, 400],
  eta: [-2.5, -1.566, -1.4442, 0, 1.4442, 1.566, 2.5],
  phi: [-3.32, -2, -1, 0, 1, 2, 3.32],
} as const

testIf(
  test,
  hasReference,
  'egamma_tnp with matplotlib',
)('points, errors and axes of plot_ratio are drawn as the reference draws them, for all plot types', () => {
  const dir = scratch()
  try {
    const pairs = Object.fromEntries(PLOT_TYPES.map(t => [t, { data: pairOf(EDGES[t], 3), mc: pairOf(EDGES[t], 30) }]))
    writeFileSync(dir.path('hists.pkl'), pickleHists(pairs))
    const { stdout, stderr, status } = spawnSync(python!, ['-c', DRAW, dir.path('hists.pkl'), ...PLOT_TYPES], {
      encoding: 'utf8',
    })
    is(status, 0, stderr)
    const drawn: Record<string, Drawn> = JSON.parse(stdout.replaceAll(/\bNaN\b/g, 'null'))
    for (const plotType of PLOT_TYPES) {
      const { data, mc } = pairs[plotType]!
      const table = ({ passing, failing }: Pair) => efficiencyTable(passing, failing, { sumsAsCounts: true })
      const figure = efficiencyFigure(
        [
          { name: 'Data', table: table(data) },
          { name: 'MC', table: table(mc) },
        ],
        { labels: { experiment: '', status: '', right: '' }, plotType, ratioErrors: 'reference' },
      )
      for (const [p, axes] of drawn[plotType]!.axes.entries()) {
        const { x, y, marks } = figure.panels[p]!
        equal([...x.range], axes.xlim)
        equal([...y.range], axes.ylim)
        is(x.log === true ? 'log' : 'linear', axes.xscale)
        const ours = marks.filter((mark): mark is Points => mark.kind === 'points').reverse()
        is(ours.length, axes.series.length)
        for (const [k, theirs] of axes.series.entries()) {
          comparePoints(ours[k]!, theirs, `${plotType}, panel ${p}, series ${k}`)
        }
      }
    }
  } finally {
    dir.remove()
  }
})

/** Bins in which nothing passes in simulation have no ratio here. The reference divides by 1 there, and draws what it likes
 *  where nothing passes in data (0 times infinity is NaN). */
function comparePoints(ours: Points, theirs: Bars, place: string): void {
  is(ours.x.length, theirs.x.length, place)
  let compared = 0
  for (let i = 0; i < ours.x.length; i++) {
    close(ours.x[i]!, theirs.x[i]!, 1e-12, 1e-12, `${place}, x of ${i}`)
    if (Number.isNaN(ours.y[i]!)) continue
    close(ours.y[i]!, theirs.y[i]!, 1e-12, 1e-15, `${place}, y of ${i}`)
    const [low, high] = theirs.up[i]!.map(point => point[1]!)
    close(ours.y[i]! - ours.yLow![i]!, low!, 1e-9, 1e-12, `${place}, low of ${i}`)
    close(ours.y[i]! + ours.yHigh![i]!, high!, 1e-9, 1e-12, `${place}, high of ${i}`)
    const [left, right] = theirs.across[i]!.map(point => point[0]!)
    close(ours.x[i]! - ours.xLow![i]!, left!, 1e-12, 1e-12, `${place}, left of ${i}`)
    close(ours.x[i]! + ours.xHigh![i]!, right!, 1e-12, 1e-12, `${place}, right of ${i}`)
    compared++
  }
  ok(compared >= ours.x.length - 1, place)
}

test.run()
