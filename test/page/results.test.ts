/** What lies in a place, and what the page is told of it. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import { pickleHists } from '../../lib/formats/index.js'
import { newHist, variableAxis } from '../../lib/hist/index.js'
import { recordOf } from '../../lib/job/run-record.js'
import {
  type EfficiencyModel,
  type HistogramModel,
  openResults,
  type PageModel,
  type ProbesModel,
  type Routes,
  staticPage,
} from '../../lib/page/index.js'
import { shortNames } from '../../lib/page/names.js'
import { efficiencyPath, histogramPath, probesPath, setChoices, spectrumPath } from '../../lib/page/paths.js'
import { jobOptions, runAnalysis, type Scratch, scratch, tnpPipe } from '../support/cli.js'
import { keepEnvironment } from '../support/environment.js'

let files: Scratch
let giveBack: () => void

test.before(async () => {
  giveBack = keepEnvironment()
  files = scratch()
  process.env.XDG_CACHE_HOME = files.path('cache')
  const { status, stderr } = await runAnalysis([...jobOptions('fixtures/config'), '--output', files.path('run')])
  is(status, 0, stderr)
})
test.after(() => {
  giveBack?.()
  files?.remove()
})

async function problemsOf(places: readonly string[]): Promise<readonly { place: string; message: string }[]> {
  try {
    await openResults({ places })
  } catch (error) {
    if (error instanceof UsageError) return error.problems
    throw error
  }
  throw new Error('nothing was refused')
}

async function get<T>(routes: Routes, path: string): Promise<T> {
  const [name, query] = path.split('?')
  const handler = routes[`GET ${name}`] as (request: object) => T
  return handler({ query: new URLSearchParams(query), body: undefined })
}

test('a run: its datasets, what it counted, its tables, histograms and reports', async () => {
  const { results } = (await openResults({ places: [files.path('run')] })).model()
  const [run] = results!.runs
  equal([run!.name, run!.datasets.map(one => one.name), results!.warnings], ['run', ['Data', 'MC'], []])
  const [data, mc] = run!.datasets
  equal([data!.counts!.events, data!.counts!.isMC, mc!.counts!.isMC], [340, false, true])
  equal(data!.counts!.cutflow.slice(0, 3), [
    ['decode', 340],
    ['golden', 200],
    ['hlt', 123],
  ])
  const filter = data!.counts!.windows[0]!.filters[0]!
  equal([filter.filter, filter.passing, filter.failing], ['HLT_Ele30_WPTight_Gsf', 71, 15])
  const arrays = data!.methods.find(one => one.name === 'get_tnp_arrays_1')!
  equal([arrays.tables.map(({ name, parts }) => [name, parts]), arrays.filters], [[['NTuples', 2]], []])
  equal(
    arrays.reports.map(({ partitions, failed }) => [partitions, failed]),
    [[2, []]],
  )
  equal(data!.methods.find(one => one.name === 'get_nd_tnp_histograms_1')!.filters, [
    'HLT_Ele30_WPTight_Gsf',
    'cutBased_gte_4',
    'tight_in_barrel',
  ])
  equal([run!.record!.executor, run!.record!.isOld], ['threads', false])
})

test('partitions that could not be read are told, from the reports alone as well', async () => {
  const fileset = JSON.parse(readFileSync('fixtures/config/fileset.json', 'utf8'))
  const config = JSON.parse(readFileSync('fixtures/config/runner.json', 'utf8'))
  fileset.Data.files = { ...fileset.Data.files, 'fixtures/root/gone.root': 'Events' }
  const skipping = { uproot_options: { allow_read_errors_with_report: true } }
  const methods = config.methods.map((method: { args: object }) => ({
    ...method,
    args: { ...method.args, ...skipping },
  }))
  const runner = files.json('runner.json', { ...config, methods })
  const options = [
    ...['--config', runner, '--fileset', files.json('fileset.json', fileset)],
    ...['--settings', 'fixtures/config/settings.json', '--binning', 'fixtures/config/binning.json'],
  ]
  const { status, stderr } = await runAnalysis([...options, '--output', files.path('bad')])
  is(status, 0, stderr)
  const counted = (await openResults({ places: [files.path('bad')] })).model().results!.runs[0]!.datasets[0]!
  equal(
    counted.counts!.skipped.map(one => one.exception),
    ['FileNotFoundError'],
  )
  rmSync(files.path('cache'), { recursive: true })
  const { results } = (await openResults({ places: [files.path('bad')] })).model()
  const data = results!.runs[0]!.datasets[0]!
  is(data.counts, null)
  const failed = data.methods.flatMap(one => one.reports.flatMap(report => report.failed))
  ok(failed.length > 0)
  match(failed[0]!.file, /gone\.root$/)
  is(failed[0]!.exception, 'FileNotFoundError')
})

test('the record of a run: of its folder alone, older than its outputs when those change', async () => {
  process.env.XDG_CACHE_HOME = files.path('cache2')
  const args = [...jobOptions('fixtures/config'), '--output', files.path('again')]
  is((await runAnalysis(args)).status, 0)
  is(recordOf(files.path('run')), null)
  is(recordOf(files.path('again'))!.datasets[0]!.events, 340)
  const at = files.path('again/Data/get_tnp_arrays_1/NTuples-part0.parquet')
  const bytes = readFileSync(at)
  await new Promise(resolve => setTimeout(resolve, 1100))
  writeFileSync(at, bytes)
  const { results } = (await openResults({ places: [files.path('again')] })).model()
  is(results!.runs[0]!.record!.isOld, true)
  // A run that cannot write one is as good without.
  process.env.XDG_CACHE_HOME = '/dev/null'
  const { status, stderr } = await runAnalysis(args)
  equal([status, /cache|dev.null/.test(stderr)], [0, false])
})

test('efficiencies of all datasets, with ratios, as figures and as numbers', async () => {
  const { routes } = await openResults({ places: [files.path('run')] })
  const [method, filter] = ['get_1d_pt_eta_phi_tnp_histograms_1', 'HLT_Ele30_WPTight_Gsf']
  const found = await get<HistogramModel>(routes, histogramPath(method, filter))
  equal(found.sets, [
    { id: '0/Data', name: 'Data' },
    { id: '0/MC', name: 'MC' },
  ])
  ok(found.pairs.some(pair => pair.name === 'pt/barrel' && pair.groups.length === 1))
  const query = { method, filter, pair: 'pt/barrel', axes: ['pt'], sets: ['0/Data', '0/MC'] }
  const model = await get<EfficiencyModel>(routes, efficiencyPath(query))
  const { stdout } = await tnpPipe([
    ...['efficiency', files.path(`run/Data/${method}/${filter}_histos.pkl`), '--only', 'pt/barrel', '--format', 'json'],
  ])
  const [wanted] = JSON.parse(stdout)
  equal(
    model.sets[0]!.rows.map(({ passing, total, value, low, high }) => [passing, total, value, low, high]),
    wanted.rows.map((row: Record<string, number>) => [
      ...[row.passing, row.total, row.efficiency, row.error_low, row.error_high],
    ]),
  )
  equal(
    model.bins,
    wanted.rows.map((row: { bins: unknown }) => row.bins),
  )
  equal([model.ratios.length, model.ratios[0]!.set.name, model.figures.length], [1, 'MC', 1])
  match(model.figures[0]!.svg, /^<svg /)
  const maps = { method: 'get_nd_tnp_histograms_1', filter, pair: '', axes: ['el_pt', 'el_eta'], sets: query.sets }
  equal((await get<EfficiencyModel>(routes, efficiencyPath(maps))).figures.length, 3)
})

test('numbers of probes, against the mass too, and the mass in one bin', async () => {
  const { routes } = await openResults({ places: [files.path('run')] })
  const names = { method: 'get_nd_tnp_histograms_1', filter: 'tight_in_barrel', pair: '', sets: ['0/Data'] }
  const sums = ({ sets }: ProbesModel) =>
    sets[0]!.rows.reduce(([p, f], { passing, failing }) => [p! + passing, f! + failing], [0, 0])
  const mass = await get<ProbesModel>(routes, probesPath({ ...names, axes: ['mll'] }))
  equal([mass.axes[0]!.name, mass.bins.length, mass.figures.length], ['mll', 80, 1])
  const pairs = { ...names, axes: ['el_eta', 'el_pt'] }
  const both = await get<ProbesModel>(routes, probesPath(pairs))
  equal(sums(both), sums(mass))
  const spectra = await Promise.all(both.bins.map((_, bin) => get<ProbesModel>(routes, spectrumPath(pairs, bin))))
  equal(
    spectra.map(one => sums(one)),
    both.sets[0]!.rows.map(({ passing, failing }) => [passing, failing]),
  )
  ok(sums(both)[0]! > 50)
  let said = ''
  await get(routes, spectrumPath(pairs, 80)).catch((error: Error) => (said = error.message))
  match(said, /there is no bin 80/)
})

test('what has changed on the disk is shown when the page is loaded again', async () => {
  const copy = files.path('changing/Data/get_nd_tnp_histograms_1')
  mkdirSync(copy, { recursive: true })
  const from = files.path('run/Data/get_nd_tnp_histograms_1')
  copyFileSync(`${from}/tight_in_barrel_histos.pkl`, `${copy}/x_histos.pkl`)
  const { routes } = await openResults({ places: [files.path('changing')] })
  const filters = async () => {
    const { results } = await get<PageModel>(routes, '/api/page')
    return results!.runs[0]!.datasets[0]!.methods[0]!.filters
  }
  const total = async () => {
    const query = { method: 'get_nd_tnp_histograms_1', filter: 'x', pair: '', axes: ['el_pt'], sets: ['0/Data'] }
    const { sets } = await get<EfficiencyModel>(routes, efficiencyPath(query))
    return sets[0]!.rows.reduce((sum, row) => sum + row.passing, 0)
  }
  equal(await filters(), ['x'])
  const before = await total()
  copyFileSync(`${from}/HLT_Ele30_WPTight_Gsf_histos.pkl`, `${copy}/x_histos.pkl`)
  copyFileSync(`${from}/HLT_Ele30_WPTight_Gsf_histos.pkl`, `${copy}/y_histos.pkl`)
  equal(await filters(), ['x', 'y'])
  ok((await total()) !== before)
})

test('two runs: names that tell them apart, sets with the same bins together', async () => {
  const binning = { el_eta_bins: [-2.5, 0, 2.5], el_pt_bins: [20, 40, 200], PV_npvs_bins: [0, 60] }
  const options = ['--config', '--settings', '--fileset'].flatMap((name, k) => [
    name,
    `fixtures/config/${['runner', 'settings', 'fileset'][k]}.json`,
  ])
  const wide = files.json('wide.json', binning)
  is((await runAnalysis([...options, '--binning', wide, '--output', files.path('wide')])).status, 0)
  const { routes, model } = await openResults({ places: [files.path('run'), files.path('wide'), files.path('run')] })
  equal(
    model().results!.runs.map(one => one.name),
    ['run', 'wide', 'run'],
  )
  const found = await get<HistogramModel>(routes, histogramPath('get_nd_tnp_histograms_1', 'tight_in_barrel'))
  equal(found.pairs[0]!.groups, [
    ['0/Data', '0/MC', '2/Data', '2/MC'],
    ['1/Data', '1/MC'],
  ])
  equal(setChoices(found.pairs[0]!.groups).slice(2), [
    ['0/Data', '2/Data'],
    ['0/MC', '2/MC'],
  ])
  const [sets, axes] = [['0/Data', '1/Data'], ['el_pt']]
  const query = { method: 'get_nd_tnp_histograms_1', filter: 'tight_in_barrel', pair: '', axes, sets }
  let said = ''
  await get(routes, efficiencyPath(query)).catch((error: Error) => (said = error.message))
  match(said, /wide: Data: binned otherwise than run: Data/)
})

test('files of histograms that a user names, whatever their names', async () => {
  const axis = [variableAxis({ name: 'pt {GeV}', edges: [0, 20, Infinity] })]
  const [passing, failing] = [newHist(axis), newHist(axis)]
  passing.value.set([0, 8, 9, 0])
  failing.value.set([0, 2, 1, 0])
  mkdirSync(files.path('mine'))
  const file = files.path('mine/päth\\it.pkl')
  writeFileSync(file, pickleHists({ passing, failing }))
  const { routes, model } = await openResults({ places: [file] })
  const method = model().results!.runs[0]!.datasets[0]!.methods[0]!
  equal([method.name, method.filters], ['histograms', ['päth\\it']])
  const query = { method: 'histograms', filter: 'päth\\it', pair: '', axes: ['pt {GeV}'], sets: ['0/mine'] }
  const { sets, bins } = await get<EfficiencyModel>(routes, efficiencyPath(query))
  equal(bins, [[[0, 20]], [[20, null]]])
  equal(
    sets[0]!.rows.map(row => row.value),
    [0.8, 0.9],
  )
})

test('what is not there, or has nothing to show, with the nearest names', async () => {
  mkdirSync(files.path('empty/deep'), { recursive: true })
  const odd = files.json('odd.json', { a: 1 })
  const problems = await problemsOf([files.path('rum'), files.path('empty'), odd, 'root://host//out'])
  equal(
    problems.map(one => one.place),
    [files.path('rum'), files.path('empty'), odd, 'root://host//out'],
  )
  match(problems[0]!.message, /^is not there\. Nearest: "run"/)
  match(problems[1]!.message, /^has no results/)
  match(problems[2]!.message, /^is none of/)
  match(problems[3]!.message, /at a server\. Copy it/)
})

test('scale factors, with their maps', async () => {
  const method = 'get_nd_tnp_histograms_1/tight_in_barrel_histos.pkl'
  const config = files.json('sf.json', {
    data: { nominal: files.path(`wide/Data/${method}`) },
    mc: { nominal: files.path(`wide/MC/${method}`) },
    correction: { year: '2022', working_point: 'Tight' },
  })
  const made = await tnpPipe(['scale-factors', '--config', config, '--output', files.path('sf'), '--allow-failed-bins'])
  is(made.status, 0, made.stderr)
  const { routes, model } = await openResults({ places: [files.path('sf')] })
  const [factors] = model().results!.factors
  equal(
    [factors!.title, factors!.bins.length, factors!.sources],
    ['Electron-ID-SF, 2022, Tight', 4, ['statData', 'statMC']],
  )
  const { bins } = JSON.parse(readFileSync(files.path('sf/scale-factors.json'), 'utf8'))
  equal(
    factors!.bins.map(({ value, up, status }) => [value, up, status]),
    bins.map((bin: Record<string, unknown>) => [bin.scale_factor, bin.up, bin.status]),
  )
  is((await get<unknown[]>(routes, '/api/factors?factors=0')).length, 4)
})

test('a page in a file holds every answer that it may ask for, and ends no element early', async () => {
  mkdirSync(files.path('run/Data<script><!--'))
  const from = files.path('run/Data/get_nd_tnp_histograms_1')
  mkdirSync(files.path('run/Data<script><!--/get_nd_tnp_histograms_1'))
  copyFileSync(
    `${from}/tight_in_barrel_histos.pkl`,
    files.path('run/Data<script><!--/get_nd_tnp_histograms_1/x_histos.pkl'),
  )
  const html = await staticPage(await openResults({ places: [files.path('run')] }))
  equal(html.match(/<\/script>/g)!.length, 2)
  match(
    html,
    /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[^"]*connect-src 'none'/,
  )
  const data = /id="page-data">([^<]+)</.exec(html)![1]!
  const held = JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString('utf8'))
  is(held['/api/page'].results.runs[0].datasets[1].name, 'Data<script><!--')
  ok(histogramPath('get_nd_tnp_histograms_1', 'x') in held)
  rmSync(files.path('run/Data<script><!--'), { recursive: true })
})

test('short names of paths', () => {
  equal(shortNames(['/a/b/out', '/a/c/out']), ['b/out', 'c/out'])
  equal(shortNames(['/a/b/out/', '/a/b/out']), ['out', 'out'])
  equal(shortNames(['/x/results.json'], 2), ['x/results.json'])
  equal(shortNames([]), [])
})

test.run()
