/** Names of histograms: those of the group's tool in ROOT files, and of muons at the J/psi. */
import { writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, match, ok } from 'uvu/assert'
import { efficiencyTables, fitterConfig, planFits, runFitter } from '../../lib/fitter/index.js'
import { type NamedHist, rootHistsFile } from '../../lib/formats/index.js'
import { newHist, regularAxis } from '../../lib/hist/index.js'
import { scratch } from '../support/cli.js'

/** A Gaussian on a flat background, without fluctuations. */
function spectrum(low: number, high: number, peak: { mean: number; sigma: number; count: number; flat: number }) {
  const hist = newHist([regularAxis({ name: 'mll', bins: 60, lower: low, upper: high })])
  const width = (high - low) / 60
  for (let k = 0; k < 60; k++) {
    const t = (low + (k + 0.5) * width - peak.mean) / peak.sigma
    const density = Math.exp(-0.5 * t * t) / (peak.sigma * Math.sqrt(2 * Math.PI))
    hist.value[k + 1] = Math.round(peak.count * density * width + peak.flat)
    hist.variance[k + 1] = hist.value[k + 1]!
  }
  return hist
}

function pair(bin: string, low: number, high: number, peak: { mean: number; sigma: number }, efficiency: number) {
  const of = (count: number) => spectrum(low, high, { ...peak, count, flat: 8 })
  return [
    { path: `${bin}_Pass`, hist: of(8000 * efficiency) },
    { path: `${bin}_Fail`, hist: of(8000 * (1 - efficiency)) },
  ]
}

function write(path: string, hists: readonly NamedHist[]) {
  writeFileSync(path, rootHistsFile(hists, 'toy.root'))
}

const Z = { mean: 91, sigma: 2.5 }

test('bins of the group’s tool are found by their names, with their ranges', async () => {
  const files = scratch()
  const names = ['m2p50Tom1p566', 'm1p566To0p00'].flatMap((eta, i) =>
    ['10p00To20p00', '20p00To35p50'].map((pt, j) => `bin0${i + 2 * j}_el_sc_eta_${eta}_el_pt_${pt}`),
  )
  write(
    files.path('tool.root'),
    names.flatMap((name, k) => pair(name, 60, 120, Z, 0.7 + 0.05 * k)),
  )
  const document = { mass: 'Z', input: { data: { d: files.path('tool.root') } }, fit: { fit_type: 'g_exp' } }
  const { fits } = await runFitter(fitterConfig(document, 'fit.json'), { workers: 1 })
  equal(fits.map(fit => fit.bin).sort(), [...names].sort())
  const [table] = efficiencyTables(fits)
  equal(
    table!.grid.axes.map(axis => [axis.name, axis.edges]),
    [
      ['el_sc_eta', [-2.5, -1.566, 0]],
      ['el_pt', [10, 20, 35.5]],
    ],
  )
  for (const [k, efficiency] of [0.7, 0.75, 0.8, 0.85].entries()) {
    ok(Math.abs(table!.grid.efficiency[k]! - efficiency) < 0.003, `${k}: ${table!.grid.efficiency[k]}`)
  }
  const only = { ...document, fit: { ...document.fit, bin: 'bin2' } }
  const tasks = await planFits(fitterConfig(only, 'fit.json'))
  equal(
    tasks.map(task => task.ranges),
    [{ el_sc_eta: [-2.5, -1.566], el_pt: [20, 35.5] }],
  )
  files.remove()
})

test('a bin that lacks its failing histogram is told with the nearest names', async () => {
  const files = scratch()
  const hists = pair('bin0_el_pt_10p00To20p00', 60, 120, Z, 0.8)
  write(files.path('tool.root'), [hists[0]!, { ...hists[1]!, path: 'bin0_el_pt_10p00To20p00_Fial' }])
  const document = { mass: 'Z', input: { data: { d: files.path('tool.root') } }, fit: { fit_type: 'g_exp' } }
  const told = await planFits(fitterConfig(document, 'fit.json')).catch(error => (error as Error).message)
  match(
    String(told),
    /tool\.root: histogram "bin0_el_pt_10p00To20p00_Fail" not found\. Nearest: "bin0_el_pt_10p00To20p00_Fial"/,
  )
  files.remove()
})

test('muons at the J/psi, with the reference’s names and its starts', async () => {
  const files = scratch()
  const stem = (n: number) => `NUM_gold_DEN_baselineplus_abseta_1_pt_${n}`
  write(
    files.path('muons.root'),
    [0, 1].flatMap(n => pair(stem(n), 2.7, 3.5, { mean: 3.09, sigma: 0.035 }, 0.9 - 0.1 * n)),
  )
  const document = {
    info_level: 'INFO',
    mass: 'JPsi_muon',
    input: { root_files_DATA: { d: files.path('muons.root') } },
    fit: {
      ...{
        bin: ['bin0', 'bin1'],
        bin_ranges: [
          [2, 4],
          [4, 8],
        ],
        fit_type: 'g_exp',
        x_min: 2.8,
        x_max: 3.4,
      },
    },
  }
  const { fits } = await runFitter(fitterConfig(document, 'fit.json'), { workers: 1 })
  for (const [n, fit] of fits.entries()) {
    equal([fit.bin, fit.valid, fit.ranges], [`bin${n}`, true, { pt: n === 0 ? [2, 4] : [4, 8] }])
    ok(Math.abs(fit.efficiency.value! - (0.9 - 0.1 * n)) < 0.004, String(fit.efficiency.value))
    const mu = fit.parameters.find(p => p.name === 'mu')!
    ok(Math.abs(mu.value - 3.09) < 0.001, String(mu.value))
  }
  files.remove()
})

test.run()
