import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { variableAxis } from '../../lib/hist/index.js'
import { colourAt, DIVERGING, inkOn, VIRIDIS } from '../../lib/plot/colours.js'
import { drawFigure, efficiencyMap, efficiencyRange, scaleFactorMap } from '../../lib/plot/index.js'
import { svgOf } from '../../lib/plot/svg.js'
import { frameOf, panelsOf, textsOf } from '../support/figures.js'
import { probes, tableOf } from './hists.js'

const pt = variableAxis({ name: 'el_pt', edges: [10, 20, 100] })
const eta = variableAxis({ name: 'el_eta', edges: [-2.5, -1.566, 2.5] })
const labels = { experiment: 'CMS', status: '', right: '' }
const axes = ['el_eta', 'el_pt']
/** eta -2.5 to -1.566: 2 of 10, 6 of 10; above: nothing, 9 of 10. */
const data = tableOf(
  probes([pt, eta], ([i, j]) => [[2, 8] as const, [0, 0] as const, [6, 4] as const, [9, 1] as const][2 * i! + j!]!),
  axes,
)
const simulation = tableOf(
  probes([pt, eta], () => [8, 2]),
  axes,
)

interface Cell {
  readonly role: string
  readonly box: readonly number[]
  readonly colour: string
}

function cellsOf(panel: string): Cell[] {
  const cell = /class="(cell|empty)" d="M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)H[\d.]+Z" fill="(#\w+)"/g
  return [...panel.matchAll(cell)].map(m => ({ role: m[1]!, box: m.slice(2, 6).map(Number), colour: m[6]! }))
}

test('cells have the colours and the numbers of their bins, eta to the right, pt upwards', () => {
  const svg = svgOf(drawFigure(efficiencyMap(data, { labels, label: 'Efficiency', zRange: [0, 1] })))
  const [panel] = panelsOf(svg)
  const [left, top, right, bottom] = frameOf(panel!)
  const [midX, midY] = [(left + right) / 2, (top + bottom) / 2]
  equal(
    cellsOf(panel!).map(({ role, box, colour }) => [role, ...box.map(Math.round), colour]),
    [
      ['cell', left, midY, midX, bottom, colourAt(VIRIDIS, 0.2)],
      ['cell', left, top, midX, midY, colourAt(VIRIDIS, 0.6)],
      ['empty', midX, midY, right, bottom, '#ececec'],
      ['cell', midX, top, right, midY, colourAt(VIRIDIS, 0.9)],
    ].map(row => row.map(v => (typeof v === 'number' ? Math.round(v) : v))),
  )
  const texts = textsOf(panel!)
  for (const text of ['0.200', '0.600', '0.900', '−2.5', '−1.566', '2.5', '10', '20', '100']) {
    ok(texts.includes(text), `${text} is not among ${texts}`)
  }
  is(texts.filter(text => text.startsWith('+')).length, 3)
})

test('scale factors are data over simulation, white at 1, as far to both sides', () => {
  const figure = scaleFactorMap(data, simulation, { labels, label: 'Scale factor' })
  equal(figure.colourBar!.scale.range, [0.5, 1.5])
  const [panel] = panelsOf(svgOf(drawFigure(figure)))
  // 0.2 / 0.8, below the range; 0.6 / 0.8; none; 0.9 / 0.8.
  equal(
    cellsOf(panel!).map(cell => cell.colour),
    [DIVERGING[0], colourAt(DIVERGING, 0.25), '#ececec', colourAt(DIVERGING, 0.625)],
  )
  ok(textsOf(panel!).includes('0.250') && textsOf(panel!).includes('1.125'))
  const near = tableOf(
    probes([pt, eta], () => [81, 19]),
    axes,
  )
  equal(scaleFactorMap(near, simulation, { labels, label: '' }).colourBar!.scale.range, [0.95, 1.05])
})

test('colours of efficiencies reach from tenth to tenth, over all maps', () => {
  equal(efficiencyRange([data.rows]), [0.2, 0.9])
  equal(efficiencyRange([simulation.rows]), [0.8, 0.9])
  equal(
    efficiencyRange([
      data.rows,
      tableOf(
        probes([pt, eta], () => [1, 0]),
        axes,
      ).rows,
    ]),
    [0.2, 1],
  )
})

test('many bins lie as their edges do, without numbers', () => {
  const fine = variableAxis({ name: 'el_eta', edges: Array.from({ length: 31 }, (_, i) => (i * i) / 100) })
  const table = tableOf(
    probes([pt, fine], () => [5, 5]),
    axes,
  )
  const [panel] = panelsOf(svgOf(drawFigure(efficiencyMap(table, { labels, label: '' }))))
  const [left, , right] = frameOf(panel!)
  const cells = cellsOf(panel!)
  is(cells.length, 60)
  ok(!textsOf(panel!).includes('0.500'))
  const at = (edge: number) => left + (edge / 9) * (right - left)
  for (const [k, { box }] of cells.entries()) {
    const i = Math.floor(k / 2)
    ok(Math.abs(box[0]! - at((i * i) / 100)) < 0.02 && Math.abs(box[2]! - at(((i + 1) * (i + 1)) / 100)) < 0.02)
  }
})

test('numbers are black or white, whichever is read more easily', () => {
  equal(
    [inkOn('#440154'), inkOn('#fde725'), inkOn('#f7f7f7'), inkOn('#3e4989')],
    ['#ffffff', '#000000', '#000000', '#ffffff'],
  )
})

test('the colours between two stops lie between them', () => {
  equal([colourAt(['#000000', '#ff8000'], 0.5), colourAt(['#000000', '#ff8000'], -1)], ['#804000', '#000000'])
  is(colourAt(VIRIDIS, 1), VIRIDIS.at(-1))
})

test.run()
