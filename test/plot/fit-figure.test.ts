import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { drawFigure, type FitPlot, fitFigure, pulls } from '../../lib/plot/index.js'
import { svgOf } from '../../lib/plot/svg.js'
import { close } from '../support/columns.js'
import { frameOf, panelsOf, pointsOf, textsOf } from '../support/figures.js'

const x = Array.from({ length: 31 }, (_, i) => 60 + 2 * i)
const plot: FitPlot = {
  edges: [60, 80, 100, 120],
  counts: [25, 400, 0],
  expected: [30, 380, 4],
  curves: [
    { name: 'Background', role: 'background', x, y: x.map(() => 10) },
    { name: 'Total', role: 'total', x, y: x.map(m => 380 - Math.abs(m - 90) * 10) },
  ],
  parameters: ['\\it{ε} = 0.91 ± 0.02', '\\it{N} = 420 ± 21'],
  title: ['Passing probes'],
  labels: { experiment: 'CMS', status: 'Preliminary', right: '13.6 TeV' },
}

test('data with errors, curves and pulls are where the numbers say', () => {
  const svg = svgOf(drawFigure(fitFigure(plot)))
  const [upper, lower] = panelsOf(svg)
  const top = 1.5 * 420
  const data = pointsOf(upper!, 'Data', { range: [60, 120] }, { range: [0, top] })
  equal(
    data.map(p => [p.x, p.y, p.bottom, p.top].map(v => (v === undefined ? v : Math.round(v)))),
    [
      [70, 25, 20, 30],
      [90, 400, 380, 420],
      [110, 0, undefined, undefined],
    ],
  )
  const pullPoints = pointsOf(lower!, undefined, { range: [60, 120] }, { range: [-4.5, 4.5] })
  for (const [k, wanted] of [-5 / 5, 20 / 20, -4 / 2].entries()) {
    close(pullPoints[k]!.y, wanted, 0, 1e-3)
    close(pullPoints[k]!.top!, wanted + 1, 0, 1e-3)
    close(pullPoints[k]!.bottom!, wanted - 1, 0, 1e-3)
  }
  const curve = /class="curve" aria-label="Total".*\n.*d="M([\d.]+) ([\d.]+)L/.exec(upper!)!
  const [left, frameTop, , bottom] = frameOf(upper!)
  is(Number(curve[1]), left)
  close(Number(curve[2]), bottom - ((bottom - frameTop) * 80) / top, 0, 0.01)
})

test('legend, parameters and title are written', () => {
  const texts = textsOf(svgOf(drawFigure(fitFigure(plot))))
  for (const text of [
    'Passing probes',
    'Data',
    'Total',
    'Background',
    'ε = 0.91 ± 0.02',
    'Events / 20 GeV',
    'Pull',
    'mee [GeV]',
  ]) {
    ok(texts.includes(text), `${text} is not among ${texts}`)
  }
  ok(!texts.some(text => text.includes('failed')))
})

test('a fit that failed says so', () => {
  const texts = textsOf(svgOf(drawFigure(fitFigure({ ...plot, failed: 'no minimum after 200 iterations' }))))
  ok(texts.includes('Fit failed: no minimum after 200 iterations'))
})

test('pulls take the error on the side of the fit', () => {
  equal(pulls([10, 10], [4, 16], [2, 2], [3, 3]), [3, -2])
  equal(pulls([0, 0, 0], [9, 0, 4], [0, 0, 0], [0, 0, 2]), [-3, 0, -2])
})

test('logarithmic counts, bins of different widths', () => {
  const figure = fitFigure({ ...plot, edges: [60, 80, 90, 120], logY: true })
  const [low, high] = figure.panels[0]!.y.range
  ok(low > 0 && low < 25 && high > 420)
  is(figure.panels[0]!.y.label, 'Events / bin')
  const [upper] = panelsOf(svgOf(drawFigure(figure)))
  close(pointsOf(upper!, 'Data', { range: [60, 120] }, { range: [low, high], log: true })[0]!.y, 25, 1e-3)
})

test.run()
