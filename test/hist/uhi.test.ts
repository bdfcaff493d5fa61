import { test } from 'uvu'
import { equal, is, ok, throws } from 'uvu/assert'
import { DataError } from '../../lib/core/errors.js'
import {
  axisExtent,
  equalHists,
  newHist,
  parseUhi,
  regularAxis,
  uhiSparseText,
  uhiText,
  variableAxis,
} from '../../lib/hist/index.js'
import { sameValues } from '../support/columns.js'

function example() {
  const hist = newHist([
    variableAxis({ name: 'pt', label: 'Pt [GeV]', edges: [5, 10.5] }),
    regularAxis({ name: 'mll', label: '', bins: 2, lower: 50, upper: 130 }),
  ])
  hist.value.set([0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32.25])
  hist.variance.set([0, 0.1, 0, 0, 1e-300, 0, 0, 0, 0, 0, 0, 7])
  return hist
}

test('the text is what the schema wants, with the first axis outermost', () => {
  is(
    uhiText(example()),
    '{"uhi_schema":1,"axes":[' +
      '{"type":"variable","edges":[5,10.5],"underflow":true,"overflow":true,"circular":false,' +
      '"metadata":{"name":"pt","label":"Pt [GeV]"}},' +
      '{"type":"regular","lower":50,"upper":130,"bins":2,"underflow":true,"overflow":true,"circular":false,' +
      '"metadata":{"name":"mll","label":""}}],' +
      '"storage":{"type":"weighted","values":[[0,10,20,30],[1,11,21,31],[2,12,22,32.25]],' +
      '"variances":[[0,0,0,0],[0.1,1e-300,0,0],[0,0,0,7]]}}',
  )
})

test('reading back what was written gives an equal histogram', () => {
  const hist = example()
  hist.value[3] = -0
  ok(equalHists(parseUhi(JSON.parse(uhiText(hist)), 'h'), hist))
})

test('numbers that JSON lacks are written as Python writes them', () => {
  const hist = newHist([variableAxis({ name: 'x', edges: [-Infinity, 0, Infinity] })])
  hist.value.set([NaN, Infinity, -Infinity, 0])
  const text = uhiText(hist)
  ok(text.includes('"edges":[-Infinity,0,Infinity]'))
  ok(text.includes('"values":[NaN,Infinity,-Infinity,0]'))
})

test('sparse storage is read', () => {
  const json = JSON.parse(uhiText(newHist(example().axes)))
  json.storage = {
    type: 'weighted',
    index: [
      [0, 2, 1],
      [0, 3, 2],
    ],
    values: [1.5, 2.5, 3.5],
    variances: [10, 20, 30],
  }
  const hist = parseUhi(json, 'h')
  sameValues(hist.value, [1.5, 0, 0, 0, 0, 0, 0, 3.5, 0, 0, 0, 2.5])
  sameValues(hist.variance, [10, 0, 0, 0, 0, 0, 0, 30, 0, 0, 0, 20])
})

test('the sparse text lists the cells that are not 0, and is JSON whatever they are', () => {
  const hist = newHist([regularAxis({ name: 'x', label: '', bins: 1, lower: 0, upper: 1 }), ...example().axes])
  hist.value.set([0, 1.5, -0], 0)
  hist.variance[4] = 2
  hist.value[35] = Number.NaN
  hist.variance[35] = Number.POSITIVE_INFINITY
  const { storage } = JSON.parse(uhiSparseText(hist)) as { storage: unknown }
  equal(storage, {
    type: 'weighted',
    index: [
      [1, 2, 1, 2],
      [0, 0, 1, 2],
      [0, 0, 0, 3],
    ],
    values: [1.5, -0, 0, 'NaN'],
    variances: [0, 0, 2, 'Infinity'],
  })
  ok(equalHists(parseUhi(JSON.parse(uhiSparseText(hist)), 'h'), hist))
})

test('a histogram without cells is read as an empty one', () => {
  const json = JSON.parse(uhiText(example()))
  json.storage = { type: 'weighted' }
  ok(equalHists(parseUhi(json, 'h'), newHist(example().axes)))
})

test('of storages of counts, the variances are the counts', () => {
  for (const type of ['int', 'double']) {
    const json = JSON.parse(uhiText(example()))
    json.storage = { type, values: json.storage.values }
    const hist = parseUhi(json, 'h')
    equal([...hist.value], [...example().value])
    equal([...hist.variance], [...example().value])
    json.storage = { type, index: [[0], [1]], values: [7] }
    equal(parseUhi(json, 'h').variance[axisExtent(example().axes[0]!)], 7)
  }
})

test('what is not such a histogram is refused with its place', () => {
  // biome-ignore lint/suspicious/noExplicitAny: each case damages the parsed JSON somewhere else
  const refused = (damage: (json: any) => unknown, text: string) => {
    const json = JSON.parse(uhiText(example()))
    const damaged = damage(json) ?? json
    throws(
      () => parseUhi(damaged, 'h.json: a'),
      (e: Error) => e instanceof DataError && e.message.startsWith('h.json: a: ') && e.message.includes(text),
      text,
    )
  }
  refused(() => [], 'uhi_schema is undefined, wanted 1')
  refused(json => void (json.uhi_schema = 2), 'uhi_schema is 2, wanted 1')
  refused(json => void delete json.axes, 'has no axes')
  refused(json => void (json.axes[0].overflow = false), 'axis 0 lacks underflow or overflow')
  refused(json => void (json.axes[1].circular = true), 'axis 1 lacks underflow or overflow, or is circular')
  refused(json => void (json.axes[0].edges = [1, 1]), 'edges must ascend, but edge 1 (1) follows 1')
  refused(json => void (json.axes[1].type = 'boolean'), 'axis 1 is "boolean"')
  refused(json => void (json.storage.type = 'mean'), 'storage is "mean", wanted "weighted", or "int" or "double"')
  refused(json => void (json.storage.values = [1, 2]), 'storage/values does not fit the axes')
  refused(json => void (json.storage.values[0][0] = null), 'storage/values does not fit the axes')
  refused(json => void (json.storage.variances[2] = [1]), 'storage/variances does not fit the axes')
  refused(json => void (json.storage.index = [[0]]), 'storage/values does not fit the axes')
  refused(json => {
    json.storage = { type: 'weighted', index: [[0], [4]], values: [1], variances: [1] }
  }, 'storage/values does not fit the axes')
})

test.run()
