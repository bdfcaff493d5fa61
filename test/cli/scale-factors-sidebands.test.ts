/** Scale factors of histograms whose background side bands tell. */
import { writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { pickleHists } from '../../lib/formats/index.js'
import { efficienciesJson } from '../../lib/formats/scale-factors/index.js'
import { newHist, regularAxis } from '../../lib/hist/index.js'
import { AXES, filled } from '../scale-factors/grids.js'
import { tnpPipe } from '../support/cli.js'
import { binsOf, randomGrid, within } from '../support/scale-factor-runs.js'

const { eta, pt } = AXES

/** A peak of 1 GeV bins on a flat background, the same in all four bins of eta and pt; `more` probes in the peak of the last one. */
function peaks(height: number, flat: number, more = 0) {
  const axes = [eta, pt, regularAxis({ name: 'mll', label: 'mll [GeV]', bins: 80, lower: 50, upper: 130 })]
  const hist = newHist(axes)
  for (let bin = 0; bin < 4; bin++) {
    for (let m = 0; m < 80; m++) {
      const content = flat + (m >= 36 && m < 46 ? height + (bin === 3 ? more : 0) : 0)
      hist.value[1 + (bin >> 1) + 4 * (1 + (bin & 1) + 4 * (m + 1))] = content
    }
  }
  return hist
}

test('side bands take the background away, for all sources or for one, in regions of its own', () =>
  within(async dir => {
    writeFileSync(dir.path('data.pkl'), pickleHists({ passing: peaks(80, 4), failing: peaks(20, 6) }))
    writeFileSync(dir.path('mc.pkl'), pickleHists({ passing: peaks(90, 0), failing: peaks(10, 0) }))
    const write = (document: object) =>
      dir.json('SF.json', {
        data: { nominal: dir.path('data.pkl') },
        mc: { nominal: { file: dir.path('mc.pkl'), method: 'count', mass_window: [60, 120] } },
        correction: { year: '1', working_point: 'w' },
        ...document,
      })
    const made = async (document: object) => {
      const config = write(document)
      const { status, stderr } = await tnpPipe(['scale-factors', '--config', config, '--output', dir.path('sf')])
      return { status, stderr, bins: status === 0 ? binsOf(dir.path('sf/scale-factors.json')) : [] }
    }
    const near = (got: number | undefined, want: number) => ok(Math.abs(got! - want) < 1e-12, `${got}, wanted ${want}`)
    const all = await made({ method: 'sideband' })
    equal([all.status, all.stderr], [0, ''])
    for (const bin of all.bins) near(bin.scale_factor ?? NaN, 0.8 / 0.9)
    // var = window + (2/3)^2 low + (1/2)^2 high, by the factors of bands of 15 and 20 GeV: centres 67.5, 91, 120.
    const [kLow, kHigh] = [(20 / 15) * (29 / 52.5), (20 / 20) * (23.5 / 52.5)]
    const variance = (peak: number, flat: number) => 10 * peak + flat * (20 + kLow ** 2 * 15 + kHigh ** 2 * 20)
    const sigma = Math.sqrt(200 ** 2 * variance(80, 4) + 800 ** 2 * variance(20, 6)) / 1000 ** 2
    near(all.bins[0]!.sources.statData!.up, sigma / 0.9)
    equal(all.bins[0]!.data.nominal!.origin, 'side bands')

    const one = await made({
      data: {
        nominal: dir.path('data.pkl'),
        alt_background: { file: dir.path('data.pkl'), method: 'sideband', sidebands: [61, 71, 111, 121] },
      },
      mass_window: [80, 100],
    })
    const counted = (800 + 4 * 20) / (1000 + 10 * 20)
    near(one.bins[0]!.scale_factor ?? NaN, counted / 0.9)
    near(one.bins[0]!.sources.altBackground!.up, Math.abs(0.8 - counted) / 0.9)

    const wrong = await made({
      method: 'sideband',
      sidebands: [60, 75, 74, 130],
      data: { nominal: { file: dir.path('data.pkl'), mass_window: [70, 101] } },
      mc: { nominal: { file: dir.path('mc.pkl'), method: 'count', sidebands: [1, 2, 3, 4] } },
    })
    equal(wrong.status, 2)
    match(wrong.stderr, /SF\.json \/sidebands: must ascend, got \[60,75,74,130\]/)
    match(
      wrong.stderr,
      /\/data\/nominal: the side bands \[60,75\] and \[110,130\] are not below and above the mass window \[70,101\]/,
    )
    match(wrong.stderr, /\/mc\/nominal\/sidebands: are used by the method "sideband" alone/)
    match(
      (await made({ sidebands: [60, 75, 110, 130] })).stderr,
      /\/sidebands: are used by the method "sideband" alone/,
    )
  }))

test('side bands: bins whose background is all there is have failed, bins with few probes are told; bare histograms are refused', () =>
  within(async dir => {
    writeFileSync(dir.path('data.pkl'), pickleHists({ passing: peaks(80, 4), failing: peaks(-1, 4, 1.1) }))
    writeFileSync(dir.path('bare.pkl'), pickleHists({ passing: filled([eta, pt], []), failing: filled([eta, pt], []) }))
    const run = async (nominal: unknown, mc: object = { nominal: dir.path('data.pkl'), method: 'count' }) => {
      const document = {
        data: { nominal },
        mc: { nominal: { file: dir.path('data.pkl'), method: 'count' }, ...mc },
        method: 'sideband',
        correction: { year: '1', working_point: 'w' },
      }
      const config = dir.json('SF.json', document)
      return tnpPipe(['scale-factors', '--config', config, '--output', dir.path('sf')])
    }
    const failed = await run(dir.path('data.pkl'), {})
    is(failed.status, 1)
    match(
      failed.stderr,
      /el_eta -2\.5 to 0, el_pt 10 to 20: data nominal: efficiency above 1: .* \(passing 800, total 790\)/,
    )
    match(failed.stderr, /3 of 4 bins have no scale factor/)
    writeFileSync(dir.path('few.pkl'), pickleHists({ passing: peaks(80, 4), failing: peaks(0.2, 0) }))
    const few = await run(dir.path('few.pkl'), {})
    equal(few.status, 0)
    match(
      few.stderr,
      /^warning: data nominal: few probes\n {2}el_eta -2\.5 to 0, el_pt 10 to 20: too few probes for the uncertainty: 2 failing in the window, no failing in a side band\n/,
    )
    const bare = await run(dir.path('bare.pkl'), {})
    equal(bare.status, 2)
    match(bare.stderr, /\/data\/nominal: .*bare\.pkl: no axis "mll" for a mass window .*"cut_and_count": false/)
    writeFileSync(dir.path('t.json'), efficienciesJson([{ name: 't', method: '', grid: randomGrid(1) }]))
    const table = await run({ file: dir.path('t.json'), method: 'count' }, {})
    match(table.stderr, /\/data\/nominal\/method: is for histograms, but the file has efficiencies/)
  }))

test.run()
