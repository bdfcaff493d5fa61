/** From events to scale factors by fits: a pipe of commands, and the single commands with files between them, write the same bytes. */
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { fitResultsJson, fitterConfig, runFitter } from '../../lib/index.js'
import { scratch, tnpPipe } from '../support/cli.js'
import { bash } from '../support/shell.js'

const ROOT = 'fixtures/root'
const FILTER = 'tight'
const RUNNER = {
  workflow: 'ElectronTagNProbeFromNanoAOD',
  workflow_args: { filters: { [FILTER]: 'cutBased >= 4' } },
  methods: [
    {
      name: 'get_nd_tnp_histograms',
      args: { filter: FILTER, cut_and_count: false, vars: ['el_eta', 'el_pt'], weight: null },
    },
  ],
}
const FILESET = {
  Data: {
    files: { [`${ROOT}/nano-data.root`]: 'Events', [`${ROOT}/nano-data-2.root`]: 'Events' },
    metadata: { isMC: false },
  },
  MC: { files: { [`${ROOT}/nano-mc.root`]: 'Events' }, metadata: { isMC: true } },
}
const BINNING = { el_eta_bins: [-2.5, 0, 2.5], el_pt_bins: [20, 40, 200] }
const FIT = { x_min: 60, x_max: 120 }
const FITS = {
  nominal: { signal: 'g', background: 'exp' },
  alt_signal: { signal: 'dcb', background: 'exp' },
  counted: 'count',
}

/** Data and simulation out of `data` and `mc`: files, or stdin. */
function fitter(data: unknown, mc: unknown) {
  return { mass: 'Z', input: { data: { data }, mc: { mc } }, fit: FIT, fits: FITS }
}

function factors(file: string) {
  return {
    data: { nominal: { file, name: 'data/nominal' }, alt_signal: { file, name: 'data/alt_signal' } },
    mc: { nominal: { file, name: 'mc/counted' }, alt_mc: { file, name: 'mc/nominal' } },
    correction: { year: '2022', working_point: 'Tight' },
  }
}

test('chunks | ... | merge | fit | scale-factors, the commands one by one, and code give the same', async () => {
  const dir = scratch()
  const [runner, fileset, binning] = [
    dir.json('runner.json', RUNNER),
    dir.json('fileset.json', FILESET),
    dir.json('binning.json', BINNING),
  ]
  const piped = fitter({ file: '-', name: 'Data' }, { file: '-', name: 'MC/get_nd_tnp_histograms_1' })
  const { status, stderr } = await bash(
    `tnp-pipe chunks ${fileset} --config ${runner} --binning ${binning} |
      tnp-pipe decode | tnp-pipe weight | tnp-pipe golden | tnp-pipe pair |
      tnp-pipe filter --method get_nd_tnp_histograms_1 | tnp-pipe fill | tnp-pipe merge |
      tnp-pipe fit --config ${dir.json('fit-pipe.json', piped)} --allow-failed-bins |
      tnp-pipe scale-factors --config ${dir.json('sf-pipe.json', factors('-'))} --output ${dir.path('piped')} --allow-failed-bins`,
  )
  is(status, 0, stderr)

  const run = await tnpPipe([
    'run',
    '--config',
    runner,
    '--fileset',
    fileset,
    '--binning',
    binning,
    '--output',
    dir.path('out'),
  ])
  is(run.status, 0, run.stderr)
  const histograms = (dataset: string, kind: string) =>
    dir.path(`out/${dataset}/get_nd_tnp_histograms_1/${FILTER}_histos.${kind}`)
  const single = fitter(histograms('Data', 'pkl'), histograms('MC', 'json'))
  const fit = await tnpPipe([
    ...['fit', '--config', dir.json('fit.json', single), '--allow-failed-bins', '--output', dir.path('fits.json')],
  ])
  is(fit.status, 0, fit.stderr)
  // And in code.
  const results = await runFitter(fitterConfig(dir.path('fit.json')), { allowUnfit: true })
  is(fitResultsJson(results), readFileSync(dir.path('fits.json'), 'utf8'))
  const made = await tnpPipe([
    ...['scale-factors', '--config', dir.json('sf.json', factors(dir.path('fits.json')))],
    ...['--output', dir.path('single'), '--allow-failed-bins'],
  ])
  is(made.status, 0, made.stderr)

  const names = readdirSync(dir.path('single')).sort()
  equal(readdirSync(dir.path('piped')).sort(), names)
  ok(names.includes('correction.json'))
  for (const name of names) {
    ok(readFileSync(dir.path(`piped/${name}`)).equals(readFileSync(dir.path(`single/${name}`))), name)
  }
  const { bins } = JSON.parse(readFileSync(dir.path('single/scale-factors.json'), 'utf8'))
  equal(bins.length, 4)
  ok(
    bins.some((bin: { status: string }) => bin.status === 'ok'),
    JSON.stringify(bins),
  )
  dir.remove()
})

test('a stage before that has not finished, and groups of histograms that are not there, are told', async () => {
  const dir = scratch()
  const config = dir.json('fit.json', fitter({ file: '-', name: 'Data' }, '-'))
  const cut = await bash(`printf '' | tnp-pipe fit --config ${config}`)
  is(cut.status, 2)
  match(cut.stderr, /\/input\/data\/data: stdin is empty: the stage before has not finished/)
  const both = dir.json('both.json', fitter('-', '-'))
  const twice = await bash(`cat ${both} | tnp-pipe fit --config -`)
  match(
    twice.stderr,
    /stdin \/input\/data\/data: is standard input, as the configuration is\. Give one of them a file\./,
  )
  dir.remove()
})

test.run()
