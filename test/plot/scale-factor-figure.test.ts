import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { variableAxis } from '../../lib/hist/index.js'
import {
  type ColourMap,
  type Curve,
  type Figure,
  type Points,
  renderFigure,
  type ScaleFactorCell,
  type ScaleFactorGrid,
  scaleFactorGridMap,
  scaleFactorSlices,
  transposed,
  uncertaintyMap,
} from '../../lib/plot/index.js'

const labels = { experiment: 'CMS', status: 'Preliminary', right: '13.6 TeV' }
const x = variableAxis({ name: 'el_eta', edges: [-2, 0, 2] })
const y = variableAxis({ name: 'el_pt', edges: [10, 20, 50, 100] })
const measured = (value: number, error = 0.01) => ({ value, low: error, high: 2 * error })

function cell(data: number, simulation: number, error = 0.02): ScaleFactorCell {
  return {
    data: measured(data),
    simulation: measured(simulation, 0.001),
    scaleFactor: measured(data / simulation, error),
    failed: false,
  }
}

const nothing = { value: NaN, low: NaN, high: NaN }
const FAILED: ScaleFactorCell = { data: nothing, simulation: nothing, scaleFactor: nothing, failed: true }
const LEFT_OUT = { ...FAILED, failed: false }
const grid: ScaleFactorGrid = {
  x,
  y,
  cells: [cell(0.7, 0.75), FAILED, LEFT_OUT, cell(0.72, 0.8), cell(0.85, 0.86), LEFT_OUT],
}

const marks = ({ panels }: Figure, panel: number) => panels[panel]!.marks
const pointsOf = (figure: Figure, panel: number) => marks(figure, panel).filter((m): m is Points => m.kind === 'points')

test('slices: data as points, simulation as dashes across the bins, scale factors with their errors below', () => {
  const [figure, ...others] = scaleFactorSlices(grid, { labels, title: ['Medium'] })
  equal(others, [])
  const [second, first] = pointsOf(figure!, 0)
  equal([first!.name, second!.name], ['10 < \\it{p}_{T} < 20 GeV', '20 < \\it{p}_{T} < 50 GeV'])
  equal(
    [first!.y, first!.yLow, first!.yHigh],
    [
      [0.7, 0.72],
      [0.01, 0.01],
      [0.02, 0.02],
    ],
  )
  equal(first!.x, [-1, 1])
  const curves = marks(figure!, 0).filter((m): m is Curve => m.kind === 'curve' && m.x.length > 0)
  equal(curves.at(-1)!.x, [-2, 0, NaN, 0, 2, NaN])
  equal(curves.at(-1)!.y, [0.75, 0.75, NaN, 0.8, 0.8, NaN])
  is(curves.at(-1)!.colour, first!.colour)
  const ratios = pointsOf(figure!, 1)
  equal(ratios[1]!.y, [0.7 / 0.75, 0.72 / 0.8])
  equal(ratios[1]!.yHigh, [0.04, 0.04])
  const [low, high] = figure!.panels[1]!.y.range
  // 0.9 - 0.02: to the next 0.05.
  ok(Math.abs(low - 0.85) < 1e-12 && Math.abs(high - 1.15) < 1e-12)
  ok(figure!.panels[0]!.y.range[0] <= 0.69)
})

test('a bin that failed has a mark and a legend; bins that were left out in every slice have no entry', () => {
  const [figure] = scaleFactorSlices(grid, { labels })
  const failed = pointsOf(figure!, 1).filter(p => p.marker === 'x')
  equal(
    failed.map(p => Array.from(p.y, Number.isFinite)),
    [
      [false, false],
      [true, false],
    ],
  )
  equal(
    figure!.panels[0]!.legend!.extra!.map(entry => entry.name),
    ['No scale factor'],
  )
  is(pointsOf(figure!, 0).length, 2)
  const without = scaleFactorSlices({ ...grid, cells: grid.cells.map(c => (c.failed ? LEFT_OUT : c)) }, { labels })
  equal(without[0]!.panels[0]!.legend!.extra, [])
})

/** Toy efficiencies in three bins of eta and six of pt, with one that failed. */
function toy(): ScaleFactorGrid {
  const pt = variableAxis({ name: 'el_pt', edges: [10, 20, 35, 50, 100, 200, 500] })
  const eta = variableAxis({ name: 'el_superclusterEta', edges: [0, 0.8, 1.4442, 1.566, 2.5] })
  const cells = Array.from({ length: 24 }, (_, k): ScaleFactorCell => {
    const [i, j] = [Math.floor(k / 6), k % 6]
    if (i === 2) return LEFT_OUT
    if (k === 19) return FAILED
    const mc = 0.93 - 0.04 * i - 0.22 * Math.exp(-j)
    const sf = 0.97 + 0.005 * j + 0.004 * ((7 * k) % 5)
    const error = 0.006 + 0.012 * Math.exp(-j) + (j === 5 ? 0.012 : 0)
    return {
      data: measured(mc * sf, error / 3),
      simulation: measured(mc, 0.001),
      scaleFactor: { value: sf, low: error, high: error },
      failed: false,
    }
  })
  return { x: eta, y: pt, cells }
}

const GOLDEN = 'test/plot/golden/scale-factors.svg'

test('the figure is what it was: look at it where it changes, then remove the file and run this again', async () => {
  const right = { ...labels, right: '26.7 fb^{-1}, 2022 (13.6 TeV)' }
  const [figure] = scaleFactorSlices(transposed(toy()), { labels: right, title: ['Medium, 2022'] })
  const svg = await renderFigure(figure!, 'svg')
  if (!existsSync(GOLDEN)) writeFileSync(GOLDEN, svg)
  is(svg.toString('utf8'), readFileSync(GOLDEN, 'utf8'))
})

test('the other way round', () => {
  const turned = transposed(grid)
  equal([turned.x.name, turned.y.name], ['el_pt', 'el_eta'])
  // pt by pt, eta fastest
  equal(
    turned.cells,
    [0, 3, 1, 4, 2, 5].map(k => grid.cells[k]!),
  )
  equal(transposed(turned).cells, grid.cells)
  const [figure] = scaleFactorSlices(turned, { labels })
  equal(pointsOf(figure!, 0).at(-1)!.y, [0.7, NaN, NaN])
})

test('more than six slices are several figures', () => {
  const many = variableAxis({ name: 'el_pt', edges: [10, 20, 30, 40, 50, 60, 70, 80] })
  const cells = Array.from({ length: 14 }, () => cell(0.8, 0.9))
  equal(
    scaleFactorSlices({ x, y: many, cells }, { labels }).map(figure => pointsOf(figure, 0).length),
    [4, 3],
  )
})

test('maps: around 1, from 0 for uncertainties; failed cells say so; all can be drawn', async () => {
  const map = scaleFactorGridMap(grid, { labels, label: 'scale factor' })
  const [sf] = marks(map, 0) as [ColourMap]
  equal(
    sf.values,
    grid.cells.map(c => c.scaleFactor.value),
  )
  equal(sf.texts!.slice(0, 3), [['0.933', '+0.040', '−0.020'], ['failed'], []])
  const [low, high] = sf.scale.range
  ok(Math.abs(low + high - 2) < 1e-12 && low <= 0.9)
  const values = [0.0123, NaN, NaN, 0.004, 0, NaN]
  const failed = grid.cells.map(c => c.failed)
  const uncertainty = uncertaintyMap(x, y, values, failed, { labels, label: 'uncertainty', digits: 4 })
  const [own] = marks(uncertainty, 0) as [ColourMap]
  equal(own.texts, [['0.0123'], ['failed'], [], ['0.0040'], ['0.0000'], []])
  is(own.scale.range[0], 0)
  ok(Math.abs(own.scale.range[1] - 0.013) < 1e-12)
  ok((await renderFigure(uncertainty, 'svg')).length > 1000)
  // Nothing but failed and left out: no range of values.
  const bare = uncertaintyMap(
    x,
    y,
    values.map(() => NaN),
    failed,
    { labels, label: 'u', digits: 4 },
  )
  ok((await renderFigure(bare, 'svg')).length > 1000)
  for (const figure of scaleFactorSlices({ ...grid, cells: grid.cells.map(() => FAILED) }, { labels })) {
    ok((await renderFigure(figure, 'svg')).length > 1000)
  }
})

test.run()
