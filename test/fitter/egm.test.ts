/** The models of the EGM group on histograms as runs write them: bins of eta and pt, templates of simulation. */
import { writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, ok, unreachable } from 'uvu/assert'
import { efficiencyTables, fitterConfig, planFits, runFitter } from '../../lib/fitter/index.js'
import { pickleHists, uhiTreeBytes } from '../../lib/formats/index.js'
import { countEfficiencies } from '../../lib/scale-factors/index.js'
import { scratch } from '../support/cli.js'
import { PT, toyPair, trueEfficiency } from './toys.js'

const DATA = { signal: 20000, background: [3000, 2000], shift: 0.3, sigma: 1.9, seed: 7 } as const
const MC = { signal: 100000, background: [0, 0], shift: 0, sigma: 1.4, seed: 3, weight: 0.5 } as const
const FITS = {
  nominal: 'egm-nominal',
  alt_signal: { model: 'egm-alt-signal' },
  alt_background: { model: 'egm-alt-background' },
  alt_signal_background: 'egm-alt-signal-background',
}

function withFiles() {
  const folder = scratch()
  writeFileSync(folder.path('data.json'), uhiTreeBytes(toyPair(DATA)))
  writeFileSync(folder.path('mc.pkl'), pickleHists(toyPair(MC)))
  const input = { data: { data: folder.path('data.json') }, mc: { dy: { file: folder.path('mc.pkl') } } }
  return { folder, input }
}

async function refusal(document: unknown): Promise<string> {
  try {
    await planFits(fitterConfig(document, 'fit.json'))
  } catch (error) {
    return (error as Error).message
  }
  unreachable('is not refused')
  return ''
}

test('the four models of the EGM group find the efficiencies of toys within their uncertainties', async () => {
  const { folder, input } = withFiles()
  const fit = { x_min: 60, x_max: 120, bin: ['bin2', 'bin5'] }
  const { fits } = await runFitter(fitterConfig({ mass: 'Z', input, fit, fits: FITS }, 'fit.json'))
  equal(fits.length, 4 * 2)
  equal(fits[0]!.bin, 'bin2_el_eta_m2p50To0p00_el_pt_35p00To70p00')
  equal(fits[0]!.ranges, { el_eta: [-2.5, 0], el_pt: [35, 70] })
  for (const { fit, bin, ranges, valid, problems, efficiency, q, ndof } of fits) {
    const truth = trueEfficiency(ranges.el_eta![0] < 0 ? 0 : 1, PT.indexOf(ranges.el_pt![0]))
    equal([valid, problems], [true, []], `${fit} ${bin}`)
    const distance = (efficiency.value! - truth) / efficiency.error!
    ok(Math.abs(distance) < 3, `${fit} ${bin}: ${efficiency.value} +- ${efficiency.error}, wanted ${truth}`)
    ok(q! / ndof! < 1.4, `${fit} ${bin}: q ${q} of ${ndof}`)
  }
  const held = fits.find(one => one.fit === 'alt_signal')!.parameters.filter(one => one.fixed)
  // The peak of the background only scales it.
  equal(
    held.map(one => one.name).filter(name => !name.startsWith('bkg_peak')),
    ['sigma_pass', 'alpha_pass', 'n_pass', 'sigma_2_pass', 'sigma_fail', 'alpha_fail', 'n_fail', 'sigma_2_fail'],
  )
  folder.remove()
})

test('probes of simulation are counted, weighted and negative ones too', async () => {
  const { folder, input } = withFiles()
  const pair = toyPair(MC)
  // Of the first bin, 65 to 66 GeV.
  pair.failing.value[1 + 1 + 4 * (1 + 5 * (1 + 4 * (1 + 15)))] = -3
  writeFileSync(folder.path('mc.pkl'), pickleHists(pair))
  const fits = { nominal: { signal: 'voigtian', background: 'exponential', samples: ['DATA'] }, counted: 'count' }
  const pairs = { data_mc_pair: { sf: ['data', 'dy'] } }
  const document = { mass: 'Z', input, fit: { x_min: 60, x_max: 120 }, fits, scale_factors: pairs }
  const results = await runFitter(fitterConfig(document, 'fit.json'), { workers: 1 })
  const counted = results.fits.filter(fit => fit.fit === 'counted')
  equal(results.scaleFactors.length, 6)
  for (const { fit, bin, value, data, simulation } of results.scaleFactors) {
    equal([fit, simulation!.value], ['nominal', counted.find(one => one.bin === bin)!.efficiency.value])
    equal(value, data!.value / simulation!.value)
  }
  equal([counted.length, counted.every(fit => fit.label === 'dy' && fit.valid && fit.shapes === 'count')], [6, true])
  const grid = countEfficiencies(pair.passing, pair.failing, { axes: ['el_eta', 'el_pt'], massWindow: [60, 120] })
  const table = efficiencyTables(results.fits).find(one => one.name === 'dy/counted')!
  for (const key of ['efficiency', 'up', 'down'] as const) {
    for (const [bin, value] of grid[key].entries()) {
      ok(Math.abs(table.grid[key][bin]! - value) < 1e-12, `${key} ${bin}: ${table.grid[key][bin]}, wanted ${value}`)
    }
  }
  folder.remove()
})

test('above a pt the failing template is that of passing probes, and the tail is on the right', async () => {
  const { folder, input } = withFiles()
  const tasks = await planFits(fitterConfig({ mass: 'Z', input, fit: {}, fits: FITS }, 'fit.json'))
  const of = (fit: string, bin: string) =>
    tasks.find(task => task.fit === fit && task.bin.startsWith(bin))!.model.signal
  const low = of('nominal', 'bin2_')
  const high = of('nominal', 'bin4_')
  is.not(low.pass.template!.values, low.fail.template!.values)
  equal(high.pass.template, high.fail.template)
  equal(high.pass.template!.values.length, 80)
  equal([of('alt_signal', 'bin0_').pass.tail, of('alt_signal', 'bin2_').fail.tail], ['left', 'right'])
  folder.remove()
})

test('settings of parameters go from all fits to one bin of one label', async () => {
  const { folder, input } = withFiles()
  const document = {
    mass: 'Z',
    input,
    fit: {
      samples: ['DATA', 'MC'],
      parameters: { sigma: { limits: [0.1, 4] }, mu: { constraint: { mean: 91, sigma: 0.5 } } },
      bin_parameters: {
        'dy/bin1': { sigma_fail: { fixed: 2 } },
        bin1: { sigma: { start: 1 }, bkg_C: { limits: [-2, 2], start: 0.5 } },
      },
    },
    fits: {
      a: { signal: 'g', background: 'exp', shared: [] },
      b: { fit_type: 'g_exp', bin_fit_type: { bin0: 'dcb_lin' }, parameters: { mu: { start: 91 } } },
    },
  }
  const tasks = await planFits(fitterConfig(document, 'fit.json'))
  const of = (fit: string, label: string, bin: string) =>
    tasks.find(task => task.fit === fit && task.label === label && task.bin.startsWith(bin))!
  const one = of('a', 'dy', 'bin1_').settings
  equal([one.start.sigma_pass, one.limits.sigma_fail, one.fixed], [1, [0.1, 4], { sigma_fail: 2 }])
  equal([one.start.bkg_C_pass, one.limits.bkg_C_fail], [0.5, [-2, 2]])
  equal(of('a', 'data', 'bin1_').settings.fixed, {})
  equal(of('a', 'data', 'bin0_').settings.start.sigma_pass, 2.5)
  const other = of('b', 'data', 'bin0_')
  equal(
    [other.model.name, other.settings.start.mu, other.settings.constraints],
    ['dcb_lin', 91, { mu: { mean: 91, sigma: 0.5 } }],
  )
  folder.remove()
})

test('a fit of simulation goes before, and what it finds is held', async () => {
  const { folder, input } = withFiles()
  const shapes = { fit_type: 'voigtian_exponential', x_min: 60, x_max: 120, bin: 'bin3' }
  const run = async (fit: object) => (await runFitter(fitterConfig({ mass: 'Z', input, fit }, 'fit.json'))).fits
  const none = { N_bkg_pass: { fixed: 0 }, N_bkg_fail: { fixed: 0 }, bkg_alpha: { fixed: 0 } }
  const [alone] = await run({ ...shapes, samples: ['MC'], parameters: none })
  const [held] = await run({ ...shapes, samples: ['DATA'], prefit: { hold: ['sigma'] } })
  const sigma = (fit: typeof alone) => fit!.parameters.find(p => p.name === 'sigma')!
  equal([sigma(held).fixed, sigma(held).value], [true, sigma(alone).value])
  equal(sigma(alone).fixed, false)
  const wrong = (prefit: object) => refusal({ mass: 'Z', input, fit: { ...shapes, prefit } })
  const hold = await wrong({ hold: ['sgima'] })
  ok(/\/fit\/prefit: the fit has no parameter "sgima"\. Nearest: "sigma"/.test(hold), hold)
  const label = await wrong({ label: 'dz', hold: ['sigma'] })
  ok(/\/fit\/prefit\/label: "dz" is no label of simulation \(dy\)\. Nearest: "dy"/.test(label), label)
  folder.remove()
})

test('limits relative to another parameter are those of its fitted value', async () => {
  const { folder, input } = withFiles()
  const fit = (more: object) => ({
    ...{ x_min: 60, x_max: 120, bin: 'bin3', signal: 'voigtian', background: 'exponential', shared: ['mean'] },
    ...{ samples: ['DATA'], ...more },
  })
  const of = async (more: object) => {
    const { fits } = await runFitter(fitterConfig({ mass: 'Z', input, fit: fit(more) }, 'fit.json'), { workers: 1 })
    const value = (name: string) => fits[0]!.parameters.find(p => p.name === name)!
    return { pass: value('sigma_pass'), fail: value('sigma_fail') }
  }
  const free = await of({})
  const narrow = (factors: readonly number[]) =>
    of({ parameters: { sigma_fail: { relative_limits: { to: 'sigma_pass', factors } } } })
  const wide = await narrow([0.5, 2])
  equal([wide.fail.value, wide.fail.limits], [free.fail.value, [0.3, 10]])
  const held = await narrow([0.5, 0.7])
  equal(held.fail.limits, [0.5 * free.pass.value, 0.7 * free.pass.value])
  equal([held.fail.atLimit, held.fail.value], ['upper', 0.7 * free.pass.value])
  const parameters = { sigma_fail: { relative_limits: { to: 'sigma_pas', factors: [0.5, 2] } } }
  const text = await refusal({ mass: 'Z', input, fit: fit({ parameters }) })
  ok(/relative_limits\/to: the fit has no parameter "sigma_pas"\. Nearest: "sigma_pass"/.test(text), text)
  folder.remove()
})

test('parameters and bins that no fit has, and files that are not there, are told together', async () => {
  const { folder, input } = withFiles()
  const fit = {
    fit_type: 'dcb_exp',
    bin: ['bin1', 'bin9'],
    parameters: { sgima: { start: 2 }, mu: { start: 3 }, nL: { start: 50, limits: [0, 20] } },
    bin_parameters: { bin77: { mu: { start: 90 } }, 'data/bin1': { mean: { start: 91 } } },
    bin_fit_type: { bin1: 'dcb_exq' },
  }
  const text = await refusal({
    mass: 'Z',
    input: { ...input, mc: { dy: 'nowhere.pkl' } },
    axes: ['el_eta', 'el_pt'],
    fit,
  })
  for (const part of [
    /fit\.json \/input\/mc\/dy: .*nowhere\.pkl/,
    /\/fit\/bin: "bin9" is none of the bins of the histograms \(bin0_el_eta_m2p50To0p00_el_pt_20p00To35p00, /,
    /\/fit\/parameters\/sgima: the fit has no such parameter\. Nearest: "sigma".* All: N_sig, eff, /,
    /\/fit\/parameters\/mu\/start: 3 is outside of the limits 88 to 92 of the shape: give limits as well\./,
    /\/fit\/parameters\/nL\/start: 50 is outside of the limits 0 to 20\./,
    /\/fit\/bin_parameters\/bin77: "bin77" is none of the bins/,
    /\/fit\/bin_parameters\/data~1bin1\/mean: the fit has no such parameter\./,
    /\/fit\/bin_fit_type\/bin1: unknown shapes "dcb_exq"\. Nearest: "dcb_exp"/,
  ]) {
    ok(part.test(text), `${part} in\n${text}`)
  }
  folder.remove()
})

test('binnings that differ between data and simulation, and axes that are not there, are told', async () => {
  const { folder, input } = withFiles()
  const fit = { fit_type: 'g_exp' }
  const axes = await refusal({ mass: 'Z', input, axes: ['el_eta', 'el_pT'], fit })
  ok(/\/input\/data\/data: .*"el_pT" is none of el_eta, el_pt, PV_npvs\..*Nearest: "el_pt"/.test(axes), axes)
  writeFileSync(folder.path('other.pkl'), pickleHists(toyPair({ ...MC, eta: [-2.5, 0.5, 2.5] })))
  const other = await refusal({ mass: 'Z', input: { ...input, mc: { dy: folder.path('other.pkl') } }, fit })
  ok(/\/input\/mc\/dy: .*has a bin of el_eta from -2.5 to 0.5 in place of -2.5 to 0, unlike data/.test(other), other)
  folder.remove()
})

test.run()
