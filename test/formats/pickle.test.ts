import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, ok, throws } from 'uvu/assert'
import { DataError } from '../../lib/core/errors.js'
import { type HistTree, isHist, parseUhiTree, uhiTree } from '../../lib/formats/hist-tree.js'
import { pickleHists } from '../../lib/formats/pickle/pickle.js'
import { equalHists, type Hist, newHist, regularAxis, variableAxis } from '../../lib/hist/index.js'
import { pythonPath, testIf } from '../support/tools.js'

/** Every cell has its own value, so that a wrong order cannot pass. */
function numbered(axes: Hist['axes']): Hist {
  const hist = newHist(axes)
  for (let i = 0; i < hist.value.length; i++) {
    hist.value[i] = i + 0.5
    hist.variance[i] = 1000 - i
  }
  return hist
}

const small = [variableAxis({ name: 'pt', label: 'Pt [GeV]', edges: [5, 10] })]
const mll = regularAxis({ name: 'mll', label: 'mll [GeV]', bins: 4, lower: 50, upper: 130 })
const eta = variableAxis({ name: 'el_eta', label: 'El_eta é', edges: [-2.5, 0, 1.566, 2.5] })

const tree: HistTree = {
  passing: numbered([small[0]!, eta, mll]),
  failing: newHist([small[0]!, eta, mll]),
  pt: { 'barrel/0': { passing: numbered([regularAxis({ name: 'x', bins: 300, lower: -1, upper: 0.2 })]) } },
}

test('a one-bin histogram is pickled byte for byte as Python was seen to read it', () => {
  is(Buffer.from(pickleHists({ passing: numbered(small) })).toString('base64'), EXPECTED)
})

test('strings longer than 255 bytes and more than 256 of them are written', () => {
  const axes = Array.from({ length: 5 }, (_, i) => regularAxis({ name: `axis ${i}`, bins: 1, lower: 0, upper: 1 }))
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`key ${i}`, newHist([axes[i % 5]!])]))
  const bytes = Buffer.from(pickleHists({ ['k'.repeat(300)]: many }))
  ok(bytes.includes(Buffer.from([0x58, 300 & 255, 300 >> 8, 0, 0, 0x6b])))
  ok(bytes.includes(Buffer.from('key 299')))
})

test('a tree of histograms is written as named UHI histograms and read back', () => {
  const text = uhiTree(tree)
  equal(Object.keys(JSON.parse(text)), ['passing', 'failing', 'pt/barrel~10/passing'])
  const back = parseUhiTree(text, 'h.json')
  equal(Object.keys(back), ['passing', 'failing', 'pt'])
  ok(equalHists(back.passing as Hist, tree.passing as Hist))
  const region = (back.pt as HistTree)['barrel/0'] as HistTree
  ok(
    isHist(region.passing!) &&
      equalHists(region.passing, numbered([regularAxis({ name: 'x', bins: 300, lower: -1, upper: 0.2 })])),
  )
})

test('numbers that JSON has not are read back, as Python writes them', () => {
  const hist = newHist([variableAxis({ name: 'NaN', edges: [-Infinity, 0, Infinity] })])
  hist.value.set([NaN, Infinity, -Infinity, 1.5])
  hist.variance.set([Infinity, NaN, 0, -0])
  const text = uhiTree({ 'Infinity "NaN"': hist, '2': newHist(small) })
  ok(text.includes('NaN,Infinity,-Infinity'))
  const back = parseUhiTree(text, 'h.json')
  equal(Object.keys(back).sort(), ['2', 'Infinity "NaN"'])
  ok(equalHists(back['Infinity "NaN"'] as Hist, hist))
  throws(() => parseUhiTree(text.replace('NaN,Infinity', 'NaN,Infinite'), 'h.json'), /h\.json: is not JSON/)
})

test('text that is no tree of histograms is refused with its place', () => {
  const refused = (text: string, what: string) =>
    throws(
      () => parseUhiTree(text, 'h.json'),
      (e: Error) => e instanceof DataError && e.message.startsWith('h.json: ') && e.message.includes(what),
    )
  refused('{', 'is not JSON')
  refused('[]', 'wanted a JSON object')
  refused('{"__proto__/a": {}}', '"__proto__/a" is no name')
  refused('{"passing": {}}', 'h.json: passing: uhi_schema is undefined')
  const one = uhiTree({ a: numbered(small) })
    .trim()
    .slice(1, -1)
  refused(`{${one},${one.replace('"a"', '"a/b"')}}`, '"a/b" lies below a histogram')
})

testIf(
  test,
  pythonPath(),
  'a Python with hist',
)('Python reads the pickle and the UHI JSON as the same hist.Hist', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tnp-pickle-'))
  try {
    writeFileSync(join(dir, 'h.pkl'), pickleHists(tree))
    writeFileSync(join(dir, 'h.json'), uhiTree(tree))
    writeFileSync(join(dir, 'one.pkl'), Buffer.from(EXPECTED, 'base64'))
    const run = spawnSync(pythonPath()!, ['-c', CHECK], { cwd: dir, encoding: 'utf8' })
    is(run.stderr, '')
    is(run.stdout, 'ok\n')
  } finally {
    rmSync(dir, { recursive: true })
  }
})

const CHECK = `
import json, pickle
import hist, numpy as np
from hist.serialization import from_uhi
t = pickle.load(open("h.pkl", "rb"))
assert list(t) == ["passing", "failing", "pt"] and list(t["pt"]) == ["barrel/0"]
pt = hist.axis.Variable([5, 10], name="pt", label="Pt [GeV]")
eta = hist.axis.Variable([-2.5, 0, 1.566, 2.5], name="el_eta", label="El_eta é")
mll = hist.axis.Regular(4, 50, 130, name="mll", label="mll [GeV]")
want = hist.Hist(pt, eta, mll, storage=hist.storage.Weight())
n = want.view(flow=True).size
want.view(flow=True).value = (np.arange(n) + 0.5).reshape(want.axes.extent, order="F")
want.view(flow=True).variance = (1000.0 - np.arange(n)).reshape(want.axes.extent, order="F")
got = t["passing"]
assert type(got) is hist.Hist and got == want and got.axes == want.axes
assert [a.label for a in got.axes] == [a.label for a in want.axes]
assert np.array_equal(got.view(flow=True), want.view(flow=True))
assert got.name is None and got.label is None
assert t["failing"].sum(flow=True).value == 0
t["failing"].fill([6.0], [0.5], [91.0], weight=2.0)
assert t["failing"][hist.loc(6), hist.loc(0.5), hist.loc(91)].variance == 4
x = t["pt"]["barrel/0"]["passing"]
assert x.axes[0] == hist.axis.Regular(300, -1, 0.2, name="x", label="")
assert pickle.loads(pickle.dumps(got)) == got
j = json.load(open("h.json"))
assert from_uhi(j["passing"]) == want and from_uhi(j["passing"]).axes == want.axes
assert from_uhi(j["pt/barrel~10/passing"]) == x
one = pickle.load(open("one.pkl", "rb"))["passing"]
assert one.view(flow=True).value.tolist() == [0.5, 1.5, 2.5] and one.axes[0] == pt
print("ok")
`

const EXPECTED =
  'gAR9KIwHcGFzc2luZ5SMCWhpc3QuaGlzdJSMBEhpc3SUk5QpgShLAH0ojA9fdmFyaWFuY2Vfa25vd26UiIwIbWV0YWRhdGGUTowEbmFtZZROjA' +
  'VsYWJlbJROjAVfaGlzdJSMGmJvb3N0X2hpc3RvZ3JhbS5fY29yZS5oaXN0lIwKYW55X3dlaWdodJSTlCmBKEsASwFLAEsASwlLAIwWbnVtcHku' +
  'X2NvcmUubXVsdGlhcnJheZSMDF9yZWNvbnN0cnVjdJSTlCiMBW51bXB5lIwHbmRhcnJheZSTlChLAHRDAWJ0UihLAShLAnRoD4wFZHR5cGWUk5' +
  'QojAJmOJSJiHRSKEsDjAE8lE5OTkr/////Sv////9LAHRilIlDEAAAAAAAABRAAAAAAAAAJEB0Yn0oaAaMAnB0lGgHjAhQdCBbR2VWXZR1SwBo' +
  'DihoEShLAHRDAWJ0UihLAShLBnRoFolDMAAAAAAAAOA/AAAAAABAj0AAAAAAAAD4PwAAAAAAOI9AAAAAAAAABEAAAAAAADCPQHRidGJ1dGJ1Lg' +
  '=='

test.run()
