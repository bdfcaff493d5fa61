/** The workflows on NanoAOD ntuples: trees written by hand, and the Parquet files of an earlier run. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, instance, match, ok } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import type { Column } from '../../lib/core/types.js'
import { loadJob, runJob } from '../../lib/job/index.js'
import { flat } from '../support/batches.js'
import { filesBelow, type Scratch, scratch } from '../support/cli.js'
import { parquetRows } from '../support/nano-file.js'
import {
  arrays,
  column,
  failure,
  histogramSums,
  METHODS,
  miniRows,
  onRows,
  pileup,
  run,
} from '../support/ntuple-file.js'

/** Rows of NanoAOD ntuples, as MiniAOD's with the other names. */
function nanoRows(): Record<string, Column> {
  const { lumi, tag_Ele_q, el_q, tag_sc_eta: _sc, psWeight: _ps, ...rows } = miniRows()
  return {
    ...rows,
    luminosityBlock: lumi!,
    tag_Ele_charge: { ...flat('int32', [...(tag_Ele_q!.values as Float32Array)]) },
    el_charge: { ...flat('int32', [...(el_q!.values as Float32Array)]) },
    tag_Ele_deltaEtaSC: flat('float32', new Array(8).fill(0)),
    el_deltaEtaSC: flat('float32', [0.25, 0.5, 0, 0, 0, 0, 0, 0]),
    PV_npvs: flat('uint8', [1, 2, 3, 4, 5, 6, 7, 8]),
    tight: flat('bool', [1, 1, 1, 1, 1, 1, 0, 1]),
  }
}
const NANO = 'ElectronTagNProbeFromNanoNTuples'

test('NanoAOD ntuples: eta of the supercluster where it is, the sum of its parts where not', async () => {
  const dir = scratch()
  const setup = { workflow: NANO, args: { use_sc_eta: true, probes_abseta_cut: 2.4 } } as const
  await onRows(dir, nanoRows(), setup)
  equal(column(await arrays(dir), 'el_pt'), [30])
  const direct = { ...nanoRows(), el_superclusterEta: flat('float32', [3, 0, 3, 3, 3, 3, 3, 3]) }
  await onRows(dir, direct, setup)
  equal(column(await arrays(dir), 'el_pt'), [20])
  const error = await failure(() =>
    onRows(
      dir,
      { ...nanoRows(), ph_pt: flat('float32', new Array(8).fill(9)) },
      { ...setup, workflow: 'PhotonTagNProbeFromNanoNTuples', methods: METHODS.slice(0, 1) },
    ),
  )
  match(error.message, /branch "tag_Ele_superclusterEta" not found, read by "tag"/)
  dir.remove()
})

test('NanoAOD ntuples: columns of "all", golden JSON by luminosityBlock, filters by their names', async () => {
  const dir = scratch()
  const goldenJSON = dir.json('golden.json', { 1: [[20, 20]] })
  await onRows(
    dir,
    { ...nanoRows(), 'cutBased >= 4': flat('bool', [0, 1, 0, 0, 0, 0, 0, 0]) },
    {
      workflow: NANO,
      metadata: { goldenJSON },
      args: { filters: { hlt: 'cutBased >= 4' } },
    },
  )
  const rows = await arrays(dir)
  equal(Object.keys(rows[0]!).slice(-7), [
    'PV_npvs',
    'event',
    'run',
    'luminosityBlock',
    'totWeight',
    'hlt',
    'pair_mass',
  ])
  equal([column(rows, 'PV_npvs'), column(rows, 'hlt')], [[2], [true]])
  dir.remove()
})

test('NanoAOD ntuples: simulation is known by Pileup_nTrueInt, and a branch weight is kept', async () => {
  const dir = scratch()
  const rows = {
    ...nanoRows(),
    Pileup_nTrueInt: flat('float32', [0.5, 1.5, 0, 0, 0, 0, 0, 0]),
    genWeight: flat('float32', new Array(8).fill(0)),
  }
  const setup = { workflow: NANO, metadata: { pileupJSON: pileup(dir) } } as const
  const summary = await onRows(dir, rows, setup)
  // genWeight is 0 everywhere, which would be an error if ntuples were normalised to its sum.
  equal([summary.datasets[0]!.isMC, summary.datasets[0]!.sumGenWeight], [true, null])
  equal(column(await arrays(dir), 'weight'), [0.5, 2])
  equal(column(await arrays(dir), 'Pileup_nTrueInt'), [0.5, 1.5])
  await onRows(dir, { ...rows, weight: flat('float64', new Array(8).fill(7)) }, setup)
  equal(column(await arrays(dir), 'weight'), [7, 7])
  dir.remove()
})

/** The demo's first data file through the workflow on NanoAOD, into `out/D/get_tnp_arrays_1`. */
async function nanoTables(dir: Scratch, isFlat: boolean): Promise<string> {
  const steps = [
    [0, 100],
    [100, 200],
    [200, 240],
  ]
  const { job } = loadJob({
    config: {
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: {
        filters: { 'cutBased >= 2': 'cutBased >= 2', 'cutBased >= 4': 'cutBased >= 4' },
        probes_pt_cut: 10,
      },
      methods: [{ name: 'get_tnp_arrays', args: { vars: 'all', flat: isFlat, mass_range: [0, 1000] } }],
    },
    fileset: { D: { files: { 'fixtures/root/nano-data.root': { object_path: 'Events', steps } } } } as never,
    output: dir.path('nano'),
  })
  await runJob(job, { executor: 'sync' })
  return dir.path('nano/D/get_tnp_arrays_1')
}

const AGAIN = {
  workflow: NANO,
  args: { filters: { hlt: 'cutBased >= 4' }, cutbased_id: 'cutBased >= 2' },
  methods: [
    { name: 'get_tnp_arrays', args: { cut_and_count: false, vars: 'all' } },
    { name: 'get_nd_tnp_histograms', args: { filter: 'hlt', vars: ['el_pt', 'el_eta'] } },
  ],
} as const

test('what the workflow on NanoAOD writes is read again: a folder, its files, or steps of them, by any executor', async () => {
  const dir = scratch()
  const folder = await nanoTables(dir, true)
  const parts = [0, 1, 2].map(k => join(folder, `NTuples-part${k}.parquet`))
  const written = (await Promise.all(parts.map(parquetRows))).flat()
  const want = written.filter(
    row =>
      row['cutBased >= 2'] && Number(row.pair_mass) > 50 && Number(row.pair_mass) < 130 && Number(row.tag_Ele_pt) > 35,
  )
  ok(want.length > 20 && want.length < written.length, `${want.length} of ${written.length} rows`)
  await run(dir, { ...AGAIN, files: { [folder]: null } })
  const again = (await Promise.all([0, 1, 2].map(k => arrays(dir, k)))).flat()
  equal(column(again, 'event'), column(want, 'event'))
  for (const name of ['pair_mass', 'el_pt', 'tag_Ele_eta', 'el_cutBased', 'PV_npvs', 'run']) {
    equal(column(again, name), column(want, name), name)
  }
  equal(column(again, 'hlt'), column(want, 'cutBased >= 4'))
  const sums = histogramSums(dir)
  const near = want.filter(row => Math.abs(Number(row.pair_mass) - 91.1876) < 30)
  const passing = near.filter(row => row['cutBased >= 4']).length
  ok(passing > 20)
  equal(sums, { passing, failing: near.length - passing })
  const whole = filesBelow(dir.path('out'))
  for (const [executor, files] of [
    ['threads', Object.fromEntries(parts.map(path => [path, null]))],
    ['processes', { [folder]: null }],
  ] as const) {
    await run(dir, { ...AGAIN, files, run: { executor, workers: 2 } })
    equal(
      [...filesBelow(dir.path('out'))].map(([name, bytes]) => bytes.equals(whole.get(name)!)),
      new Array(whole.size).fill(true),
    )
  }
  const rows = (await parquetRows(parts[0]!)).length
  const first = {
    object_path: '',
    steps: [
      [0, 5],
      [5, rows],
    ],
  }
  await run(dir, { ...AGAIN, files: { [parts[0]!]: first, [parts[1]!]: null, [parts[2]!]: null } })
  equal(histogramSums(dir), sums)
  dir.remove()
})

test('tables of lists are refused with what to do', async () => {
  const dir = scratch()
  const folder = await nanoTables(dir, false)
  const error = await failure(() => run(dir, { ...AGAIN, files: { [folder]: null } }))
  instance(error, UsageError)
  match(error.message, /has a list a row, wanted one value a pair\. Write the ntuples with "flat": true\./)
  dir.remove()
})

test('a Parquet file that cannot be read is skipped and reported like any other', async () => {
  const dir = scratch()
  const folder = await nanoTables(dir, true)
  writeFileSync(
    join(folder, 'NTuples-part1.parquet'),
    readFileSync(join(folder, 'NTuples-part1.parquet')).subarray(0, 3000),
  )
  const summary = await run(dir, {
    ...AGAIN,
    files: { [folder]: null, [dir.path('missing.parquet')]: null },
    allow: true,
  })
  equal(
    summary.datasets[0]!.skipped.map(s => [s.chunk.partition, s.failure!.exception]),
    [
      [1, 'ValueError'],
      [3, 'FileNotFoundError'],
    ],
  )
  ok((await arrays(dir, 0)).length > 0)
  equal(await arrays(dir, 1), [])
  dir.remove()
})

test.run()
