/** The stages of ntuples, whose rows are pairs. */
import { test } from 'uvu'
import { equal, instance, is, throws } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import type { Batch, BranchInfo, Column, Layout, MapStage, Pairs } from '../../lib/core/types.js'
import { pileupFromHistograms } from '../../lib/physics/correction/index.js'
import { passRowCuts } from '../../lib/stages/cut-rows.js'
import {
  columnIsOne,
  compileRowExpression,
  cutCharge,
  hasRow,
  neededVariable,
  pairRows,
  type RowSpace,
  rowVariable,
  weightPileup,
} from '../../lib/stages/index.js'
import { batchOf, ctx, flat } from '../support/batches.js'
import { sameColumn, sameValues } from '../support/columns.js'

const ROWS = 4
const COLUMNS: Readonly<Record<string, Column>> = {
  pair_mass: flat('float32', [91, 50, 130, 88.5]),
  el_pt: flat('float32', [40, 30.5, 20, 10]),
  el_eta: flat('float32', [0.1, 1.5, -2.5, 0]),
  el_deltaEtaSC: flat('float32', [0.2, 0.25, 0, -0.5]),
  el_q: flat('float32', [1, -1, 1, -1]),
  tag_Ele_q: flat('int32', [-1, -1, 1, 1]),
  'cutBased >= 4': flat('bool', [1, 0, 1, 1]),
  level: flat('uint8', [1, 0, 2, 1]),
  score: flat('float32', [1, 0.5, Number.NaN, 1]),
  event: { dtype: 'uint64', values: BigUint64Array.of(1n, 2n ** 63n + 1n, 2n ** 63n, 1n) },
  truePU: flat('int32', [0, 1, 2, 5]),
  row_list: flat('float32', []),
}

const layout: Layout = {
  names: Object.keys(COLUMNS),
  has: name => name in COLUMNS,
  branch: (name): BranchInfo | undefined => {
    const column = COLUMNS[name]
    if (column === undefined) return undefined
    const counter = name === 'row_list' ? 'n' : null
    return { name, dtype: column.dtype, counter, width: 1, totalBytes: 0, zipBytes: 0 }
  },
}
const space: RowSpace = {
  layout,
  made: new Map([
    ['el_eta_to_use', ['el_eta', 'el_deltaEtaSC']],
    ['el_phi_to_use', ['el_pt']],
  ]),
}

const batch: Batch = batchOf(ROWS, COLUMNS)

function run<O>(stage: MapStage<Batch, O>, input: Batch): O {
  return stage.map(input, ctx) as O
}
function cut(stage: MapStage<Pairs, Pairs>, input: Pairs): Pairs {
  return stage.map(input, ctx) as Pairs
}
const all = () => run(pairRows('tag_Ele', 'el'), batch)

function problem(make: () => unknown): string {
  let text = ''
  throws(make, (error: unknown) => {
    instance(error, UsageError)
    const [first] = (error as UsageError).problems
    text = `${first!.place}: ${first!.message}`
    return true
  })
  return text
}

test('each row is a pair, its mass keeps its type', () => {
  const pairs = all()
  for (const positions of [pairs.event, pairs.tag, pairs.probe]) sameValues(positions, [0, 1, 2, 3])
  sameColumn(pairs.columns.get('pair_mass'), COLUMNS.pair_mass!)
  const double = batchOf(2, { pair_mass: flat('float64', [91.1, 50]) })
  sameColumn(run(pairRows('tag_Ele', 'el'), double).columns.get('pair_mass'), flat('float64', [91.1, 50]))
})

test('only rows that are still in become pairs, and none are fine', () => {
  const pairs = run(pairRows('tag_Ele', 'el'), { ...batch, events: Int32Array.of(1, 3) })
  sameValues(pairs.event, [1, 3])
  sameColumn(pairs.columns.get('pair_mass'), flat('float32', [50, 88.5]))
  is(run(pairRows('tag_Ele', 'el'), { ...batch, events: new Int32Array(0) }).event.length, 0)
  is(run(pairRows('tag_Ele', 'el'), batchOf(0, { pair_mass: flat('float32', []) })).event.length, 0)
})

test('a column is read by its own name, for the rows of the pairs', () => {
  const pairs = run(pairRows('tag_Ele', 'el'), { ...batch, events: Int32Array.of(1, 2) })
  const variable = rowVariable('event', space, 'vars')
  equal([variable.dtype, variable.reads], ['uint64', ['event']])
  sameValues(variable.load(pairs), [2n ** 63n + 1n, 2n ** 63n])
  sameValues(rowVariable('cutBased >= 4', space, 'vars').load(pairs), [0, 1])
})

test('a sum of float32 columns is rounded to float32, one column under another name is that column', () => {
  const sum = rowVariable('el_eta_to_use', space, 'x')
  equal([sum.dtype, sum.reads], ['float32', ['el_eta', 'el_deltaEtaSC']])
  const f = Math.fround
  sameValues(sum.load(all()), [f(f(0.1) + f(0.2)), 1.75, -2.5, -0.5])
  const other = rowVariable('el_phi_to_use', space, 'x')
  equal([other.name, other.reads], ['el_phi_to_use', ['el_pt']])
  sameValues(other.load(all()), [40, 30.5, 20, 10])
})

test('unknown columns and lists are problems with a place', () => {
  equal(
    problem(() => rowVariable('el_ptt', space, 'vars')),
    'vars: no column "el_ptt" in these files. Nearest: "el_pt", "el_eta", "el_q".',
  )
  equal(
    problem(() => rowVariable('row_list', space, 'vars')),
    'vars: "row_list" has a list a row, wanted one value a pair. Write the ntuples with "flat": true.',
  )
})

test('a needed column that is missing is left to the check of the graph', () => {
  const missing = neededVariable('el_missing', space)
  equal([missing.dtype, missing.reads], ['float32', ['el_missing']])
  is(neededVariable('level', space).dtype, 'uint8')
  equal([hasRow('el_pt', space), hasRow('el_eta_to_use', space), hasRow('el_missing', space)], [true, true, false])
})

const cuts = {
  pt: rowVariable('el_pt', space, ''),
  minPt: 35,
  eta: rowVariable('el_eta', space, ''),
  maxAbsEta: 2.5,
  avoidEcalTransition: false,
}

test('cuts are strict, NaN fails', () => {
  const pt = Float32Array.of(35, 35.1, 40, 40, Number.NaN, 40)
  const eta = Float32Array.of(0, 0, 2.5, -2.4, 0, Number.NaN)
  sameValues(passRowCuts(pt, eta, cuts), [0, 1, 0, 1, 0, 0])
})

test('bounds are rounded to float32 next to float32 columns only', () => {
  const edge = Math.fround(1.4442)
  const pt = Float32Array.of(50, 50)
  const gap = { ...cuts, avoidEcalTransition: true }
  sameValues(passRowCuts(pt, Float32Array.of(edge, 1.444), gap), [0, 1])
  // Between 1.4442 and float32(1.4442): in the gap in double precision only.
  const double = { ...gap, eta: { ...cuts.eta, dtype: 'float64' as const } }
  sameValues(passRowCuts(pt, Float64Array.of(1.44420002, 1.4441), double), [0, 1])
})

test('charges must have the product -1, of whatever types', () => {
  const kept = cut(cutCharge(rowVariable('tag_Ele_q', space, ''), rowVariable('el_q', space, '')), all())
  sameValues(kept.event, [0, 3])
  sameValues(kept.columns.get('pair_mass')!.values, [91, 88.5])
})

test('a column is one: true, 1 or 1.0, and nothing else', () => {
  const ones = (name: string) => columnIsOne(name, space, 'filters / x').run(all())
  sameValues(ones('cutBased >= 4'), [1, 0, 1, 1])
  sameValues(ones('level'), [1, 0, 0, 1])
  sameValues(ones('score'), [1, 0, 0, 1])
  sameValues(ones('event'), [1, 0, 0, 1])
  equal(
    problem(() => columnIsOne('cutBased >= 5', space, 'filters / x')),
    'filters / x: no column "cutBased >= 5" in these files. Nearest: "cutBased >= 4".',
  )
})

test('expressions name columns of events, in dots or in brackets', () => {
  const passes = (text: string) => [...compileRowExpression(text, space, 'x').run(all())]
  equal(passes('events.el_pt > 20'), [1, 1, 0, 0])
  equal(passes('(events["cutBased >= 4"]) & (events.el_pt < 30)'), [0, 0, 1, 1])
  equal(passes('np.abs(events.el_eta_to_use) < 1'), [1, 0, 0, 1])
  equal(passes('events.el_phi_to_use == events.el_pt'), [1, 1, 1, 1])
  equal(passes('events.level - 1'), [0, 1, 1, 0])
  equal(passes('events.event == 1'), [1, 0, 0, 1])
  equal(compileRowExpression('events.el_eta_to_use > 0', space, 'x').reads, ['el_eta', 'el_deltaEtaSC'])
})

test('expressions over other rows, of unknown columns or of lists are refused', () => {
  const refused = (text: string) => problem(() => compileRowExpression(text, space, 'filters / x'))
  equal(
    refused('ak.sum(events.el_pt, axis=1) > 3'),
    'filters / x: "ak.sum(events.el_pt, axis=1) > 3" counts or adds up over axis=1, but each row of an ntuple is one pair. Compare columns of the row.',
  )
  is(/has no field "el_ptt".*Nearest: "el_pt"/s.test(refused('events.el_ptt > 3')), true)
  is(/"zcands"/.test(refused('zcands.probe.pt > 3')), true)
  is(/has a list a row/.test(refused('events.row_list > 3')), true)
})

test('the pileup weight is that of each row alone', () => {
  const pileup = pileupFromHistograms(
    { data: { edges: [0, 1, 2, 3], values: [1, 1, 2] }, mc: [0.5, 0.125, 0.125] },
    'toy',
  )
  const pairs = cut(weightPileup(pileup, rowVariable('truePU', space, '')), all())
  sameColumn(pairs.columns.get('weight'), flat('float64', [0.5, 2, 4, 4]))
})

test.run()
