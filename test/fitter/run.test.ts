/** The fitter on real files: the reference's configuration beside independent fits, histograms made by hand, the command in a shell. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import { equal, is, match, ok, throws } from 'uvu/assert'
import {
  type BinFit,
  type FitTask,
  fitResultsJson,
  fitTask,
  fitterConfig,
  parseFitResults,
  planFits,
  runFitter,
} from '../../lib/fitter/index.js'
import { fitAll } from '../../lib/fitter/pool.js'
import { rootHistsFile, uhiTreeBytes } from '../../lib/formats/index.js'
import { newHist, regularAxis, variableAxis } from '../../lib/hist/index.js'
import { scratch, TNP_PIPE } from '../support/cli.js'
import { sharedDir, testIf } from '../support/tools.js'

const RUN_FITTER = join(fileURLToPath(new URL('../../', import.meta.url)), 'bin/run-fitter.js')

interface Expected {
  readonly independent: { readonly valid: boolean; readonly qmin: number; readonly eff: number; readonly hesse: number }
}

testIf(
  test,
  sharedDir() !== null,
  '../shared',
)(
  "the reference's configuration runs as it is, and its efficiencies are those of independent fits within their uncertainties",
  () => {
    const folder = join(sharedDir()!, 'cases/fitter')
    const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>
    const out = scratch()
    for (const name of ['config.json', 'h_DATA_pt_barrel.root', 'h_MC_pt_barrel.root']) {
      copyFileSync(join(folder, name), out.path(name))
    }
    const argv = [RUN_FITTER, '--config', 'config.json']
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: out.path('.'), encoding: 'utf8' })
    equal(status, 0, stderr)
    for (const name of ['DATA/bin2/Z_DATA_barrel_Pass.png', 'MC/bin4/Z_MC_barrel_Fail.png']) {
      equal(
        readFileSync(out.path(`plots/${name}`))
          .subarray(1, 4)
          .toString(),
        'PNG',
      )
    }
    equal(stdout.split('\n').filter(line => line.startsWith('DATA') || line.startsWith('MC')).length, 6)
    match(stdout, /^SF\s+SF_barrel\s+bin3\s+1\.00\d+ \+- 0\.00\d+$/m)
    const { fits } = JSON.parse(readFileSync(out.path('results.json'), 'utf8')) as { fits: BinFit[] }
    equal(fits.length, 6)
    let reached = 0
    for (const { label, bin, valid, q, efficiency } of fits) {
      const key = `dcb_cms/${bin}/${label}`
      const want = expected[key]!.independent
      ok(valid, key)
      // Twenty starts and more have found these minima.
      ok(q! < want.qmin + 5, `${key}: q ${q}, wanted ${want.qmin}`)
      if (q! < want.qmin + 0.1) reached++
      ok(Math.abs(efficiency.value! - want.eff) < want.hesse, `${key}: ${efficiency.value}, wanted ${want.eff}`)
    }
    ok(reached >= 3, `${reached} of 6 are at the lowest minimum`)
    out.remove()
  },
)

/** Spectra of two bins: a Gaussian of `signal` probes on a flat background, without fluctuations. */
function spectra() {
  const axes = [
    variableAxis({ name: 'el_pt', edges: [10, 20, 30] }),
    regularAxis({ name: 'mll', bins: 40, lower: 70, upper: 110 }),
  ]
  const [passing, failing] = [newHist(axes), newHist(axes)]
  const fill = (hist: typeof passing, bin: number, signal: number, background: number) => {
    for (let k = 0; k < 40; k++) {
      const mass = 70.5 + k
      const cell = 1 + bin + 4 * (1 + k)
      hist.value[cell] = Math.round(signal * 0.1995 * Math.exp(-((mass - 91) ** 2) / 8) + background / 40)
      hist.variance[cell] = hist.value[cell]!
    }
  }
  for (const bin of [0, 1]) {
    fill(passing, bin, 9000, 800)
    fill(failing, bin, 1000, 400)
  }
  return { pt: { barrel: { passing, failing } } }
}

const CONFIG = {
  info_level: 'INFO',
  mass: 'Z',
  fit: {
    bin: ['bin0', 'bin1'],
    bin_ranges: [
      [10, 20],
      [20, 30],
    ],
    fit_type: 'g_exp',
    x_min: 70,
    x_max: 110,
  },
}

test('histograms of a run are fitted as they are, on one thread and on several', async () => {
  const files = scratch()
  writeFileSync(files.path('hists.json'), uhiTreeBytes(spectra()))
  const config = fitterConfig(
    { ...CONFIG, input: { root_files_DATA: { d: `${files.path('hists.json')}::pt/barrel` } } },
    'fit.json',
  )
  const options = { wantIntervals: true, onDone: () => {} }
  const one = await runFitter(config, { ...options, workers: 1 })
  const bins = config.bins.kind === 'named' ? config.bins.bins : []
  const many = Array.from({ length: 20 }, (_, k) => bins[k % 2]!)
  const several = await runFitter({ ...config, bins: { kind: 'named', bins: many } }, { ...options, workers: 2 })
  equal(several.fits.slice(0, 2), one.fits)
  equal(several.fits.length, 20)
  for (const { efficiency, valid, problems } of one.fits) {
    equal([valid, problems], [true, []])
    ok(Math.abs(efficiency.value! - 0.9) < 0.002, String(efficiency.value))
    // Of 10,000 probes: sqrt(0.9 * 0.1 / 10000), and a little for the background.
    ok(efficiency.error! > 0.003 && efficiency.error! < 0.005, String(efficiency.error))
  }
  files.remove()
})

test('an interrupt that was there before the first fit ends on one thread and on several', async () => {
  const fits: unknown[] = []
  for (const apart of [false, true]) {
    const reason = new Error('interrupted')
    const told = await fitAll([{} as FitTask], {
      workers: 2,
      apart,
      signal: AbortSignal.abort(reason),
      onDone: fit => fits.push(fit),
    }).catch(error => error)
    is(told, reason)
  }
  equal(fits, [])
})

test('one bin is fitted again with other shapes and settings, and results are read as they were written', async () => {
  const files = scratch()
  writeFileSync(files.path('hists.json'), uhiTreeBytes(spectra()))
  const document = {
    ...CONFIG,
    input: { root_files_DATA: { d: `${files.path('hists.json')}::pt/barrel` } },
    fit: {
      ...CONFIG.fit,
      bin_fit_type: { 'd/bin1': 'g_lin', bin0: 'dcb_exp' },
      bin_parameters: { bin1: { mu: { start: 90, limits: [89, 93] } } },
    },
  }
  const config = fitterConfig(document, 'fit.json')
  const tasks = await planFits(config, { only: { label: 'd', bin: 'bin1' } })
  equal(
    tasks.map(task => [task.bin, task.model.name]),
    [['bin1', 'g_lin']],
  )
  const fit = await fitTask(tasks[0]!)
  const mu = fit.parameters.find(p => p.name === 'mu')!
  equal([fit.shapes, mu.start, mu.limits, mu.fixed], ['g_lin', 90, [89, 93], false])
  const all = await runFitter(config, { workers: 1, wantIntervals: true, onDone: () => {} })
  equal(
    all.fits.map(one => one.shapes),
    ['dcb_exp', 'g_lin'],
  )
  equal(all.fits[1], fit)
  const text = fitResultsJson(all)
  equal(fitResultsJson(parseFitResults(text, 'results.json')), text)
  equal(parseFitResults(text, 'results.json').config, 'fit.json')
  throws(() => parseFitResults('{"fits": []}', 'results.json'), /results\.json: is no results of fits/)
  files.remove()
})

test('what is missing, empty or binned differently is told at once, before a fit', () => {
  const files = scratch()
  writeFileSync(files.path('hists.json'), uhiTreeBytes(spectra()))
  const axis = (bins: number) => [regularAxis({ name: 'mll', bins, lower: 70, upper: 110 })]
  const full = newHist(axis(40))
  full.value.fill(5)
  full.variance.fill(5)
  const negative = newHist(axis(40))
  negative.value.fill(5)
  negative.value[3] = -2
  writeFileSync(
    files.path('odd.root'),
    rootHistsFile(
      [
        { path: 'bin0_pt_10p00To20p00_Pass', hist: full },
        { path: 'bin0_pt_10p00To20p00_Fail', hist: newHist(axis(20)) },
        { path: 'bin1_pt_20p00To30p00_Pass', hist: negative },
        { path: 'bin1_pt_20p00To30p00_Fial', hist: full },
      ],
      'odd.root',
    ),
  )
  const input = {
    root_files_DATA: {
      a: `${files.path('hists.json')}::pt/endcap`,
      b: files.path('odd.root'),
      c: files.path('none.root'),
    },
  }
  const config = files.json('fit.json', { ...CONFIG, input })
  const { status, stderr } = spawnSync(process.execPath, [TNP_PIPE, 'fit', '--config', config], { encoding: 'utf8' })
  equal(status, 2, stderr)
  match(
    stderr,
    /error: .*odd\.root > bin0.*: passing and failing are binned differently: 40 bins from 70 to 110 GeV, 20 bins/,
  )
  match(
    stderr,
    /error: .*fit\.json \/input\/root_files_DATA\/b: .*"bin1_pt_20p00To30p00_Fail" not found\. Nearest: "bin1_pt_20p00To30p00_Fial"/,
  )
  match(stderr, /error: .*\/input\/root_files_DATA\/c: .*none\.root/)
  match(stderr, /\d problems, nothing was read or written/)
  files.remove()
})

test('a bin that cannot be fitted is marked in every output, and makes the status 1', () => {
  const files = scratch()
  const tree = spectra()
  // No failing probes at all, and hardly any passing: the background has nothing to go by.
  const { passing, failing } = tree.pt.barrel
  for (let k = 0; k < 42; k++) {
    failing.value[1 + 4 * k] = failing.variance[1 + 4 * k] = 0
    passing.value[1 + 4 * k] = passing.variance[1 + 4 * k] = k === 20 ? 1 : 0
  }
  writeFileSync(files.path('hists.json'), uhiTreeBytes(tree))
  const config = files.json('fit.json', { ...CONFIG, input: { root_files_DATA: { d: files.path('hists.json') } } })
  const run = (...more: string[]) =>
    spawnSync(process.execPath, [TNP_PIPE, 'fit', '--config', config, ...more], { encoding: 'utf8' })
  const text = run('--format', 'text')
  const fit = (JSON.parse(run('--format', 'json').stdout) as { fits: BinFit[] }).fits[0]!
  equal(fit.valid ? 0 : 1, text.status)
  equal(/FAILED/.test(text.stdout), !fit.valid)
  equal(run('--allow-failed-bins').status, 0)
  match(run('--format', 'csv').stdout, new RegExp(`^nominal,DATA,d,bin0,10,20,g_exp,${fit.valid},`, 'm'))
  files.remove()
})

test.run()
