/** From events to scale factors, and back: what the command writes weights the simulation of the next run, whose efficiencies are
 *  then those of data. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import { equal, is, ok } from 'uvu/assert'
import { type Scratch, scratch, tnpPipe } from '../support/cli.js'

const STAGE = join(fileURLToPath(new URL('../../', import.meta.url)), 'examples/scale-factor-weights.js')
const ROOT = 'fixtures/root'
const BINNING = { el_superclusterEta_bins: [-2.5, 0, 2.5], el_pt_bins: [20, 40, 200] }
const FOLDER = 'get_nd_tnp_histograms_1/tight_histos'

function runner(weight: string | null, selection: object = {}) {
  return {
    workflow: 'ElectronTagNProbeFromNanoAOD',
    workflow_args: { filters: { tight: 'cutBased >= 4' }, use_sc_eta: true, ...selection },
    methods: [
      {
        name: 'get_nd_tnp_histograms',
        args: { filter: 'tight', cut_and_count: false, vars: ['el_superclusterEta', 'el_pt'], weight },
      },
    ],
  }
}

/** Histograms of both samples; metadata is added to that of the simulation. */
async function histograms(
  dir: Scratch,
  out: string,
  weight: string | null,
  metadata = {},
  more: readonly string[] = [],
  selection: object = {},
) {
  const fileset = {
    Data: {
      files: { [`${ROOT}/nano-data.root`]: 'Events', [`${ROOT}/nano-data-2.root`]: 'Events' },
      metadata: { isMC: false },
    },
    MC: { files: { [`${ROOT}/nano-mc.root`]: 'Events' }, metadata: { isMC: true, ...metadata } },
  }
  const { status, stderr } = await tnpPipe([
    ...[
      'run',
      '--config',
      dir.json(`${out}-r.json`, runner(weight, selection)),
      '--fileset',
      dir.json(`${out}-f.json`, fileset),
    ],
    ...['--binning', dir.json(`${out}-b.json`, BINNING), '--output', dir.path(out), ...more],
  ])
  is(status, 0, stderr)
}

async function factors(dir: Scratch, name: string, data: string, mc: string) {
  const document = {
    data: { nominal: dir.path(data) },
    mc: { nominal: dir.path(mc) },
    axes: ['el_superclusterEta', 'el_pt'],
    correction: { year: '2022', working_point: 'Tight' },
  }
  const config = dir.json(`${name}.json`, document)
  const { status, stderr } = await tnpPipe(['scale-factors', '--config', config, '--output', dir.path(name)])
  is(status, 0, stderr)
  return JSON.parse(readFileSync(dir.path(`${name}/scale-factors.json`), 'utf8')).bins as readonly {
    readonly scale_factor: number
    readonly up: number
    readonly down: number
    readonly data_efficiency: number
    readonly mc_efficiency: number
  }[]
}

test('simulation that is weighted with its own scale factors has the efficiency of data', async () => {
  const dir = scratch()
  try {
    await histograms(dir, 'first', null)
    const before = await factors(dir, 'sf', `first/Data/${FOLDER}.pkl`, `first/MC/${FOLDER}.json`)
    is(before.length, 4)
    ok(before.some(bin => Math.abs(bin.scale_factor - 1) > 0.01))

    const itself = await factors(dir, 'self', `first/Data/${FOLDER}.pkl`, `first/Data/${FOLDER}.json`)
    equal(
      itself.map(bin => bin.scale_factor),
      [1, 1, 1, 1],
    )

    const metadata = { scaleFactors: dir.path('sf/correction.json'), year: '2022', workingPoint: 'Tight' }
    await histograms(dir, 'second', 'el_sfWeight', metadata, ['--stage', STAGE])
    const after = await factors(dir, 'sf2', `second/Data/${FOLDER}.pkl`, `second/MC/${FOLDER}.pkl`)
    for (const [k, { scale_factor, up, down, data_efficiency, mc_efficiency }] of after.entries()) {
      ok(scale_factor - down <= 1 && 1 <= scale_factor + up, `bin ${k}: ${scale_factor}`)
      ok(Math.abs(scale_factor - 1) < 1e-12, `bin ${k}: ${scale_factor}`)
      is(data_efficiency, before[k]!.data_efficiency)
      ok(Math.abs(mc_efficiency - data_efficiency) < 1e-12)
    }
  } finally {
    dir.remove()
  }
})

/** Passing over all in each bin, as the command of its own prints it. */
async function efficiencies(path: string): Promise<readonly number[]> {
  const axes = ['--axes', 'el_superclusterEta,el_pt', '--flow', '--mass-window', '60,120', '--format', 'json']
  const { stdout } = await tnpPipe(['efficiency', path, ...axes])
  return JSON.parse(stdout)[0].rows.map((row: { efficiency: number }) => row.efficiency)
}

test('histograms of runs with another selection of tags, and of another simulation, are alternatives', async () => {
  const dir = scratch()
  try {
    await histograms(dir, 'nominal', null)
    await histograms(dir, 'tags', null, {}, [], { tags_pt_cut: 38 })
    // Weights by the generator stand for another simulation.
    await histograms(dir, 'weighted', 'weight', {}, [], {})
    const mc = (run: string) => dir.path(`${run}/MC/${FOLDER}.pkl`)
    const document = {
      data: { nominal: dir.path(`nominal/Data/${FOLDER}.pkl`) },
      mc: { nominal: mc('nominal'), alt_tag: mc('tags').replace('.pkl', '.json'), alt_mc: mc('weighted') },
      axes: ['el_superclusterEta', 'el_pt'],
      correction: { year: '2022', working_point: 'Tight' },
    }
    const { status, stderr } = await tnpPipe([
      ...[
        'scale-factors',
        '--config',
        dir.json('sf.json', document),
        '--output',
        dir.path('sf'),
        '--allow-failed-bins',
      ],
    ])
    is(status, 0, stderr)
    const [own, tags, weighted] = await Promise.all(['nominal', 'tags', 'weighted'].map(run => efficiencies(mc(run))))
    const bins = JSON.parse(readFileSync(dir.path('sf/scale-factors.json'), 'utf8')).bins as readonly {
      readonly status: string
      readonly sources: Readonly<Record<string, { readonly up: number }>>
    }[]
    const used = bins.flatMap((bin, k) => (bin.status === 'ok' ? [k] : []))
    ok(used.length > 1)
    for (const k of used) {
      const difference = (other: readonly number[]) => Math.abs(other[k]! - own![k]!) / own![k]!
      ok(Math.abs(bins[k]!.sources.altTag!.up - difference(tags!)) < 1e-12, `tags, bin ${k}`)
      ok(Math.abs(bins[k]!.sources.altMC!.up - difference(weighted!)) < 1e-12, `weighted, bin ${k}`)
    }
    ok(used.some(k => bins[k]!.sources.altTag!.up > 0.001) && used.some(k => bins[k]!.sources.altMC!.up > 0.001))
  } finally {
    dir.remove()
  }
})

test.run()
