import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { clopperPearson, type EfficiencyRow, variableAxis } from '../../lib/hist/index.js'
import { drawFigure, efficiencyFigure, type Points, ratioOf, sliceFigures } from '../../lib/plot/index.js'
import { svgOf } from '../../lib/plot/svg.js'
import { close } from '../support/columns.js'
import { panelsOf, pointsOf, type ReadAxis, textsOf } from '../support/figures.js'
import { probes, tableOf } from './hists.js'

const pt = variableAxis({ name: 'el_pt', edges: [10, 20, 50, 200] })
const eta = variableAxis({ name: 'el_eta', edges: [-2.5, 0, 2.5] })
const labels = { experiment: 'CMS', status: 'Preliminary', right: '26.7 fb^{-1} (13.6 TeV)' }
const data = tableOf(probes([pt], ([i]) => [[3, 9] as const, [40, 10] as const, [0, 0] as const][i!]!))
const simulation = tableOf(probes([pt], ([i]) => [[5, 15] as const, [90, 10] as const, [4, 0] as const][i!]!))
const LOG: ReadAxis = { range: [10, 200], log: true }
const Y: ReadAxis = { range: [0, 1.2] }
const RATIO: ReadAxis = { range: [0.7, 1.3] }
/** A hundredth of a pixel of 366, over a range of 1.2. */
const PRECISION = 5e-5

const drawn = (figure: Parameters<typeof drawFigure>[0]) => svgOf(drawFigure(figure))

test('points and error bars are where the numbers say, on a logarithmic axis', () => {
  const [panel] = panelsOf(drawn(efficiencyFigure([{ name: 'Data', table: data }], { labels })))
  const points = pointsOf(panel!, 'Data', LOG, Y)
  is(points.length, 2, 'a bin without probes has no point')
  for (const [k, [low, high, passing, total]] of [
    [10, 20, 3, 12],
    [20, 50, 40, 50],
  ].entries()) {
    const { x, y, left, right, bottom, top, hint } = points[k]!
    const interval = clopperPearson(passing!, total!)
    close(x, (low! + high!) / 2, 1e-4)
    close(left!, low!, 1e-4)
    close(right!, high!, 1e-4)
    close(y, passing! / total!, 0, PRECISION)
    close(bottom!, interval.low, 0, PRECISION)
    close(top!, interval.high, 0, PRECISION)
    ok(hint.startsWith(`${low} to ${high}: ${passing! / total!} +`), hint)
  }
})

test('the lower panel has the ratio, the first over the other', () => {
  const inputs = [
    { name: 'Data', table: data },
    { name: 'MC', table: simulation },
  ]
  const panels = panelsOf(drawn(efficiencyFigure(inputs, { labels })))
  is(panels.length, 2)
  const points = pointsOf(panels[1]!, undefined, LOG, RATIO)
  // 0.25 / 0.25, 0.8 / 0.9; no data above 50 GeV.
  equal(
    points.map(({ y }) => y.toFixed(3)),
    ['1.000', '0.889'],
  )
  const [a, b] = [clopperPearson(40, 50), clopperPearson(90, 100)]
  const ratio = 0.8 / 0.9
  close(points[1]!.bottom!, ratio - ratio * Math.hypot((0.8 - a.low) / 0.8, (b.high - 0.9) / 0.9), 0, PRECISION)
  close(points[1]!.top!, ratio + ratio * Math.hypot((a.high - 0.8) / 0.8, (0.9 - b.low) / 0.9), 0, PRECISION)
  ok(textsOf(panels[1]!).includes('Data / MC'))
  is(panelsOf(drawn(efficiencyFigure(inputs, { labels, ratio: false }))).length, 1)
})

test('errors of ratios: opposite sides go together; of the same side as in the reference', () => {
  const row = (efficiency: number, errorLow: number, errorHigh: number): EfficiencyRow => ({
    ...{ bins: [], passing: 0, total: 0, entries: 0, problem: null },
    ...{ efficiency, errorLow, errorHigh },
  })
  const [a, b] = [row(0.9, 0.03, 0.01), row(0.6, 0.02, 0.04)]
  const { value, low, high } = ratioOf(a, b)
  close(value, 1.5, 1e-15)
  close(low, 1.5 * Math.hypot(0.03 / 0.9, 0.04 / 0.6), 1e-12)
  close(high, 1.5 * Math.hypot(0.01 / 0.9, 0.02 / 0.6), 1e-12)
  const reference = ratioOf(a, b, 'reference')
  close(reference.low, 1.5 * Math.hypot(0.03 / 0.9, 0.02 / 0.6), 1e-12)
  close(reference.high, 1.5 * Math.hypot(0.01 / 0.9, 0.04 / 0.6), 1e-12)
  // Nothing passes in data: the relative error is infinite, the error is not.
  const none = ratioOf(row(0, 0, 0.1), b)
  equal([none.value, none.low], [0, 0])
  close(none.high, 0.1 / 0.6, 1e-12)
  ok(Number.isNaN(ratioOf(a, row(0, 0, 0.1)).value))
  ok(Number.isNaN(ratioOf(row(NaN, NaN, NaN), b).value))
})

test('a plot type gives the ranges and the label of the reference', () => {
  const figure = efficiencyFigure([{ name: 'Data', table: data }], { labels, plotType: 'pt_high_threshold' })
  const [panel] = panelsOf(drawn(figure))
  close(pointsOf(panel!, 'Data', { range: [10, 400] }, Y)[1]!.x, 35, 1e-3)
  ok(textsOf(panel!).includes('Offline electron pT [GeV]'))
  const low = efficiencyFigure([{ name: 'Data', table: data }], { labels, plotType: 'pt_low_threshold' })
  close(pointsOf(panelsOf(drawn(low))[0]!, 'Data', { range: [10, 400], log: true }, Y)[1]!.x, 35, 1e-3)
})

test('points beyond the axis become arrows, not nothing', () => {
  const svg = drawn(efficiencyFigure([{ name: 'Data', table: data }], { labels, yRange: [0.5, 1] }))
  const [panel] = panelsOf(svg)
  is(pointsOf(panel!, 'Data', LOG, { range: [0.5, 1] }).length, 1)
  is(panel!.match(/class="beyond"/g)?.length, 1)
  ok(/class="beyond".*<title>10 to 20: 0.25 /.test(panel!))
})

test('a bin without an interval is an x, and the legend says so', () => {
  const odd = probes([pt], () => [5, 5])
  odd.failing.value[1] = -2
  odd.failing.variance[1] = 2
  const [panel] = panelsOf(drawn(efficiencyFigure([{ name: 'MC', table: tableOf(odd) }], { labels })))
  is(pointsOf(panel!, 'MC', LOG, Y).length, 2)
  ok(textsOf(panel!).includes('No interval'))
  // 5 of 3: beyond an axis that ends at 1.2.
  ok(/class="beyond".*<title>10 to 20: 1.667/.test(panel!))
})

test('the legend lies where no data are; where they are everywhere, the axis gets longer', () => {
  const legendTop = (svg: string) => {
    const legend = panelsOf(svg)[0]!.split('<g class="legend">')[1]!.split('\n </g>')[0]!
    return Math.min(...[...legend.matchAll(/translate\([\d.]+ ([\d.]+)\)/g)].map(m => Number(m[1])))
  }
  const rising = probes([pt], ([i]) => [[1, 9] as const, [5, 5] as const, [95, 5] as const][i!]!)
  ok(legendTop(drawn(efficiencyFigure([{ name: 'Data', table: tableOf(rising) }], { labels }))) > 300)
  const many = probes([variableAxis({ name: 'phi', edges: Array.from({ length: 41 }, (_, i) => i / 10) })], ([i]) => [
    10 + ((i! * 7) % 80),
    90 - ((i! * 7) % 80),
  ])
  const inputs = [{ name: 'Data', table: tableOf(many) }]
  const small = drawn(efficiencyFigure(inputs, { labels }))
  ok(textsOf(small).includes('1.2') && !textsOf(small).includes('1.4'), 'one line finds room above the data')
  const title = ['one', 'two', 'three', 'four', 'five', 'six', 'seven']
  const svg = drawn(efficiencyFigure(inputs, { labels, title }))
  ok(legendTop(svg) < 120)
  ok(textsOf(svg).includes('1.4'), 'the axis reaches higher than 1.2')
  const asked = drawn(efficiencyFigure(inputs, { labels, title, yRange: [0, 1] }))
  ok(textsOf(asked).includes('1.0') && !textsOf(asked).includes('1.2'), 'a range that was asked for stays')
})

test('slices: one colour each, first input filled, the others open, ratios slice by slice', () => {
  const run = (shift: number) =>
    tableOf(
      probes([pt, eta], ([i, j]) => [10 + 10 * i! + 20 * j! + shift, 50]),
      ['el_pt', 'el_eta'],
    )
  const inputs = [
    { name: 'Data', table: run(0) },
    { name: 'MC', table: run(5) },
  ]
  const figures = sliceFigures(inputs, { labels })
  is(figures.length, 1)
  const [upper, lower] = figures[0]!.panels
  const of = (panel: typeof upper) => panel!.marks.filter(mark => mark.kind === 'points')
  equal(
    of(upper)
      .map(({ name, open }) => [name, open])
      .reverse(),
    [
      ['−2.5 < η < 0', false],
      ['0 < η < 2.5', false],
      [undefined, true],
      [undefined, true],
    ],
  )
  is(new Set(of(upper).map(({ colour }) => colour)).size, 2)
  const second = of(upper).reverse()[1]!
  equal(Array.from(second.y), [30 / 80, 40 / 90, 50 / 100])
  const ratios = of(lower).reverse()
  close(ratios[1]!.y[0]!, 30 / 80 / (35 / 85), 1e-12)
  ok(textsOf(drawn(figures[0]!)).includes('MC'))
})

test('more than six slices become several figures of about the same number', () => {
  const many = variableAxis({ name: 'el_eta', edges: Array.from({ length: 11 }, (_, i) => i) })
  const table = tableOf(
    probes([pt, many], ([, j]) => [j!, 10]),
    ['el_pt', 'el_eta'],
  )
  const figures = sliceFigures([{ name: 'Data', table }], { labels })
  const names = figures.map(({ panels }) => panels[0]!.marks.flatMap(m => ('name' in m ? [m.name] : [])).reverse())
  equal(
    names.map(n => n.length),
    [5, 5],
  )
  equal([names[0]![0], names[1]![0], names[1]![4]], ['0 < η < 1', '5 < η < 6', '9 < η < 10'])
  equal(Array.from((figures[1]!.panels[0]!.marks.at(-1) as Points).y), [5 / 15, 5 / 15, 5 / 15])
})

test('an edge at infinity is drawn one bin further', () => {
  const open = variableAxis({ name: 'el_pt', edges: [10, 20, Number.POSITIVE_INFINITY] })
  const table = tableOf(probes([open], () => [5, 5]))
  const [panel] = panelsOf(drawn(efficiencyFigure([{ name: 'Data', table }], { labels })))
  equal(
    pointsOf(panel!, 'Data', { range: [10, 30] }, Y).map(({ x, right }) => [Math.round(x), Math.round(right!)]),
    [
      [15, 20],
      [25, 30],
    ],
  )
})

test.run()
