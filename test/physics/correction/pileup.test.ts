import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { DataError } from '../../../lib/core/errors.js'
import {
  CorrectionSet,
  choosePileup,
  correctionSetText,
  hasPileupVariations,
  pileupFromHistograms,
  pileupWeight,
} from '../../../lib/physics/correction/index.js'
import { sameValues } from '../../support/columns.js'

const real = { name: '', type: 'real' }
const text = { name: 'weights', type: 'string' }
const binning = (content: number[]) => ({ nodetype: 'binning', input: '', edges: [0, 1, 2], content, flow: 'clamp' })
const document = (data: unknown, inputs: readonly object[] = [real]) => ({
  schema_version: 2,
  corrections: [
    { name: 'z-other', version: 0, inputs, output: real, data: 99 },
    { name: 'a-first', version: 0, inputs, output: real, data },
  ],
})
const variations = (keys: readonly string[]) => ({
  nodetype: 'category',
  input: 'weights',
  content: keys.map((key, i) => ({ key, value: binning([i, 10 * i]) })),
})

function message(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    ok(error instanceof DataError, String(error))
    return error.message
  }
  return 'nothing was thrown'
}

test('a correction with one input has a nominal weight only', () => {
  const pileup = choosePileup(document(binning([3, 4])), 'pu.json', ['nominal', 'up', 'down'])
  is(hasPileupVariations(pileup), false)
  sameValues(pileupWeight(pileup, 'nominal')(Float32Array.of(-1, 0.5, 1, 100, Number.NaN), 'f'), [3, 3, 4, 4, 4])
  is(
    message(() => pileupWeight(pileup, 'up')),
    'pu.json > a-first: there is no "up" in a correction with one input.',
  )
})

test('a correction with a string input has nominal, up and down, whichever input comes first', () => {
  for (const inputs of [
    [real, text],
    [text, real],
  ]) {
    const pileup = choosePileup(document(variations(['down', 'nominal', 'up']), inputs), 'pu.json', ['up', 'down'])
    is(hasPileupVariations(pileup), true)
    sameValues(pileupWeight(pileup, 'nominal')([1], 'f'), [10])
    sameValues(pileupWeight(pileup, 'up')([1], 'f'), [20])
    sameValues(pileupWeight(pileup, 'down')([1], 'f'), [0])
  }
})

test('a variation that is missing counts only where it will be asked for', () => {
  const given = document(variations(['nominal', 'upp']), [real, text])
  choosePileup(given, 'pu.json')
  is(
    message(() => choosePileup(given, 'pu.json', ['nominal', 'up'])),
    'pu.json > a-first > /data: no category "up" of input "weights", and no default. Nearest: "upp". All: nominal, upp.',
  )
})

test('an integer input takes the whole part, as in the reference', () => {
  const pileup = choosePileup(document(binning([3, 4]), [{ name: '', type: 'int' }]), 'pu.json')
  sameValues(pileupWeight(pileup, 'nominal')(Float32Array.of(0.9, 1.9), 'f'), [3, 4])
})

test('what travels to a worker makes the same weights', () => {
  const pileup = choosePileup(document(variations(['nominal']), [real, text]), 'pu.json')
  sameValues(pileupWeight(structuredClone(pileup), 'nominal')([0, 1], 'f'), [0, 0])
})

test('the first correction of the file must be one of the number of interactions', () => {
  const tail = 'It was taken because it is the alphabetically first one.'
  for (const [inputs, shown] of [
    [[], ''],
    [[text], 'string'],
    [[real, { name: 'y', type: 'real' }], 'real, real'],
    [[real, text, { name: 'v', type: 'string' }], 'real, string, string'],
  ] as const) {
    is(
      message(() => choosePileup(document(1, inputs), 'pu.json')),
      `pu.json: "a-first" is no pileup correction: its inputs are (${shown}), wanted (real) or (real, string). ${tail}`,
    )
  }
})

test('nonsense among the inputs is told', () => {
  for (const input of [null, 3, { name: 'x' }, { name: 'x', type: { toString: '~' } }]) {
    const told = message(() => choosePileup(document(1, [input as object, real]), 'pu.json'))
    ok(told.startsWith('pu.json > a-first > /inputs/0: '), told)
  }
})

test('a weight from histograms is density over probability, zeros of which become 1e-10', () => {
  const data = { edges: Float64Array.of(0, 2, 4, 8), values: Float64Array.of(30, 10, 0) }
  const mc = [0.5, 0, 0.25]
  const pileup = pileupFromHistograms({ data, mc }, 'pu.root')
  sameValues(pileupWeight(pileup, 'nominal')([0, 1.5, 2, -5, 9], 'f'), [
    30 / 80 / 0.5,
    10 / 80 / 1e-10,
    0,
    30 / 80 / 0.5,
    0,
  ])
  equal(mc, [0.5, 0, 0.25])
})

test('a weight from histograms may have its probabilities scaled to 1', () => {
  const data = { edges: [0, 1, 2], values: [1, 1] }
  const pileup = pileupFromHistograms({ data, mc: [1, 3], normalizeMc: true }, 'pu.root')
  sameValues(pileupWeight(pileup, 'nominal')([0, 1], 'f'), [2, 0.5 / 0.75])
})

test('an empty data histogram gives weights of 0', () => {
  const pileup = pileupFromHistograms({ data: { edges: [0, 1], values: [0] }, mc: [1] }, 'pu.root')
  sameValues(pileupWeight(pileup, 'nominal')([0], 'f'), [0])
})

test('a weight from histograms needs as many probabilities as bins', () => {
  is(
    message(() => pileupFromHistograms({ data: { edges: [0, 1, 2], values: [1, 1] }, mc: [1] }, 'pu.root')),
    'pu.root: pileupMC has 1 numbers, the histogram "pileup" has 2 bins.',
  )
})

test('the text of a correction reads back as the same correction, with a point in every float', () => {
  const data = { edges: [0, 1, 2], values: [1, 2] }
  const { correction } = pileupFromHistograms({ data, mc: [1, 1e-30] }, 'pu.root')
  const written = correctionSetText([correction], 'mine')
  ok(written.startsWith('{"schema_version":2,"description":"mine","corrections":[{"name":"Pileup",'), written)
  ok(written.includes('"version":0,') && written.includes('"edges":[0.0,1.0,2.0]'), written)
  equal(new CorrectionSet(JSON.parse(written), 'pu.json').source().correction, correction)
})

test.run()
