import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, is, not, ok } from 'uvu/assert'
import { variableAxis } from '../../lib/hist/index.js'
import { efficiencyFigure, renderFigure } from '../../lib/plot/index.js'
import { frameOf, panelsOf, readPng } from '../support/figures.js'
import { probes, tableOf } from './hists.js'

const pt = variableAxis({ name: 'el_pt', edges: [10, 20, 30, 40, 60, 100, 200] })
const run = (counts: readonly (readonly [number, number])[]) => tableOf(probes([pt], ([i]) => counts[i!]!))
const figure = efficiencyFigure(
  [
    { name: 'Data', table: run([[1, 60], [20, 80], [90, 30], [180, 20], [95, 6], [20, 0]]) }, // biome-ignore format: one line
    { name: 'Simulation', table: run([[4, 200], [70, 230], [300, 80], [600, 50], [290, 20], [55, 2]]) }, // biome-ignore format: one line
  ],
  {
    labels: { experiment: 'CMS', status: 'Preliminary', right: '26.7 fb^{-1} (13.6 TeV)' },
    title: ['HLT_Ele30_WPTight_Gsf'],
  },
)
const GOLDEN = 'test/plot/golden/efficiency.svg'

test('an SVG is what it was: look at it where it changes, then remove the file and run this again', async () => {
  const svg = await renderFigure(figure, 'svg')
  if (!existsSync(GOLDEN)) writeFileSync(GOLDEN, svg)
  is(svg.toString('utf8'), readFileSync(GOLDEN, 'utf8'))
})

test('an SVG is well-formed and refers to nothing outside of it', async () => {
  const svg = (await renderFigure(figure, 'svg')).toString('utf8')
  const open: string[] = []
  for (const [, end, name, closed] of svg.matchAll(/<(\/?)([a-zA-Z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (end === '/') is(open.pop(), name)
    else if (closed !== '/') open.push(name!)
  }
  equal(open, [])
  const odd = { ...figure, title: 'a < b & "c"' }
  ok((await renderFigure(odd, 'svg')).includes('<title>a &lt; b &amp; &quot;c&quot;</title>'))
  const ids = new Set([...svg.matchAll(/ id="(\w+)"/g)].map(m => m[1]))
  const references = [...svg.matchAll(/(?:href="|url\()([^")]+)/g)].map(m => m[1]!)
  ok(references.length > 100)
  ok(references.every(reference => reference.startsWith('#') && ids.has(reference.slice(1))))
  ok(!/<text|font-family|NaN|undefined/.test(svg))
})

test('a PNG has two pixels for one, on white, with the points in their colours', async () => {
  const png = readPng(await renderFigure(figure, 'png'))
  equal([png.width, png.height], [1200, 1200])
  equal(png.at(0, 0), [255, 255, 255, 255])
  const svg = (await renderFigure(figure, 'svg')).toString('utf8')
  const [panel] = panelsOf(svg)
  const [left, top, right, bottom] = frameOf(panel!).map(v => Math.round(2 * v)) as [number, number, number, number]
  // The frame is a black line, the ground above it is white.
  equal(png.at(left, (top + bottom) >> 1).slice(0, 3), [0, 0, 0])
  // 20 of 20 in the last bin, whose middle is 150; the axis goes from 10 to 200 and from 0 to 1.2.
  const x = Math.round(left + ((right - left) * Math.log(15)) / Math.log(20))
  const y = Math.round(bottom - (bottom - top) / 1.2)
  equal(png.at(x, y), [0, 0, 0, 255])
  // 55 of 57 in simulation: Petroff's blue.
  const other = Math.round(bottom - ((bottom - top) * 55) / 57 / 1.2)
  equal(png.at(x + 4, other + 5).slice(0, 3), [0x3f, 0x90, 0xda])
})

test('a PDF has one page of the size of the figure, texts, and its fonts in it', async () => {
  const pdf = await renderFigure(figure, 'pdf')
  const text = pdf.toString('latin1')
  ok(text.startsWith('%PDF-1.') && text.trimEnd().endsWith('%%EOF'))
  equal(text.match(/\/MediaBox \[[^\]]*\]/g), ['/MediaBox [0 0 450 450]'])
  equal(
    [...text.matchAll(/\/BaseFont \/\w+\+(\S+)/g)]
      .map(m => m[1])
      .filter((name, k, all) => all.indexOf(name) === k)
      .sort(),
    ['Arimo', 'Arimo-Bold', 'Arimo-Italic'],
  )
  is(text.match(/\/FontFile2 /g)?.length, 3)
  not.ok(/CreationDate|Helvetica/.test(text))
  const [content] = [...text.matchAll(/stream\r?\n/g)]
    .map(m => m.index! + m[0].length)
    .flatMap(at => {
      try {
        return [inflateSync(pdf.subarray(at)).toString('latin1')]
      } catch {
        return []
      }
    })
  ok(/BT[\s\S]*TJ[\s\S]*ET/.test(content!), 'texts are set, not drawn')
})

test('the same figure gives the same bytes', async () => {
  for (const format of ['svg', 'pdf', 'png'] as const) {
    ok((await renderFigure(figure, format)).equals(await renderFigure(figure, format)), format)
  }
})

test.run()
