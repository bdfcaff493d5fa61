import { test } from 'uvu'
import { equal, ok, throws } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import { fitterConfig } from '../../lib/fitter/index.js'

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

test("the reference's configuration is understood", () => {
  const config = fitterConfig(GOOD, 'fit.json')
  equal(
    config.bins.map(bin => bin.passName),
    ['bin0_pt_10p00To20p00_Pass', 'bin1_pt_20p00To45p00_Pass'],
  )
  equal(
    config.inputs.map(({ sample, label }) => `${sample} ${label}`),
    ['DATA data', 'MC mc'],
  )
  equal([config.signal, config.background, config.mass], ['dcb', 'cms', [70, 110]])
  equal(config.pairs, { sf: ['data', 'mc'] })
  equal([config.resultsFile, config.plotFolder], ['results.json', null])
})

test('muons have names of their own, and count from 1', () => {
  const fit = { ...GOOD.fit, bin: 'bin2', numerator: 'silver' }
  const { bins } = fitterConfig({ ...GOOD, mass: 'Z_muon', fit }, 'fit.json')
  equal(bins, [
    {
      name: 'bin2',
      ranges: { pt: [20, 45] },
      passName: 'NUM_silver_DEN_baselineplus_abseta_1_pt_2_Pass',
      failName: 'NUM_silver_DEN_baselineplus_abseta_1_pt_2_Fail',
    },
  ])
})

test('names of one pair of histograms serve every bin', () => {
  const fit = { ...GOOD.fit, bin: 'all', hist_pass_name: 'p', hist_fail_name: 'f' }
  equal(fitterConfig({ ...GOOD, fit }, 'fit.json').bins, [{ name: 'all', ranges: {}, passName: 'p', failName: 'f' }])
})

test('all that is wrong is told at once, with the nearest names', () => {
  const bad = {
    mass: 'ZZ',
    input: { root_files_DATA: { data: 7 } },
    fit: {
      bin: ['bin0', 'bin9'],
      bin_ranges: [[10, 20]],
      fit_type: 'dcb_cmss',
      x_min: 110,
      x_max: 70,
      xmin: 3,
      parameters: { mu: { start: 5, limits: [80, 95] }, sigma: { limits: [3, 1] } },
    },
    scale_factors: { data_mc_pair: { sf: ['data', 'nc'] } },
  }
  try {
    fitterConfig(bad, 'fit.json')
    ok(false)
  } catch (error) {
    ok(error instanceof UsageError)
    const text = (error as UsageError).message
    for (const part of [
      /fit\.json \/mass: unknown mass "ZZ"\. Nearest: "Z"/,
      /\/input\/root_files_DATA\/data: must be the path of a file, got 7/,
      /\/fit\/fit_type: unknown shapes "dcb_cmss"\. Nearest: "dcb_cms"/,
      /\/fit\/xmin: unknown key\. Nearest: "x_min"/,
      /\/fit\/bin: "bin9" is none of the bins of bin_ranges \(bin0\)/,
      /\/fit\/x_min: x_min and x_max must be numbers, x_min the smaller; got 110 and 70/,
      /\/fit\/parameters\/mu\/start: 5 is outside of the limits 80 to 95/,
      /\/fit\/parameters\/sigma\/limits: must be \[low, high\], got \[3,1\]/,
      /\/scale_factors\/data_mc_pair\/sf: "nc" is none of the labels of root_files_MC/,
    ]) {
      ok(part.test(text), `${part} in\n${text}`)
    }
  }
  throws(() => fitterConfig([], 'fit.json'), /fit\.json: must be an object/)
})

test.run()
