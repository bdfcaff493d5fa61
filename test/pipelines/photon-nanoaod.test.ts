/** PhotonTagNProbeFromNanoAOD on files written by hand, and the figures of the shared sample. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { DataError, UsageError } from '../../lib/core/errors.js'
import { loadJob, runJob } from '../../lib/job/index.js'
import { scratch } from '../support/cli.js'
import { close } from '../support/columns.js'
import { sharedDir, testIf } from '../support/tools.js'
import { column, runToy, type ToyEvent, type ToyResult, type ToyRun } from '../support/toy-events.js'

/** Just below pi, as a float32. */
const BACK = 3.140625
const workflow = 'PhotonTagNProbeFromNanoAOD'
const DIPHOTONS = { start_from_diphotons: true }
const ELECTRON_PHOTON = { start_from_diphotons: false }

/** Two electrons, which are reconstructed as photons as well; the links cross. */
const electrons = [
  { pt: 45, photonIdx: 1 },
  { pt: 46, phi: BACK, photonIdx: 0 },
]
const photons = [
  { pt: 47, phi: BACK, electronIdx: 1 },
  { pt: 44, electronIdx: 0 },
]
const seen = [{}, { phi: BACK }]
const pair: ToyEvent = { electrons, photons, triggerObjects: seen }

async function run(events: readonly ToyEvent[], given: Partial<ToyRun> = {}): Promise<ToyResult> {
  const dir = scratch()
  try {
    return await runToy(dir, events, { workflow, ...given })
  } finally {
    dir.remove()
  }
}

test('no events, and events without photons or with one, give no rows', async () => {
  const events = [{}, { electrons: [{}], triggerObjects: [{}] }, { photons: [{ electronIdx: 0 }], electrons: [{}] }]
  for (const options of [DIPHOTONS, ELECTRON_PHOTON]) {
    equal((await run([], { options })).rows, [])
    const { rows, counts } = await run(events, { options })
    equal([rows, counts.pair], [[], 0])
  }
})

test('diphotons: each of two photons is tag once, whatever the charges', async () => {
  const { rows, counts } = await run([{}, pair], { args: { vars: ['ph_pt', 'tag_Ele_pt', 'ph_charge'] } })
  equal([counts.pair, counts['pair-kinematics']], [2, 2])
  equal(column(rows, 'tag_Ele_pt'), [[47, 44]])
  equal(column(rows, 'ph_pt'), [[44, 47]])
  equal(column(rows, 'ph_charge'), [[0, 0]])
  const [mass] = column(rows, 'pair_mass') as number[][]
  for (const m of mass!) close(m, Math.sqrt(2 * 44 * 47 * (1 - Math.cos(BACK))), 1e-6)
})

test('electron-photon: tags are electrons, and probes are never the photon of the tag', async () => {
  const { rows, counts } = await run([pair], {
    options: ELECTRON_PHOTON,
    args: { vars: ['tag_Ele_pt', 'ph_pt', 'tag_Ele_charge'] },
  })
  is(counts.pair, 2)
  equal(column(rows, 'tag_Ele_pt'), [[45, 46]])
  equal(column(rows, 'ph_pt'), [[47, 44]])
  equal(column(rows, 'tag_Ele_charge'), [[1, 1]])
})

test('electron-photon: a photon that is linked to another electron, but close to the tag, is not its probe', async () => {
  const count = async (phi: number) =>
    (await run([{ ...pair, photons: [{ phi, electronIdx: 1 }] }], { options: ELECTRON_PHOTON })).counts.pair
  is(await count(0.0625), 0)
  is(await count(0.125), 1)
})

test('three photons make six ordered pairs, three electrons and three photons nine less the linked ones', async () => {
  const three: ToyEvent = {
    electrons: [...electrons, { phi: 1.5, pt: 60 }],
    photons: [...photons, { phi: 1.5, pt: 61, electronIdx: 2 }],
    triggerObjects: [{}],
  }
  const args = { flat: true, vars: ['tag_Ele_pt', 'ph_pt'], mass_range: [1, 1000] }
  const diphotons = await run([three], { args })
  is(diphotons.counts.pair, 6)
  // The trigger has seen the first electron alone: that of the second photon.
  equal(
    diphotons.rows.map(row => [row.tag_Ele_pt, row.ph_pt]),
    [
      [44, 47],
      [44, 61],
    ],
  )
  const mixed = await run([three], { args, options: ELECTRON_PHOTON })
  is(mixed.counts.pair, 6)
  equal(
    mixed.rows.map(row => [row.tag_Ele_pt, row.ph_pt]),
    [
      [45, 47],
      [45, 61],
    ],
  )
})

/** Rows of an event whose second photon is no tag: the first is changed as given, and so is its electron. */
async function tagPasses(photon: object, electron: object = {}, options: ToyRun['options'] = {}): Promise<boolean> {
  const event: ToyEvent = {
    electrons: [{ ...electron }],
    photons: [{ electronIdx: 0, ...photon }, { phi: BACK }],
    triggerObjects: [{}],
  }
  return (await run([event], { options, args: { mass_range: [1, 1000] } })).rows.length === 1
}

test('diphotons: the tag is tight, has a pixel seed and an electron, and the trigger has seen that electron', async () => {
  ok(await tagPasses({}))
  ok(!(await tagPasses({ cutBased: 2 })), 'not tight')
  ok(!(await tagPasses({ pixelSeed: 0 })), 'no pixel seed')
  ok(!(await tagPasses({ electronIdx: -1 })), 'no electron')
  ok(!(await tagPasses({ electronIdx: 1 })), 'a link that points nowhere')
  ok(!(await tagPasses({ pt: 35 })), 'pt at the cut')
  ok(!(await tagPasses({ eta: 1.5 })), 'in the gap')
  ok(await tagPasses({ eta: 1.5 }, {}, { avoid_ecal_transition_tags: false }), 'the electron is where it was')
  ok(!(await tagPasses({}, { eta: 0.125 })), 'the electron is elsewhere')
  ok(await tagPasses({}, { cutBased: 0, pt: 1 }), 'of the electron, only the direction counts')
})

test('electron-photon: the tag is a tight electron that the trigger has seen', async () => {
  const passes = async (electron: object) => {
    const event = { electrons: [{ ...electron }], photons: [{ phi: BACK }], triggerObjects: [{}] }
    return (await run([event], { options: ELECTRON_PHOTON, args: { mass_range: [1, 1000] } })).rows.length === 1
  }
  ok(await passes({}))
  ok(!(await passes({ cutBased: 3 })))
  ok(!(await passes({ eta: 0.125 })))
})

test('HLT filters look for photons, or for electrons where is_electron_filter says so', async () => {
  const event: ToyEvent = { ...pair, triggerObjects: [...seen, { id: 22, filterBits: 8, pt: 21 }] }
  const filters = { photon: 'HLT_Ele30_WPTight_Gsf', electron: 'HLT_Ele30_WPTight_Gsf_Leg1' }
  const options = {
    filterbit: { photon: 3, electron: 1 },
    trigger_pt: { photon: 20, electron: 30 },
    is_electron_filter: { photon: false, electron: true },
  }
  const { rows } = await run([event], { filters, options })
  equal(column(rows, 'ph_pt'), [[44, 47]])
  equal(column(rows, 'photon'), [[true, false]])
  equal(column(rows, 'electron'), [[true, true]])
})

test('expressions reach the probe, its electron, and the tag', async () => {
  const filters = {
    seed: 'pixelSeed',
    electron: 'ak.fill_none(zcands.probe.matched_electron.pt > 45.5, False)',
    direction: 'zcands.probe.matched_electron.eta_to_use == 0',
    chargeless: '(zcands.probe.charge == 0) & (zcands.probe.mass == 0)',
    tag: 'zcands.tag.isTight',
  }
  const { rows } = await run([{ ...pair, photons: [photons[0]!, { ...photons[1]!, pixelSeed: 1 }] }], { filters })
  equal(
    Object.keys(filters).map(name => column(rows, name)[0]),
    [
      [true, true],
      [false, true],
      [true, true],
      [true, true],
      [true, true],
    ],
  )
})

test('"all" has mass and charge after the indices, and the supercluster eta last, as float64', async () => {
  const { rows } = await run([pair], { args: { vars: 'all', flat: true }, options: { use_sc_eta: true } })
  const fields = [
    'electronIdx',
    'pixelSeed',
    'isScEtaEB',
    'isScEtaEE',
    'electronIdxG',
    'mass',
    'charge',
    'superclusterEta',
  ]
  const names = ['pt', 'eta', 'phi', 'cutBased', ...fields]
  equal(Object.keys(rows[0]!), [
    ...names.map(f => `tag_Ele_${f}`),
    ...names.map(f => `ph_${f}`),
    ...['PV_npvs', 'event', 'run', 'luminosityBlock', 'tight', 'pair_mass'],
  ])
  equal(column(rows, 'ph_electronIdxG'), [0, 1])
})

test('supercluster eta is worked out from the vertex where the file lacks it, and decides', async () => {
  const events = [pair, { ...pair, photons: [photons[0]!, { ...photons[1]!, eta: 1.5, isScEtaEB: 0 }] }]
  const options = { avoid_ecal_transition_probes: true, use_sc_eta: true }
  const { rows, counts } = await run(events, { options, args: { vars: ['ph_superclusterEta'] } })
  is(rows.length, 1)
  is(counts.probe, 2)
  for (const eta of column(rows, 'ph_superclusterEta')[0] as number[]) close(eta, 0, 0, 1e-7)
})

test('a supercluster eta of the file is used as it is', async () => {
  const dir = scratch()
  const args = { vars: ['ph_superclusterEta', 'Photon_superclusterEta'] }
  const event = { ...pair, photons: photons.map((p, i) => ({ ...p, superclusterEta: i })) }
  const given = { workflow, args, options: { use_sc_eta: true } } as const
  const { rows } = await runToy(dir, [event], { ...given, extra: { Photon: { superclusterEta: ['float32', 0] } } })
  equal(column(rows, 'ph_superclusterEta'), [[1, 0]])
  equal(column(rows, 'Photon_superclusterEta'), [[0, 1]])
  dir.remove()
})

test('mass and charge of photons are zero even where the file has other ones', async () => {
  const extra = { Photon: { mass: ['float32', 3], charge: ['int32', 1] } } as const
  const { rows } = await run([pair], { extra, args: { vars: ['ph_mass', 'ph_charge', 'Photon_mass'] } })
  equal(
    [rows[0]!.ph_mass, rows[0]!.ph_charge, rows[0]!.Photon_mass].map(x => Array.from(x as number[])),
    [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
  )
  close((column(rows, 'pair_mass')[0] as number[])[0]!, Math.sqrt(2 * 44 * 47 * (1 - Math.cos(BACK))), 1e-6)
})

test('a whole collection is a list of records, with the fields that the schema and the workflow add', async () => {
  const args = { vars: ['Photon', 'Photon_electronIdxG', 'PV'] }
  const { rows } = await run([{ electrons }, pair], { options: { use_sc_eta: true }, args })
  const records = rows[0]!.Photon as Record<string, unknown>[]
  const branches = ['pt', 'eta', 'phi', 'cutBased', 'electronIdx', 'pixelSeed', 'isScEtaEB', 'isScEtaEE']
  const added = ['electronIdxG', 'mass', 'charge', 'superclusterEta', 'eta_to_use', 'phi_to_use']
  equal(Object.keys(records[0]!), [...branches, ...added])
  equal(
    records.map(r => [r.pt, Number(r.electronIdxG), r.charge]),
    [
      [47, 3, 0],
      [44, 2, 0],
    ],
  )
  equal(column(rows, 'Photon_electronIdxG'), [[3, 2]])
  equal(Object.keys(rows[0]!.PV as object), ['npvs', 'x', 'y', 'z'])
})

const particles = [{ pdgId: 23 }, { pdgId: 11, genPartIdxMother: 0 }, { pdgId: -11, genPartIdxMother: 0 }]

/** The event with links to generator particles. */
function generated(flavours: { electron: number; photon: number }): ToyEvent {
  return {
    ...pair,
    particles,
    electrons: electrons.map((e, i) => ({ ...e, genPartIdx: i + 1, genPartFlav: flavours.electron })),
    photons: photons.map((p, i) => ({ ...p, genPartIdx: 2 - i, genPartFlav: flavours.photon })),
  }
}

test('simulation: from one Z, photons of flavour 11 and electrons of flavour 1; weights follow', async () => {
  const metadata = { isMC: true }
  const events = [
    generated({ electron: 1, photon: 11 }),
    generated({ electron: 1, photon: 1 }),
    generated({ electron: 15, photon: 11 }),
  ]
  const args = { vars: ['ph_pt'] }
  const diphotons = await run(events, { metadata, args, options: DIPHOTONS })
  equal(column(diphotons.rows, 'event'), [100, 102])
  const mixed = await run(events, { metadata, args, options: ELECTRON_PHOTON })
  equal(column(mixed.rows, 'event'), [100])
  equal(column(mixed.rows, 'weight'), [1 / 3])
})

test('an unreadable file is skipped and reported', async () => {
  const dir = scratch()
  writeFileSync(dir.path('broken.root'), 'no ROOT file, but longer than a header would be. '.repeat(20))
  const args = { uproot_options: { allow_read_errors_with_report: true } }
  const { rows, summary } = await runToy(dir, [pair], {
    workflow,
    args,
    moreFiles: { [dir.path('broken.root')]: 'Events', [dir.path('none.root')]: 'Events' },
  })
  is(rows.length, 1)
  equal(
    summary.skipped.map(p => p.failure?.exception),
    ['ValueError', 'FileNotFoundError'],
  )
  dir.remove()
})

test('branches that nothing asks for may be missing', async () => {
  const without = ['PV_npvs', 'PV_x', 'Photon_isScEtaEB', 'Electron_deltaEtaSC', 'Electron_photonIdx']
  for (const options of [DIPHOTONS, ELECTRON_PHOTON]) is((await run([pair], { without, options })).rows.length, 1)
})

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
    await problems({ without: ['Photon_pixelSeed'] }),
    /toy\.root.*branch "Photon_pixelSeed" not found, read by "tag-electron"/,
  )
  match(
    await problems({ without: ['Photon_electronIdx'], options: ELECTRON_PHOTON }),
    /branch "Photon_electronIdx" not found, read by "pair"\. Nearest: /,
  )
  match(
    await problems({ without: ['Photon_isScEtaEE'], options: { use_sc_eta: true } }),
    /branch "Photon_isScEtaEE" not found, read by "angles"\. Nearest: "Photon_isScEtaEB"/,
  )
  match(await problems({ args: { vars: ['ph_ptt'] } }), /no variable "ph_ptt" in these files\. Nearest: "ph_pt"/)
})

/** Rows of the tables of passing and failing probes of DYto2E.root, for diphotons and electron-photon pairs. */
async function figures(file: string, expression: string, cutbased_id: string | null): Promise<number[][]> {
  const dir = scratch()
  const counts: number[][] = []
  for (const start_from_diphotons of [true, false]) {
    const hlt = expression.startsWith('HLT_')
    const { job } = loadJob({
      config: {
        workflow,
        workflow_args: {
          filters: { f: expression },
          ...{ filterbit: { f: hlt ? 1 : null }, trigger_pt: { f: hlt ? 32 : null }, is_electron_filter: { f: hlt } },
          ...{ tags_pt_cut: 35, probes_pt_cut: 27, tags_abseta_cut: 2.17, cutbased_id, start_from_diphotons },
        },
        methods: [{ name: 'get_passing_and_failing_probes', args: { filter: 'f', cut_and_count: false } }],
      },
      fileset: { DY: { files: { [file]: 'Events' } } },
      output: dir.path('out'),
    })
    const { datasets } = await runJob(job, { executor: 'sync' })
    counts.push(datasets[0]!.tables.map(table => table.rows))
  }
  dir.remove()
  return counts
}

testIf(
  test,
  sharedDir(),
  'the shared sample',
)('the figures of the reference on its sample', async () => {
  const file = join(sharedDir()!, 'data', 'DYto2E.root')
  equal(await figures(file, 'HLT_Ele32_WPTight_Gsf', 'cutBased >= 3'), [
    [336, 101],
    [441, 122],
  ])
  equal(await figures(file, 'cutBased >= 3', null), [
    [436, 146],
    [562, 170],
  ])
})

const HARDEST = 'zcands.probe.pt == ak.max(zcands.probe.pt, axis=1)'

test('a mask that looks at the whole event sees the pairs that cutbased_id refuses, and the other way round', async () => {
  const event: ToyEvent = {
    electrons,
    photons: photons.map(photon => ({ ...photon, cutBased: photon.pt === 47 ? 2 : 3 })),
    triggerObjects: seen,
  }
  const of = async (start: object, cutbasedId: string | null, mask: string | null) => {
    const options = { ...start, cutbased_id: cutbasedId, extra_zcands_mask: mask }
    const { rows, counts } = await run([event], { options })
    return [rows.length, counts.id, counts.mask]
  }
  for (const start of [DIPHOTONS, ELECTRON_PHOTON]) {
    equal(await of(start, 'cutBased >= 3', HARDEST), [0, 1, 0])
    equal((await of(start, 'pt == ak.max(zcands.probe.pt, axis=1)', 'zcands.probe.cutBased >= 3')).slice(1), [1, 0])
    equal((await of(start, null, HARDEST)).slice(1), [undefined, 1])
    equal((await of(start, 'cutBased >= 3', null)).slice(1), [1, undefined])
  }
})

testIf(
  test,
  sharedDir(),
  'the shared sample',
)('identification and mask together leave as many pairs as in the reference', async () => {
  const pairs = async (start: object) => {
    const dir = scratch()
    const { job } = loadJob({
      config: {
        workflow,
        workflow_args: {
          filters: { loose: 'cutBased >= 1' },
          is_electron_filter: { loose: false },
          cutbased_id: 'r9 > 0.5',
          extra_zcands_mask: HARDEST,
          tags_pt_cut: 0,
          probes_pt_cut: 0,
          ...start,
        },
        methods: [{ name: 'get_tnp_arrays', args: { vars: ['ph_pt'], flat: true } }],
      },
      fileset: { D: { files: { [join(sharedDir()!, 'data', 'nano9-mc.root')]: 'Events' }, metadata: { isMC: true } } },
      output: dir.path('out'),
    })
    const { datasets } = await runJob(job, { executor: 'sync' })
    dir.remove()
    return datasets[0]!.windows.map(w => w.pairs)
  }
  equal(await pairs(DIPHOTONS), [614])
  equal(await pairs(ELECTRON_PHOTON), [883])
})

test.run()
