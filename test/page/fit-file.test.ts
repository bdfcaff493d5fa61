/** Fits of single bins again, and what is saved of them. */
import { setMaxListeners } from 'node:events'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import { type FitterResults, parseFitResults } from '../../lib/fitter/index.js'
import { fieldOf } from '../../lib/page/config-file.js'
import { FitFile } from '../../lib/page/fit-file.js'
import { type BinChange, openResults } from '../../lib/page/index.js'
import { type Scratch, scratch } from '../support/cli.js'
import { type ToyFits, toyFits } from './fits.js'

let files: Scratch
let fits: ToyFits
let config: string
let results: string

test.before(async () => {
  files = scratch()
  fits = await toyFits(files)
  config = readFileSync(fits.config, 'utf8')
  results = readFileSync(fits.results, 'utf8')
})
test.before.each(() => {
  writeFileSync(fits.config, config)
  writeFileSync(fits.results, results)
})
test.after(() => files?.remove())

const { signal } = new AbortController()
// Each fit listens.
setMaxListeners(0, signal)
const opened = () => new FitFile({ path: fits.results })
const WIDER: BinChange = { shapes: null, parameters: { mu: { start: 96, limits: [88, 104] } } }

async function refused(make: () => Promise<unknown>): Promise<readonly { place: string; message: string }[]> {
  try {
    await make()
  } catch (error) {
    if (error instanceof UsageError) return error.problems
    throw error
  }
  throw new Error('nothing was refused')
}

test('bins in the order of the results, with what is wrong with them', async () => {
  const model = opened().model()
  equal(model.config, { path: fits.config, problem: null })
  equal(
    model.fits.map(({ sample, label, bin, ranges }) => [sample, label, bin, ranges]),
    (parseFitResults(results, '') as FitterResults).fits.map(fit => [fit.sample, fit.label, fit.bin, fit.ranges]),
  )
  const bad = model.fits.findIndex(fit => fit.label === 'data' && fit.bin === 'bin1')
  ok(model.fits[bad]!.atLimit.includes('mu'))
  const { figures, spectrum, parameters } = await opened().detail(bad)
  equal(
    figures.map(one => /^<svg /.test(one.svg)),
    [true, true],
  )
  equal([spectrum.edges.length, spectrum.sides.map(side => side.values.length)], [41, [40, 40]])
  is(parameters.find(one => one.name === 'mu')!.atLimit, 'upper')
})

test('settings: those of all bins, and what is said of one', async () => {
  const settings = await opened().settings(1)
  equal([settings.shapes, settings.commonShapes, settings.own], ['g_exp', 'g_exp', { shapes: null, parameters: {} }])
  equal(
    settings.parameters.find(one => one.name === 'mu'),
    { name: 'mu', start: 90.5, limits: [88, 93], fixed: null },
  )
  equal(
    settings.parameters.slice(0, 4).map(({ name, start }) => [name, start]),
    [
      ['N_sig', null],
      ['eff', null],
      ['N_bkg_pass', null],
      ['N_bkg_fail', null],
    ],
  )
  const other = await opened().settings(1, 'dcb_lin')
  ok(other.parameters.some(one => one.name === 'alphaL') && other.parameters.some(one => one.name === 'bkg_b_pass'))
  is(other.commonShapes, 'g_exp')
  const wrong = await refused(() => opened().settings(1, 'gauss_exp'))
  equal(
    wrong.map(one => one.place),
    ['shapes'],
  )
  match(wrong[0]!.message, /unknown shapes "gauss_exp"/)
})

test('a fit again changes no file', async () => {
  const file = opened()
  const before = file.model().fits[1]!
  const { row } = await file.refit(1, WIDER, signal)
  ok(row.q! < before.q! / 5, `${row.q} after ${before.q}`)
  equal(file.model().fits[1], before)
  is(readFileSync(fits.config, 'utf8') + readFileSync(fits.results, 'utf8'), config + results)
})

test('what is wrong with a change is told at its field', async () => {
  const change: BinChange = {
    shapes: null,
    parameters: { mu: { start: 99, limits: [85, 95] }, sigma: { limits: [5, 2] }, nothing: { start: 1 } } as never,
  }
  const places = (await refused(() => opened().refit(1, change, signal))).map(one => one.place)
  ok(places.includes('parameters/mu/start'), places.join())
  ok(
    places.some(place => place.startsWith('parameters/sigma/limits')),
    places.join(),
  )
  const text = { shapes: null, parameters: { mu: { start: 'abc' } } } as unknown as BinChange
  equal(
    (await refused(() => opened().refit(1, text, signal))).map(one => one.place),
    ['parameters/mu/start'],
  )
  is(readFileSync(fits.config, 'utf8'), config)
})

test('fields by the places of problems', () => {
  is(fieldOf('c.json /fit/bin_parameters/data~1bin1/mu/limits/0'), 'parameters/mu/limits')
  is(fieldOf('c.json /fits/alt/bin_parameters/data~1bin1/mu'), 'parameters/mu')
  is(fieldOf('c.json /fit/bin_fit_type/data~1bin1'), 'shapes')
  is(fieldOf('start/bkg_C_pass'), 'parameters/bkg_C_pass/start')
  is(fieldOf('c.json /fit/x_min'), 'c.json /fit/x_min')
})

test('saved: in the configuration as it is laid out, in the results, and in the ratios; and taken back', async () => {
  const file = opened()
  const saved = await file.save(1, WIDER, signal)
  equal(saved.written.length, 2)
  const text = readFileSync(fits.config, 'utf8')
  equal(JSON.parse(text).fit.bin_parameters, { 'data/bin1': WIDER.parameters })
  is(text.replace(/,\n {8}"bin_parameters": \{[\s\S]*?\n {8}\}/, ''), config)
  const now = parseFitResults(readFileSync(fits.results, 'utf8'), '')
  is(now.fits[1]!.efficiency.value, saved.detail.row.efficiency)
  const ratio = now.scaleFactors.find(one => one.bin === 'bin1')!
  is(ratio.data!.value, now.fits[1]!.efficiency.value)
  equal(
    now.fits.filter((_, k) => k !== 1),
    parseFitResults(results, '').fits.filter((_, k) => k !== 1),
  )
  equal((await opened().settings(1)).own, WIDER)
  await file.save(1, { shapes: null, parameters: {} }, signal)
  is(readFileSync(fits.config, 'utf8'), config)
  ok(readFileSync(fits.results, 'utf8') === results, 'the results are as they were')
})

test('shapes of one bin are saved, with its settings', async () => {
  const change: BinChange = { shapes: 'g_lin', parameters: { bkg_b_pass: { start: 0.1 }, ...WIDER.parameters } }
  const { detail } = await opened().save(1, change, signal)
  is(detail.row.shapes, 'g_lin')
  const { fit } = JSON.parse(readFileSync(fits.config, 'utf8'))
  equal([fit.bin_fit_type, fit.bin_parameters['data/bin1']], [{ 'data/bin1': 'g_lin' }, change.parameters])
})

test('a configuration that others have changed is read again, not written over', async () => {
  const file = opened()
  const theirs = config.replace('"x_min": 70', '"x_min": 72')
  writeFileSync(fits.config, theirs)
  const problems = await refused(() => file.save(1, WIDER, signal))
  equal(
    problems.map(one => one.place),
    ['config'],
  )
  match(problems[0]!.message, /changed by another program/)
  is(readFileSync(fits.config, 'utf8'), theirs)
  await file.save(1, WIDER, signal)
  match(readFileSync(fits.config, 'utf8'), /"x_min": 72[\s\S]*"data\/bin1"/)
})

test('of two pages, the one that others have overtaken is told so', async () => {
  const file = opened()
  const { version } = await file.settings(1)
  // What the page itself saves does not count.
  await file.save(0, { shapes: null, parameters: { sigma: { limits: [1, 5] } } }, signal, version)
  await file.save(1, WIDER, signal, version)
  writeFileSync(fits.config, config.replace('"x_min": 70', '"x_min": 72'))
  const { version: newer } = await file.settings(1)
  equal(
    (await refused(() => file.save(1, WIDER, signal, version))).map(one => one.place),
    ['config'],
  )
  await file.save(1, WIDER, signal, newer)
})

test('results that others have changed keep what they have', async () => {
  const file = opened()
  const changed = parseFitResults(results, '')
  const others = { ...changed.fits[0]!, problems: ['looked at by somebody'] }
  const line = JSON.stringify(changed.fits[0])
  writeFileSync(fits.results, results.replace(line, JSON.stringify(others)))
  await file.save(1, WIDER, signal)
  equal(parseFitResults(readFileSync(fits.results, 'utf8'), '').fits[0]!.problems, ['looked at by somebody'])
})

test('two that save at a time do not lose one another', async () => {
  const file = opened()
  const other: BinChange = { shapes: null, parameters: { sigma: { limits: [1, 5] } } }
  await Promise.all([file.save(1, WIDER, signal), file.save(0, other, signal)])
  const { bin_parameters: own } = JSON.parse(readFileSync(fits.config, 'utf8')).fit
  equal(own, { 'data/bin1': WIDER.parameters, 'data/bin0': other.parameters })
})

test('a link to the configuration stays one', async () => {
  const link = files.path('link.json')
  if (!existsSync(link)) symlinkSync(fits.config, link)
  await new FitFile({ path: fits.results, config: link }).save(1, WIDER, signal)
  match(readFileSync(fits.config, 'utf8'), /"data\/bin1"/)
  is(readFileSync(link, 'utf8'), readFileSync(fits.config, 'utf8'))
})

test('of several models the one that is meant is changed', async () => {
  const models = config.replace('"scale_factors"', '"fits": {"nominal": {}, "flat": "g_lin"},\n    "scale_factors"')
  writeFileSync(fits.config, models)
  const { routes, model } = await openResults({ places: [], config: fits.config })
  const page = model().results!.fits[0]!
  equal(page.path, null)
  const flat = page.fits.findIndex(fit => fit.fit === 'flat' && fit.label === 'data' && fit.bin === 'bin1')
  is(page.fits[flat]!.shapes, 'g_lin')
  const post = routes['POST /api/save'] as (request: object) => Promise<{ written: string[] }>
  const { written } = await post({
    body: { file: '0', fit: flat, change: WIDER },
    query: new URLSearchParams(),
    signal,
  })
  is(written.length, 1)
  const now = JSON.parse(readFileSync(fits.config, 'utf8'))
  equal(now.fits, { nominal: {}, flat: { fit_type: 'g_lin', bin_parameters: { 'data/bin1': WIDER.parameters } } })
})

test('results whose configuration is gone are shown all the same', async () => {
  const alone = files.path('alone.json')
  writeFileSync(alone, results.replace(JSON.stringify(fits.config), '"gone/fit.json"'))
  const file = new FitFile({ path: alone })
  match(file.model().config.problem!, /gone\/fit\.json" is not there\. Start tnp-pipe view with --fit/)
  is((await file.detail(0)).figures.length, 2)
  equal(
    (await refused(() => file.refit(0, WIDER, signal))).map(one => one.place),
    ['config'],
  )
  // Beside the results, under the path that they name.
  writeFileSync(alone, results.replace(JSON.stringify(fits.config), '"fit.json"'))
  is(new FitFile({ path: alone }).model().config.path, join(files.dir, 'fit.json'))
})

test.run()
