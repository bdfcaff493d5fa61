/** ElectronTagNProbeFromNanoAOD on files written by hand. */
import { writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { DataError, UsageError } from '../../lib/core/errors.js'
import { loadJob, runJob } from '../../lib/job/index.js'
import { type Scratch, scratch } from '../support/cli.js'
import { close } from '../support/columns.js'
import { parquetRows } from '../support/nano-file.js'
import { column, runToy, type ToyEvent, type ToyResult, type ToyRun } from '../support/toy-events.js'

/** Just below pi, as a float32. */
const BACK = 3.140625

const forward = { pt: 45, charge: -1 }
const backward = { pt: 46, phi: BACK }
const seen = [{}, { phi: BACK }]
const pair: ToyEvent = { electrons: [forward, backward], triggerObjects: seen }
const three: ToyEvent = { electrons: [forward, backward, { pt: 47, phi: 3, charge: 1 }], triggerObjects: seen }

async function run(events: readonly ToyEvent[], given: Partial<ToyRun> = {}): Promise<ToyResult> {
  const dir = scratch()
  try {
    return await runToy(dir, events, { workflow: 'ElectronTagNProbeFromNanoAOD', ...given })
  } finally {
    dir.remove()
  }
}

test('no events, and events without electrons or with one, give no rows but the columns', async () => {
  for (const events of [[], [{}, { electrons: [{}], triggerObjects: [{}] }]]) {
    const { rows, counts, summary } = await run(events)
    equal(rows, [])
    is(counts.pair, 0)
    equal(summary.windows[0]!.filters[0]!.passing, 0)
  }
})

test('a pair of tight electrons makes two pairs, each electron being tag once', async () => {
  const { rows, counts } = await run([{}, pair])
  is(rows.length, 1)
  equal(column(rows, 'el_pt'), [[46, 45]])
  equal(column(rows, 'tight'), [[true, true]])
  equal(column(rows, 'event'), [101])
  const [mass] = column(rows, 'pair_mass') as number[][]
  for (const m of mass!) close(m, Math.sqrt(2 * 45 * 46 * (1 - Math.cos(BACK))), 1e-6)
  equal(Object.keys(rows[0]!), ['el_pt', 'el_eta', 'el_phi', 'event', 'run', 'luminosityBlock', 'tight', 'pair_mass'])
  is(counts.pair, 2)
})

test('three electrons make six ordered pairs; those of opposite charges and seen tags stay, tag outer', async () => {
  const { rows, counts } = await run([three], { args: { flat: true, vars: ['tag_Ele_pt', 'el_pt'] } })
  is(counts.pair, 6)
  // The trigger has not seen the third electron, so that it is no tag; second and third have the same charge.
  equal(
    rows.map(row => [row.tag_Ele_pt, row.el_pt]),
    [
      [45, 46],
      [45, 47],
      [46, 45],
    ],
  )
})

test('tag: pt, eta, gap, tight, seen by the trigger; probe: pt and eta', async () => {
  const pairs = async (tag: object, probe: object, options: ToyRun['options'] = {}, triggerObjects: object = {}) => {
    const electrons = [
      { ...forward, ...tag },
      { ...backward, cutBased: 1, ...probe },
    ]
    const events = [{ electrons, triggerObjects: [{ ...triggerObjects }] }]
    return (await run(events, { options, args: { mass_range: [0, 1000] } })).rows.length
  }
  is(await pairs({}, {}), 1)
  is(await pairs({ pt: 35 }, {}), 0, 'tag pt at the cut')
  is(await pairs({ cutBased: 3 }, {}), 0, 'tag not tight')
  is(await pairs({}, {}, {}, { pt: 30 }), 0, 'trigger object at the threshold')
  is(await pairs({}, {}, {}, { id: 22 }), 0, 'a photon as trigger object')
  is(await pairs({}, {}, {}, { filterBits: 1 }), 0, 'another bit')
  is(await pairs({}, {}, {}, { eta: 0.101 }), 0, 'too far from the trigger object')
  is(await pairs({ eta: 1.5 }, {}, {}, { eta: 1.5 }), 0, 'tag in the gap')
  is(await pairs({ eta: 1.5 }, {}, { avoid_ecal_transition_tags: false }, { eta: 1.5 }), 1)
  is(await pairs({ eta: 2.2 }, {}, { tags_abseta_cut: 2.17 }, { eta: 2.2 }), 0)
  is(await pairs({}, { eta: 1.5 }), 1)
  is(await pairs({}, { eta: 1.5 }, { avoid_ecal_transition_probes: true }), 0, 'probe in the gap')
  is(await pairs({}, { pt: 10 }), 0, 'probe pt at the cut')
  is(await pairs({}, { charge: -1 }), 0, 'same charge')
  is(await pairs({}, {}, { cutbased_id: 'cutBased >= 2' }), 0)
  is(await pairs({}, {}, { extra_zcands_mask: 'zcands.tag.pt < 40' }), 0)
})

test('an event that its path did not accept is not looked at', async () => {
  const { counts, rows } = await run([{ ...pair, hlt: false }, pair])
  equal([counts.decode, counts.hlt], [2, 1])
  equal(column(rows, 'event'), [101])
})

test('supercluster eta is worked out where the file lacks it, and decides', async () => {
  const events = [{ ...pair, electrons: [forward, { ...backward, deltaEtaSC: 1.5 }] }]
  const args = { vars: ['el_superclusterEta', 'Electron_superclusterEta'] }
  const without = await run(events, { options: { avoid_ecal_transition_probes: true }, args: {} })
  is(without.counts.probe, 2)
  const { rows } = await run(events, { options: { use_sc_eta: true }, args })
  equal(column(rows, 'el_superclusterEta'), [[1.5]])
  equal(column(rows, 'Electron_superclusterEta'), [[0, 1.5]])
})

const particles = [
  {},
  { pdgId: 23, genPartIdxMother: 0 },
  { pdgId: 11, genPartIdxMother: 1 },
  { pdgId: -11, genPartIdxMother: 1 },
]
const generated: ToyEvent = {
  ...pair,
  particles,
  electrons: [
    { ...forward, genPartIdx: 2 },
    { ...backward, genPartIdx: 3 },
  ],
}

test('simulation: both electrons must come from one Z, and weights are divided by their sum over all events', async () => {
  const unmatched = { ...generated, electrons: pair.electrons!, genWeight: 4 }
  const events = [{ ...generated, genWeight: 3 }, unmatched, { genWeight: -1 }]
  const { rows, summary, counts } = await run(events, { metadata: { isMC: true } })
  is(summary.sumGenWeight, 6)
  equal([counts['tag-trigger'], counts.gen], [4, 2])
  equal(column(rows, 'weight'), [0.5])
  equal(column(rows, 'weight_gen'), [3])
  equal(Object.keys(rows[0]!).slice(-4), ['pair_mass', 'weight', 'weight_gen', 'weight_total'])
})

test('whether it is simulation is seen from the file, unless metadata say so', async () => {
  is((await run([generated], { metadata: { isMC: true } })).summary.isMC, true)
  const { rows, summary } = await run([pair])
  equal([summary.isMC, 'weight' in rows[0]!], [false, false])
})

function reported(dir: Scratch): Record<string, unknown> {
  writeFileSync(dir.path('broken.root'), 'no ROOT file, but longer than a header would be. '.repeat(20))
  return { [dir.path('broken.root')]: 'Events' }
}

test('an unreadable file is skipped and reported where that is asked for, and ends the run elsewhere', async () => {
  const dir = scratch()
  const moreFiles = reported(dir)
  const workflow = 'ElectronTagNProbeFromNanoAOD'
  const uproot_options = { allow_read_errors_with_report: true }
  const { rows, summary } = await runToy(dir, [pair], { workflow, moreFiles, args: { uproot_options } })
  is(rows.length, 1)
  equal(
    summary.skipped.map(p => [p.chunk.partition, p.failure?.exception]),
    [[1, 'ValueError']],
  )
  equal(await parquetRows(dir.path('out/Toy/get_tnp_arrays_1/NTuples-part1.parquet')), [])
  let message = ''
  await runToy(dir, [pair], { workflow, moreFiles }).catch(error => (message = error.message))
  match(message, /broken\.root/)
  dir.remove()
})

test('branches that nothing asks for may be missing', async () => {
  const without = ['PV_npvs', 'Electron_deltaEtaSC', 'Electron_photonIdx', 'PV_x']
  is((await run([pair], { without })).rows.length, 1)
  const { rows } = await run([pair], { without, args: { vars: 'all' } })
  equal(
    ['PV_npvs', 'el_photonIdx', 'el_photonIdxG'].map(name => name in rows[0]!),
    [false, false, false],
  )
})

/** The message of the error, of the input or of the file, that the run ends with. */
async function problems(given: Partial<ToyRun>): Promise<string> {
  let text = ''
  await run([pair], given).catch((error: unknown) => {
    ok(error instanceof UsageError || error instanceof DataError, String(error))
    text = error.message
  })
  return text
}

test('a missing branch is named with the stage that needs it and the nearest names', async () => {
  match(
    await problems({ without: ['Electron_deltaEtaSC'], options: { use_sc_eta: true } }),
    /toy\.root.*branch "Electron_deltaEtaSC" not found, read by "angles"\. Nearest: "Electron_/,
  )
  match(
    await problems({ without: ['TrigObj_filterBits'] }),
    /branch "TrigObj_filterBits" not found, read by "tag-trigger"/,
  )
  match(
    await problems({ options: { use_sc_phi: true } }),
    /branch "Electron_superclusterPhi" not found, read by "angles"/,
  )
  match(
    await problems({ metadata: { isMC: true }, without: ['Electron_genPartFlav'] }),
    /"Electron_genPartFlav" not found, read by "gen"\. Nearest: "Electron_genPartIdx"/,
  )
})

test('unknown variables and fields are all listed, with the nearest names', async () => {
  const text = await problems({ args: { vars: ['el_ptt', 'Electron_etaa', 'el_pt'] }, filters: { f: 'cutBasd >= 2' } })
  match(text, /cutBasd/)
  const vars = await problems({ args: { vars: ['el_ptt', 'Electron_etaa', 'el_pt'] } })
  match(vars, /no variable "el_ptt" in these files\. Nearest: "el_pt"/)
  match(vars, /no variable "Electron_etaa" in these files\. Nearest: "Electron_eta"/)
})

test('data with a golden JSON keep certified events alone', async () => {
  const dir = scratch()
  writeFileSync(dir.path('golden.json'), JSON.stringify({ 1: [[1, 6]], 2: [[7, 7]] }))
  const events = [pair, { ...pair, run: 2 }, { ...pair, run: 3 }]
  const { job } = loadJob({
    config: {
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: { filters: { tight: 'isTight' } },
      methods: [{ name: 'get_tnp_arrays', args: {} }],
    },
    fileset: {
      Toy: { files: { [dir.path('toy.root')]: 'Events' }, metadata: { goldenJSON: dir.path('golden.json') } },
    },
    output: dir.path('out'),
  })
  await runToy(dir, events, { workflow: 'ElectronTagNProbeFromNanoAOD' })
  await runJob(job, { executor: 'sync' })
  equal(column(await parquetRows(dir.path('out/Toy/get_tnp_arrays_1/NTuples-part0.parquet')), 'run'), [2])
  dir.remove()
})

test.run()
