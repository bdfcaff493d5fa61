/** The workflows on MiniAOD ntuples, on trees written by hand; what they share with those on NanoAOD ntuples. */
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, instance, is, match, ok } from 'uvu/assert'
import { DataError, UsageError } from '../../lib/core/errors.js'
import type { Column } from '../../lib/core/types.js'
import { flat } from '../support/batches.js'
import { filesBelow, scratch } from '../support/cli.js'
import { parquetRows, type Row } from '../support/nano-file.js'
import {
  arrays,
  column,
  failure,
  histogramSums,
  METHODS,
  miniRows,
  onRows,
  pileup,
  probes,
  run,
  writeTree,
} from '../support/ntuple-file.js'

test('each cut takes the rows it should, and rows keep their order and values', async () => {
  const dir = scratch()
  const summary = await onRows(dir, miniRows())
  const rows = await arrays(dir)
  equal(Object.keys(rows[0]!), [
    'tag_Ele_pt',
    'tag_Ele_eta',
    'tag_Ele_q',
    'el_pt',
    'el_et',
    'el_eta',
    'el_phi',
    'el_q',
    'event',
    'run',
    'lumi',
    'totWeight',
    'hlt',
    'pair_mass',
  ])
  equal(column(rows, 'event'), [2n ** 60n, 2n ** 60n + 1n])
  equal(column(rows, 'hlt'), [true, false])
  equal(column(rows, 'pair_mass'), [91, 80])
  const dataset = summary.datasets[0]!
  equal([dataset.isMC, dataset.events, dataset.sumGenWeight], [false, 8, null])
  equal(
    dataset.windows.map(w => [w.pairs, w.filters.map(f => [f.passing, f.failing])]),
    [[2, [[1, 1]]]],
  )
  const left = Object.fromEntries(dataset.cutflow)
  equal([left.rows, left.tag, left.probe, left.charge, left.id], [8, 6, 5, 4, 3])
  dir.remove()
})

test('passing and failing rows go to their tables, without the columns of filters', async () => {
  const dir = scratch()
  await onRows(dir, miniRows())
  const [passing, failing] = [await probes(dir, 'passing'), await probes(dir, 'failing')]
  equal(column(passing, 'el_pt'), [30])
  equal(column(failing, 'el_pt'), [20])
  equal(Object.keys(passing[0]!), ['el_pt', 'el_eta', 'el_phi', 'event', 'run', 'lumi', 'totWeight', 'pair_mass'])
  dir.remove()
})

test('rows are rows whether flat or not', async () => {
  const dir = scratch()
  const methods = [true, false].map(isFlat => ({
    name: 'get_tnp_arrays',
    args: { cut_and_count: false, flat: isFlat },
  }))
  await onRows(dir, miniRows(), { methods })
  const rows = await arrays(dir)
  equal(column(rows, 'el_pt'), [30, 20])
  equal(rows, await parquetRows(dir.path('out/D/get_tnp_arrays_2/NTuples-part0.parquet')))
  dir.remove()
})

test('data of uncertified lumi sections go, simulation stays', async () => {
  const dir = scratch()
  const goldenJSON = dir.json('golden.json', { 1: [[1, 15]] })
  await onRows(dir, miniRows(), { metadata: { goldenJSON } })
  equal(column(await arrays(dir), 'pair_mass'), [91])
  await onRows(
    dir,
    { ...miniRows(), truePU: flat('float32', new Array(8).fill(1)) },
    { metadata: { goldenJSON, isMC: true } },
  )
  equal(column(await arrays(dir), 'pair_mass'), [91, 80])
  dir.remove()
})

const simulated = (): Record<string, Column> => ({
  ...miniRows(),
  mcTrue: flat('int32', new Array(8).fill(1)),
  truePU: flat('int32', [0, 1, 2, 2, 2, 2, 2, 2]),
  weight: flat('float32', new Array(8).fill(9)),
})

test('simulation is known by mcTrue, its weight is that of pileup and takes the place of another', async () => {
  const dir = scratch()
  const methods = [
    { name: 'get_tnp_arrays', args: { cut_and_count: false, vars: ['weight', 'el_pt'] } },
    { name: 'get_nd_tnp_histograms', args: { filter: 'hlt', vars: ['el_pt'] } },
  ]
  const summary = await onRows(dir, simulated(), { metadata: { pileupJSON: pileup(dir) }, methods })
  is(summary.datasets[0]!.isMC, true)
  const rows = await arrays(dir)
  equal(Object.keys(rows[0]!), ['weight', 'el_pt', 'event', 'run', 'lumi', 'totWeight', 'truePU', 'hlt', 'pair_mass'])
  equal(column(rows, 'weight'), [0.5, 2])
  equal(column(rows, 'truePU'), [0, 1])
  equal(histogramSums(dir), { passing: 0.5, failing: 2 })
  dir.remove()
})

test('without a correction a branch of weights is used, and without that every weight is 1', async () => {
  const dir = scratch()
  const methods = [
    { name: 'get_nd_tnp_histograms', args: { filter: 'hlt', vars: ['el_pt'] } },
    { name: 'get_nd_tnp_histograms', args: { filter: 'hlt', vars: ['el_pt'], weight: 'totWeight' } },
    { name: 'get_nd_tnp_histograms', args: { filter: 'hlt', vars: ['el_pt'], weight: null } },
  ]
  await onRows(dir, simulated(), { methods })
  equal(histogramSums(dir), { passing: 9, failing: 9 })
  equal(histogramSums(dir, 'get_nd_tnp_histograms_2'), { passing: 2, failing: 3 })
  equal(histogramSums(dir, 'get_nd_tnp_histograms_3'), { passing: 1, failing: 1 })
  const { weight: _, ...without } = simulated()
  await onRows(dir, without, { methods })
  equal(histogramSums(dir), { passing: 1, failing: 1 })
  dir.remove()
})

test('a weight that was named and is not there is a mistake, but for weights of simulation on data', async () => {
  const dir = scratch()
  const methods = [{ name: 'get_nd_tnp_histograms', args: { filter: 'hlt', vars: ['el_pt'], weight: 'weight_gen' } }]
  const warnings: string[] = []
  await onRows(dir, miniRows(), { methods, run: { onWarning: text => warnings.push(text) } })
  equal(histogramSums(dir), { passing: 1, failing: 1 })
  match(warnings[0]!, /data have no "weight_gen"/)
  const error = await failure(() => onRows(dir, simulated(), { methods }))
  instance(error, UsageError)
  match(error.message, /^get_nd_tnp_histograms_1 \/ weight .*no column "weight_gen" in these files\. Nearest: "weight"/)
  dir.remove()
})

test('photons are cut on their et, need no charges, and "all" means their columns', async () => {
  const dir = scratch()
  await onRows(dir, miniRows('ph'), { workflow: 'PhotonTagNProbeFromMiniNTuples', args: { probes_pt_cut: 30.5 } })
  const rows = await arrays(dir)
  // Row 1 has et 21 and goes; row 4, of equal charges, stays.
  equal(column(rows, 'event'), [2n ** 60n, 2n ** 60n + 4n])
  equal(
    Object.keys(rows[0]!).filter(name => /^(el|ph)_/.test(name)),
    ['ph_pt', 'ph_et', 'ph_eta', 'ph_phi', 'ph_q'],
  )
  dir.remove()
})

test('filters and the mask may be expressions over events', async () => {
  const dir = scratch()
  const filters = { hlt: '(events.el_pt > 25) | (events["passHlt"] == 5)' }
  await onRows(dir, miniRows(), { args: { filters, extra_zcands_mask: 'np.abs(events.el_eta_to_use) < 1.5' } })
  const rows = await arrays(dir)
  equal([column(rows, 'el_eta'), column(rows, 'hlt')], [[1], [true]])
  dir.remove()
})

test('a tree without rows, and rows of which none passes, give whole but empty outputs', async () => {
  const dir = scratch()
  const methods = [...METHODS, { name: 'get_nd_tnp_histograms', args: { filter: 'hlt', vars: ['el_pt'] } }]
  const empty = Object.fromEntries(Object.entries(miniRows()).map(([name, { dtype }]) => [name, flat(dtype, [])]))
  const names: string[][] = []
  for (const [columns, entries, args] of [
    [empty, 0, {}],
    [miniRows(), 8, { tags_pt_cut: 1000 }],
  ] as const) {
    const summary = await onRows(dir, columns, { methods, args }, entries)
    is(summary.datasets[0]!.events, entries)
    equal([await arrays(dir), await probes(dir, 'passing'), await probes(dir, 'failing')], [[], [], []])
    equal(histogramSums(dir), { passing: 0, failing: 0 })
    names.push([...filesBelow(dir.path('out')).keys()])
  }
  equal(names[0], names[1])
  dir.remove()
})

test('an unreadable file is skipped and reported where that is allowed, and ends the run where not', async () => {
  const dir = scratch()
  await writeTree(dir.path('a.root'), 'fitter_tree', 8, miniRows())
  writeFileSync(dir.path('b.root'), 'this is no file of any kind that could be read '.repeat(20))
  const files = { [dir.path('b.root')]: 'fitter_tree', [dir.path('a.root')]: 'fitter_tree' }
  const summary = await run(dir, { files, allow: true })
  equal(
    summary.datasets[0]!.skipped.map(s => [s.chunk.partition, s.failure!.exception]),
    [[0, 'ValueError']],
  )
  equal([await arrays(dir, 0), (await arrays(dir, 1)).length], [[], 2])
  const report = JSON.parse(readFileSync(dir.path('out/D/get_tnp_arrays_1/report.json'), 'utf8')) as Row[]
  equal(column(report, 'exception'), ['ValueError', null])
  const error = await failure(() => run(dir, { files }))
  instance(error, DataError)
  match(error.message, /b\.root/)
  dir.remove()
})

test('a needed column that is missing is told with the stage that needs it and the nearest names', async () => {
  const dir = scratch()
  for (const [name, stage, near] of [
    ['el_q', 'charge', 'el_et'],
    ['tag_Ele_pt', 'tag', 'tag_Ele_q'],
    ['pair_mass', 'rows', null],
    ['lumi', 'get_tnp_arrays_1/select', null],
  ] as const) {
    const { [name]: _, ...columns } = miniRows()
    const error = await failure(() => onRows(dir, columns))
    instance(error, DataError)
    const [line] = error.message.split('\n')
    ok(line!.includes(`t.root > fitter_tree: branch "${name}" not found, read by "${stage}"`), error.message)
    if (near !== null) ok(line!.includes(near), error.message)
  }
  dir.remove()
})

test('columns that the user names and that are missing are mistakes, all told at once', async () => {
  const dir = scratch()
  const methods = [{ name: 'get_tnp_arrays', args: { vars: ['el_pt', 'el_phl'] } }]
  const error = await failure(() => onRows(dir, miniRows(), { methods, args: { cutbased_id: 'tigth' } }))
  instance(error, UsageError)
  match(error.message, /cutbased_id .*no column "tigth" in these files\. Nearest: "tight"/)
  const filters = await failure(() =>
    onRows(dir, miniRows(), { args: { filters: { hlt: 'passHlt2', x: 'events.nothing > 1' } } }),
  )
  match(filters.message, /filters \/ hlt .*Nearest: "passHlt"/)
  match(filters.message, /filters \/ x .*has no field "nothing"/)
  const vars = await failure(() => onRows(dir, miniRows(), { methods }))
  match(vars.message, /get_tnp_arrays_1 \/ vars .*no column "el_phl" in these files\. Nearest: "el_phi"/)
  dir.remove()
})

test.run()
