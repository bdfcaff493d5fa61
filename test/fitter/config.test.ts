import { test } from 'uvu'
import { equal, ok } from 'uvu/assert'
import { type FitterConfig, fitterConfig } from '../../lib/fitter/index.js'

const GOOD = {
  info_level: 'INFO',
  mass: 'Z',
  input: { root_files_DATA: { data: 'data.root' }, root_files_MC: { mc: 'mc.root' } },
  fit: {
    bin: ['bin0', 'bin1'],
    bin_ranges: [
      [10, 20],
      [20, 45],
    ],
    fit_type: 'dcb_cms',
    x_min: 70,
    x_max: 110,
  },
  output: { plot_dir: '', results_file: 'results.json' },
  scale_factors: { data_mc_pair: { sf: ['data', 'mc'] } },
}

function binsOf({ bins }: FitterConfig) {
  return bins.kind === 'named' ? bins.bins : []
}

/** What is wrong, with its place. */
function problems(document: unknown): string {
  return fitterConfig(document, 'fit.json')
    .findings.problems.map(({ place, message }) => `${place}: ${message}`)
    .join('\n')
}

test("the reference's configuration is understood", () => {
  const config = fitterConfig(GOOD, 'fit.json')
  equal(config.findings.problems, [])
  equal(
    binsOf(config).map(bin => bin.passName),
    ['bin0_pt_10p00To20p00_Pass', 'bin1_pt_20p00To45p00_Pass'],
  )
  equal(
    config.inputs.map(({ sample, label }) => `${sample} ${label}`),
    ['DATA data', 'MC mc'],
  )
  equal(
    [config.models.map(model => [model.name, model.shapes?.name]), config.mass],
    [[['nominal', 'dcb_cms']], [70, 110]],
  )
  equal(config.pairs, { sf: ['data', 'mc'] })
  equal([config.resultsFile, config.plotFolder], ['results.json', null])
})

test('muons have names of their own, and count from 1', () => {
  const fit = { ...GOOD.fit, bin: 'bin2', numerator: 'silver' }
  equal(binsOf(fitterConfig({ ...GOOD, mass: 'Z_muon', fit }, 'fit.json')), [
    {
      name: 'bin2',
      ranges: { pt: [20, 45] },
      passName: 'NUM_silver_DEN_baselineplus_abseta_1_pt_2_Pass',
      failName: 'NUM_silver_DEN_baselineplus_abseta_1_pt_2_Fail',
    },
  ])
})

test('names of one pair of histograms serve every bin', () => {
  const fit = { ...GOOD.fit, bin: 'all', bin_ranges: null, hist_pass_name: 'p', hist_fail_name: 'f' }
  equal(binsOf(fitterConfig({ ...GOOD, fit }, 'fit.json')), [{ name: 'all', ranges: {}, passName: 'p', failName: 'f' }])
})

test('several fits of each bin take from fit what they do not say', () => {
  const { fit_type, ...fit } = GOOD.fit
  const fits = {
    nominal: 'egm-nominal',
    alt_signal: { model: 'egm-alt-signal' },
    plain: fit_type,
    own: { signal: 'g', background: 'mine' },
  }
  const config = fitterConfig({ ...GOOD, shapes: { mine: 'm.mjs::mine' }, fit, fits }, 'fit.json')
  equal(config.findings.problems, [])
  equal(
    config.models.map(({ name, shapes, samples }) => [name, shapes?.name, samples.join()]),
    [
      ['nominal', 'template_roocmsshape', 'DATA'],
      ['alt_signal', 'templateCbExGauss_roocmsshape', 'DATA'],
      ['plain', 'dcb_cms', 'DATA,MC'],
      ['own', 'g_mine', 'DATA,MC'],
    ],
  )
  equal(config.models[0]!.shapes!.signal.pass.template, { kind: 'simulation', label: 'mc' })
  equal(config.models[1]!.prefit!.hold, ['alpha', 'n', 'sigma', 'sigma_2'])
})

test('all that is wrong is told at once, with the nearest names', () => {
  const text = problems({
    mass: 'ZZ',
    input: { root_files_DATA: { data: 7 }, root_files_MC: { mc: 'mc.root' } },
    fit: {
      bin: ['bin0', 'bin9'],
      bin_ranges: [[10, 20]],
      fit_type: 'dcb_cmss',
      x_min: 110,
      x_max: 70,
      xmin: 3,
      parameters: { mu: { strat: 5 }, sigma: { limits: [3] } },
    },
    fits: {
      a: { signal: 'gg', background: { shape: 'exp', tail: 'left' } },
      b: { model: 'egm-nominl' },
      c: 'template_exp',
      d: {},
    },
    scale_factors: { data_mc_pair: { sf: ['data', 'nc'] } },
  })
  for (const part of [
    /fit\.json \/mass: must be one of "Z", "Z_muon", "JPsi", "JPsi_muon", got "ZZ"\. Nearest: "Z"/,
    /\/input\/root_files_DATA\/data: must be a text or an object, got 7/,
    /\/fit\/fit_type: unknown shapes "dcb_cmss"\. Nearest: "dcb_cms"/,
    /\/fit\/xmin: unknown argument "xmin"\. Nearest: "x_min"/,
    /\/fit\/bin: "bin9" is none of the bins of bin_ranges \(bin0\)/,
    /\/fit\/x_min: x_min and x_max must be numbers, x_min the smaller; got 110 and 70/,
    /\/fit\/parameters\/mu\/strat: unknown argument "strat"\. Nearest: "start"/,
    /\/fit\/parameters\/sigma\/limits: must have 2 elements, got 1/,
    /\/fits\/a\/signal: unknown shape "gg"\. Nearest: "g"/,
    /\/fits\/a\/background\/tail: is for cbexgauss and templateCbExGauss alone, not for "exp"/,
    /\/fits\/b\/model: must be one of .*, got "egm-nominl"\. Nearest: "egm-nominal"/,
    /\/scale_factors\/data_mc_pair\/sf\/1: "nc" is none of the labels of MC \(mc\)\. Nearest: "mc"/,
  ]) {
    ok(part.test(text), `${part} in\n${text}`)
  }
  ok(/fit\.json: must be a JSON object/.test(problems([])))
})

test('a template needs simulation that it is made of', () => {
  const fit = { ...GOOD.fit, fit_type: 'template_exp' }
  const two = { ...GOOD.input, root_files_MC: { a: 'a.root', b: 'b.root' } }
  ok(/fit_type: needs a template: .*Simulation: a, b\./.test(problems({ ...GOOD, input: two, fit, scale_factors: {} })))
  const given = problems({ ...GOOD, input: two, fit: { ...fit, template: 'c' }, scale_factors: {} })
  ok(/fit\/template: "c" is no label of simulation\. Nearest: "a", "b"\./.test(given), given)
  equal(problems({ ...GOOD, input: two, fit: { ...fit, template: 'b' }, scale_factors: {} }), '')
})

test.run()
