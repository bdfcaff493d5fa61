import { test } from 'uvu'
import { match, throws } from 'uvu/assert'
import { compileCorrection, evaluateWeight } from '../../lib/physics/correction/binned.js'
import { pileupFromHistograms } from '../../lib/physics/correction/pileup.js'
import { sameValues } from '../support/columns.js'

const binning = (flow: unknown, content: unknown[] = [1, 2, 3], edges: unknown = [0, 1, 2, 4]) => ({
  nodetype: 'binning',
  input: 'x',
  edges,
  content,
  flow,
})
const file = (data: unknown, inputs = [{ name: 'x', type: 'real' }]) => ({
  schema_version: 2,
  corrections: [
    { name: 'z-other', inputs, data: 99 },
    { name: 'a-first', inputs, data },
  ],
})
const evaluate = (data: unknown, x: number[]) =>
  evaluateWeight(compileCorrection(file(data), 'pu.json', 'nominal'), Float64Array.from(x), 'f.root')

test('bins are [low, high) of the alphabetically first correction', () => {
  sameValues(evaluate(binning('clamp'), [0, 0.99, 1, 3.9]), [1, 1, 2, 3])
})

test('flow: clamp takes the outer bins, and the last one for NaN', () => {
  sameValues(evaluate(binning('clamp'), [-1, 4, 100, Number.NaN]), [1, 3, 3, 3])
})

test('flow: a number stands for everything outside', () => {
  sameValues(evaluate(binning(7), [-1, 0, 4]), [7, 1, 7])
})

test('flow: wrap is periodic', () => {
  sameValues(evaluate(binning('wrap'), [-1, 4, 5.5]), [3, 1, 2])
})

test('flow: error names the value and the range', () => {
  throws(
    () => evaluate(binning('error'), [4]),
    (e: Error) => /f\.root: 4 is outside .* \[0, 4\)/.test(e.message),
  )
})

test('edges may be uniform', () => {
  sameValues(evaluate(binning('clamp', [1, 2], { n: 2, low: 0, high: 10 }), [4.9, 5]), [1, 2])
})

test('a category chooses the variation, or its default', () => {
  const inputs = [
    { name: 'x', type: 'real' },
    { name: 'w', type: 'string' },
  ]
  const node = {
    nodetype: 'category',
    input: 'w',
    content: [
      { key: 'up', value: 5 },
      { key: 'nominal', value: binning('clamp') },
    ],
  }
  const up = compileCorrection(file(node, inputs), 'pu.json', 'up')
  sameValues(evaluateWeight(up, Float64Array.of(1), 'f'), [5])
  sameValues(evaluate({ ...node, content: [], default: 4 }, [1]), [4])
  throws(() => compileCorrection(file(node, inputs), 'pu.json', 'dwon'), /no category "dwon"/)
})

test('documents that are no such correction are refused with their name', () => {
  throws(
    () => compileCorrection({ schema_version: 1 }, 'pu.json', 'nominal'),
    /pu\.json: schema_version is 1, wanted 2/,
  )
  throws(() => compileCorrection(file({ nodetype: 'formula' }), 'pu.json', 'nominal'), /"formula" is not supported/)
  throws(() => compileCorrection(file(binning('clamp', [1])), 'pu.json', 'nominal'), /1 contents for 3 bins/)
  throws(() => compileCorrection(null, 'pu.json', 'nominal'), /pu\.json/)
})

test('a weight from histograms is density over probability, zeros of which become 1e-10', () => {
  const data = { edges: Float64Array.of(0, 2, 4), values: Float64Array.of(30, 10) }
  const weight = pileupFromHistograms(data, [0.5, 0], 'pu.root')
  const { data: node } = weight.correction as { data: { edges: number[]; content: number[] } }
  sameValues(Float64Array.from(node.edges), [0, 1, 2])
  sameValues(Float64Array.from(node.content), [30 / 40 / 2 / 0.5, 10 / 40 / 2 / 1e-10])
})

test('a weight from histograms needs as many probabilities as bins', () => {
  const data = { edges: Float64Array.of(0, 1, 2), values: Float64Array.of(1, 1) }
  let message = ''
  try {
    pileupFromHistograms(data, [1], 'pu.root')
  } catch (e) {
    message = (e as Error).message
  }
  match(message, /pileupMC has 1 numbers, the histogram "pileup" has 2 bins/)
})

test.run()
