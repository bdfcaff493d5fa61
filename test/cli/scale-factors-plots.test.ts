/** Figures of scale factors. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { run, within } from '../support/scale-factor-runs.js'

const SOURCES = ['statData', 'statMC', 'altBackground', 'altSignal', 'altMC', 'altTag']
const KINDS = [...SOURCES, 'statistical', 'systematic', 'total']

test('--plots draws slices both ways, and maps of the scale factor and of each uncertainty', () =>
  within(async dir => {
    const args = ['--plots', dir.path('figures'), '--lumi', '26.7', '--year', '2022', '--allow-failed-bins']
    const { status, stdout, file } = await run(dir, { failed: [7], args })
    is(status, 0)
    const names = [
      'el_pt_in_el_eta_1',
      'el_pt_in_el_eta_2',
      'el_eta_in_el_pt',
      'scale_factor',
      ...KINDS.flatMap(kind => [`uncertainty_${kind}`, `uncertainty_${kind}_relative`]),
    ]
    equal(readdirSync(dir.path('figures')).sort(), names.map(name => `${name}.svg`).sort())
    ok(stdout.endsWith(names.map(name => `${dir.path('figures')}/${name}.svg\n`).join('')))
    const titles = names.map(
      name => /<title[^>]*>([^<]*)</.exec(readFileSync(dir.path(`figures/${name}.svg`), 'utf8'))![1],
    )
    match(titles[0]!, /scale factors against Electron .* in bins of/)
    match(titles[3]!, /Medium, 2022: scale factor, data \/ MC/)
    match(titles[5]!, /relative uncertainty, statData \[%\]/)
    ok(existsSync(file('correction.json')))
    const before = readFileSync(dir.path('figures/scale_factor.svg'))
    await run(dir, { failed: [7], args })
    equal(readFileSync(dir.path('figures/scale_factor.svg')), before)
  }))

test('formats and texts that cannot be drawn are told before anything is read, and nothing is written', () =>
  within(async dir => {
    const args = ['--plots', dir.path('figures'), '--plot-format', 'svg,gif', '--title', '電子']
    const { status, stderr, file } = await run(dir, { args })
    is(status, 2)
    match(stderr, /--plot-format: is "gif", wanted svg, pdf, png/)
    match(stderr, /--title: has characters that the figures' font lacks: 電 子/)
    equal([existsSync(dir.path('figures')), existsSync(file('correction.json'))], [false, false])
  }))

test('PDF and PNG', () =>
  within(async dir => {
    const config = {
      data: { nominal: { file: dir.path('tables.json'), name: 'data' } },
      mc: { nominal: { file: dir.path('tables.json'), name: 'mc' } },
    }
    const args = ['--plots', dir.path('deep/figures'), '--plot-format', 'pdf,png', '--title', '']
    is((await run(dir, { config, args })).status, 0)
    const start = (name: string) =>
      readFileSync(dir.path(`deep/figures/${name}`))
        .subarray(0, 4)
        .toString('latin1')
    equal([start('scale_factor.pdf'), start('uncertainty_total.png')], ['%PDF', '\x89PNG'])
  }))

test.run()
