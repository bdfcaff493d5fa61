import { test } from 'uvu'
import { equal, is, throws } from 'uvu/assert'
import { BinningStore, DEFAULT_BINNING, type ElectronNanoJob } from '../../lib/config/index.js'
import { load, refuses, warns } from './samples.js'

const binning = (change?: Parameters<typeof load>[0]) => (load(change).job as ElectronNanoJob).binning

test('the built-in edges are those of the reference', () => {
  const shape = (key: string) => [DEFAULT_BINNING[key]!.length, DEFAULT_BINNING[key]![0], DEFAULT_BINNING[key]!.at(-1)]
  for (const key of ['pt_bins', 'el_pt_bins', 'ph_et_bins', 'ph_pt_bins']) equal(shape(key), [22, 5, 400])
  for (const key of ['eta_bins', 'el_eta_bins', 'ph_eta_bins']) equal(shape(key), [49, -2.5, 2.5])
  for (const key of ['phi_bins', 'el_phi_bins', 'ph_phi_bins']) equal(shape(key), [20, -3.32, 3.32])
  is(Object.keys(DEFAULT_BINNING).length, 10)
})

test('a job has the edges of the variables that its histograms use, and no others', () => {
  equal(Object.keys(binning()), ['el_pt', 'el_eta', 'el_phi'])
  equal(
    binning(d => d.config.methods.splice(1)),
    {},
  )
})

test('the binning file replaces and adds edges', () => {
  const result = binning(d => {
    d.binning = { el_pt_bins: [10, 20, 50], PV_npvs_bins: [0, 20, 80] }
    d.config.methods[3].args.vars = ['el_pt', 'PV_npvs']
  })
  equal(
    [result.el_pt, result.PV_npvs],
    [
      [10, 20, 50],
      [0, 20, 80],
    ],
  )
})

test('edges are two or more increasing numbers', () => {
  refuses(
    d => (d.binning = { el_pt_bins: [1, 3, 2], el_eta_bins: [1], el_phi_bins: 'x', a_bins: [1, null], b_bins: null }),
    [
      'binning /el_eta_bins: must have 2 or more elements, got 1.',
      'binning /el_phi_bins: must be a list, got "x".',
      'binning /a_bins/1: must be a number, got null.',
      'binning /b_bins: must be a list, got null.',
      'binning /el_pt_bins: edges must increase: edge 2 is 2 after 3.',
    ],
  )
  refuses(
    d => (d.binning = { el_pt_bins: [1, Number.POSITIVE_INFINITY] }),
    ['binning /el_pt_bins/1: must be a number, got Infinity.'],
  )
})

test('keys that cannot count are warned of: without _bins, or one letter away', () => {
  warns(
    d => (d.binning = { el_pt: [1, 2], el_etaa_bins: [1, 2], ell_pt_bins: [1, 2], PV_npvs_bins: [1, 2], $schema: 'x' }),
    [
      'binning /el_pt: ignored: keys end in "_bins". Nearest: "el_pt_bins".',
      'binning /el_etaa_bins: no histogram uses these edges. Nearest: "el_eta_bins".',
      'binning /ell_pt_bins: no histogram uses these edges. Nearest: "el_pt_bins".',
    ],
  )
})

test('keys without _bins may hold anything, such as a comment', () => {
  warns(d => (d.binning = { _comment: 'coarse' }), ['binning /_comment: ignored: keys end in "_bins".'])
})

test('the store starts with the built-in edges and goes back to them', () => {
  const store = new BinningStore()
  is(store.get('el_r9_bins'), null)
  store.set('el_pt_bins', [1, 2])
  store.set('el_r9_bins', [0, 1])
  equal(
    [store.get('el_pt_bins'), store.get('el_r9_bins')],
    [
      [1, 2],
      [0, 1],
    ],
  )
  store.reset('el_pt_bins')
  equal(store.get('el_pt_bins'), DEFAULT_BINNING.el_pt_bins)
  store.resetAll()
  is(store.get('el_r9_bins'), null)
})

test('the store refuses edges that do not increase and keys it cannot reset', () => {
  const store = new BinningStore()
  throws(() => store.set('x_bins', [1, 1]), 'x_bins: edges must increase: edge 1 is 1 after 1.')
  throws(() => store.set('x_bins', [1]), 'x_bins: must have 2 or more edges, got 1.')
  throws(() => store.set('x_bins', [1, Number.NaN]), 'x_bins: edge 1 must be a finite number, got NaN.')
  throws(() => store.reset('x_bins'), 'x_bins: there are no built-in edges to go back to.')
})

test('a store is a binning document', () => {
  const store = new BinningStore()
  store.set('el_pt_bins', [10, 20])
  equal(binning(d => (d.binning = store.toDocument())).el_pt, [10, 20])
})

test.run()
