/** Shapes of one's own in every thread, and the files of results: their schema, columns, tables of efficiencies, figures. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { efficiencyTables, fitterConfig, parseFitResults, planFits, runFitter } from '../../lib/fitter/index.js'
import { uhiTreeBytes } from '../../lib/formats/index.js'
import { scratch, TNP_PIPE } from '../support/cli.js'
import { pythonPath, testIf } from '../support/tools.js'
import { toyPair, trueEfficiency } from './toys.js'

const TURN_ON = `${join(fileURLToPath(new URL('../../', import.meta.url)), 'examples/turn-on-background.js')}::turnOn`
const TOY = { signal: 20000, background: [3000, 2000], shift: 0, sigma: 1.9, seed: 5 } as const

function withFiles(name: string, fit: object, more: object = {}) {
  const folder = scratch()
  writeFileSync(folder.path('data.json'), uhiTreeBytes(toyPair(TOY)))
  writeFileSync(folder.path('mc.json'), uhiTreeBytes(toyPair({ ...TOY, seed: 6 })))
  const input = { data: { data: folder.path('data.json') }, mc: { mc: folder.path('mc.json') } }
  const document = { mass: 'Z', input, fit: { fit_type: name, x_min: 60, x_max: 120, ...fit }, ...more }
  return { folder, document, config: folder.json('fit.json', document) }
}

function fit(...argv: string[]) {
  return spawnSync(process.execPath, [TNP_PIPE, 'fit', ...argv], { encoding: 'utf8' })
}

test('a shape of one’s own is fitted in one thread and in several', async () => {
  const { folder, document } = withFiles('voigtian_turnon', { bin: ['bin0', 'bin3'] }, { shapes: { turnon: TURN_ON } })
  const config = fitterConfig(document, 'fit.json')
  const one = await runFitter(config, { workers: 1 })
  equal(one.fits.length, 4)
  const several = await runFitter(fitterConfig(document, 'fit.json'), { workers: 2 })
  equal(several.fits, one.fits)
  for (const { bin, ranges, valid, problems, efficiency, parameters } of one.fits) {
    equal([valid, problems], [true, []], bin)
    const truth = trueEfficiency(ranges.el_eta![0] < 0 ? 0 : 1, [20, 35, 70].indexOf(ranges.el_pt![0]))
    ok(Math.abs(efficiency.value! - truth) < 4 * efficiency.error!, `${bin}: ${efficiency.value}, wanted ${truth}`)
    ok(parameters.some(p => p.name === 'bkg_edge_fail'))
  }
  folder.remove()
})

test('what is wrong with a shape of one’s own is told before a fit', async () => {
  const { folder, document } = withFiles('g_exp', {})
  writeFileSync(
    folder.path('shapes.mjs'),
    `export const negative = { parameters: { a: { start: 1, limits: [0, 2] } }, density: (x, [a]) => -a }
export const nothing = { parameters: ['a'], density: () => 1 }
export const noDensity = { parameters: ['a'] }
export function plain(x, [tau]) { return Math.exp(-tau * x) }
export const throws = { parameters: { a: { start: 1, limits: [0, 2] } }, density: () => oops }
`,
  )
  const at = (name: string) => `${folder.path('shapes.mjs')}::${name}`
  const shapes = {
    negative: at('negative'),
    nothing: at('nothing'),
    none: at('noDensity'),
    plain: at('plain'),
    throws: at('throws'),
    other: at('other'),
    gone: 'gone.mjs::x',
  }
  const fits = Object.fromEntries(Object.keys(shapes).map(name => [name, `g_${name}`]))
  let text = ''
  await planFits(fitterConfig({ ...document, shapes, fits }, 'fit.json')).catch(error => {
    text = (error as Error).message
  })
  for (const part of [
    /\/shapes\/negative: shape "negative" is -1 at 60 GeV with a 1, wanted a density of 0 or more\./,
    /\/fits\/nothing: the parameter bkg_a_pass has no start: give "parameters"/,
    /\/shapes\/none: wanted a function of the mass, or an object with "density"\./,
    /\/shapes\/plain: has no "parameters": their names in a list, or an object of them with start and limits\./,
    /\/shapes\/throws: fails at 60 GeV with 1: oops is not defined\./,
    /\/shapes\/other: the file exports no "other"\. It exports: negative, noDensity, nothing, plain, throws\./,
    /\/shapes\/gone: file "gone\.mjs" not found\./,
  ]) {
    match(text, part)
  }
  folder.remove()
})

test('a shape that fails within a fit makes a bin that failed; data and simulation may have one label', async () => {
  const { folder, document } = withFiles('g_odd', { bin: ['bin0', 'bin1'] })
  const code = 'if (a < 0.5 || a > 1.5) throw new Error("a is " + a); return 1'
  writeFileSync(
    folder.path('odd.mjs'),
    `export const odd = { parameters: { a: { start: 1, limits: [0, 2] } }, density: (x, [a]) => { ${code} } }\n`,
  )
  const { data, mc } = document.input
  const input = { data: { toy: data.data }, mc: { toy: mc.mc } }
  const config = fitterConfig({ ...document, input, shapes: { odd: `${folder.path('odd.mjs')}::odd` } }, 'fit.json')
  const { fits } = await runFitter(config, { workers: 2 })
  equal([fits.length, fits.map(one => one.valid)], [4, [false, false, false, false]])
  match(fits[0]!.problems.join(), /^shape "odd": fails at .* GeV with .*: a is /)
  equal(
    efficiencyTables(fits).map(({ name, grid }) => [name, grid.failure.length]),
    [
      ['DATA/toy/nominal', 2],
      ['MC/toy/nominal', 2],
    ],
  )
  folder.remove()
})

test('histograms of a program are fitted without a file', async () => {
  const { folder, document } = withFiles('voigtian_exponential', { bin: ['bin0'] })
  const { fits } = await runFitter(fitterConfig({ ...document, input: { data: { data: '-' } } }), {
    stdin: async () => toyPair(TOY),
  })
  const same = await runFitter(fitterConfig({ ...document, input: { data: document.input.data } }))
  equal(fits, same.fits)
  folder.remove()
})

test('results fit their schema, and are JSON for the next command', async () => {
  const { folder, config } = withFiles(
    'voigtian_exponential',
    {},
    {
      scale_factors: { data_mc_pair: { sf: ['data', 'mc'] } },
    },
  )
  const { status, stdout, stderr } = fit('--config', config)
  is(status, 0, stderr)
  const schema = JSON.parse(readFileSync('schemas/fit-results.schema.json', 'utf8'))
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema)
  ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors))
  const { fits, scaleFactors } = parseFitResults(stdout, 'stdout')
  equal([fits.length, scaleFactors.length], [12, 6])
  const efficiencies = fit('--config', config, '--format', 'efficiencies')
  const { tables } = JSON.parse(efficiencies.stdout)
  equal(
    tables.map((table: { name: string; bins: unknown[] }) => [table.name, table.bins.length]),
    [
      ['data/nominal', 6],
      ['mc/nominal', 6],
    ],
  )
  equal(tables[0].axes[1].edges, [20, 35, 70, 200])
  const [first] = efficiencyTables(fits)
  equal(first!.grid.efficiency[4], fits.find(one => one.bin.startsWith('bin3_'))!.efficiency.value)
  folder.remove()
})

test('CSV and Parquet have a row a fit, with every parameter', async () => {
  const { folder, config } = withFiles('voigtian_exponential', { bin: ['bin0', 'bin4'] })
  for (const name of ['r.csv', 'r.parquet', 'r.txt']) {
    const { status, stdout, stderr } = fit('--config', config, '--format', 'text', '--output', folder.path(name))
    is(status, 0, stderr)
    if (name === 'r.txt') is(readFileSync(folder.path(name), 'utf8'), stdout)
  }
  const [head, ...lines] = readFileSync(folder.path('r.csv'), 'utf8').trim().split('\n')
  const columns = head!.split(',')
  equal(lines.length, 4)
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(folder.path('r.parquet')) })
  equal(Object.keys(rows[0]!), columns)
  for (const [k, row] of rows.entries()) {
    const texts = Object.values(row).map(value => (value === null || value === undefined ? '' : String(value)))
    equal(texts, lines[k]!.split(','))
  }
  folder.remove()
})

testIf(
  test,
  pythonPath(),
  'Python with pyarrow',
)('pyarrow reads the Parquet file, texts as text', () => {
  const { folder, config } = withFiles('voigtian_exponential', { bin: ['bin0'] })
  is(fit('--config', config, '--format', 'text', '--output', folder.path('r.parquet')).status, 0)
  const code = `import pyarrow.parquet as p; t = p.read_table(${JSON.stringify(folder.path('r.parquet'))})
print(t.schema.field('bin').type, t['label'].to_pylist(), t['valid'].to_pylist(), t['ndof'].type)`
  const { stdout } = spawnSync(pythonPath()!, ['-c', code], { encoding: 'utf8' })
  equal(stdout.trim(), "string ['data', 'mc'] [True, True] int32")
  folder.remove()
})

test('a bin that is empty is told, or with --allow-failed-bins marked in every output', () => {
  const { folder, document } = withFiles('g_exponential', { bin: ['bin0', 'bin1'] })
  const { passing, failing } = toyPair(TOY)
  for (const hist of [passing, failing]) {
    for (let k = 0; k < 82; k++) for (const j of [1, 2]) hist.value[1 + 4 * (1 + 5 * (j + 4 * k))] = 0
  }
  writeFileSync(folder.path('data.json'), uhiTreeBytes({ passing, failing }))
  const config = folder.json('fit.json', document)
  const refused = fit('--config', config)
  is(refused.status, 2)
  match(
    refused.stderr,
    /\/input\/data\/data: .*data\.json > bin0_el_eta_m2p50To0p00_el_pt_20p00To35p00_Pass, .*: both spectra are empty\. With --allow-failed-bins it is marked/,
  )
  const argv = ['--config', config, '--allow-failed-bins', '--plots', folder.path('plots')]
  const text = fit(...argv, '--format', 'text')
  is(text.status, 0, text.stderr)
  match(text.stdout, /^DATA +data +bin0_.* none .*FAILED: both spectra are empty$/m)
  match(text.stderr, /4 fits in .* s, 1 failed/)
  const svg = readFileSync(folder.path('plots/DATA/bin0_el_eta_m2p50To0p00_el_pt_20p00To35p00/data_Pass.svg'), 'utf8')
  ok(svg.includes('Fit failed') && svg.includes('both spectra are empty'))
  ok(existsSync(folder.path('plots/MC/bin1_el_eta_0p00To2p50_el_pt_20p00To35p00/mc_Fail.svg')))
  const csv = fit('--config', config, '--allow-failed-bins', '--format', 'csv').stdout
  match(csv, /^nominal,DATA,data,bin0_[^,]*,-2\.5,0,20,35,g_exponential,false,both spectra are empty,,/m)
  const { tables } = JSON.parse(fit('--config', config, '--allow-failed-bins', '--format', 'efficiencies').stdout)
  const [bin] = tables[0].bins
  equal([bin.status, bin.reason, bin.efficiency], ['failed', 'both spectra are empty', null])
  folder.remove()
})

test('formats that do not exist, and tables of bins in one variable, are refused', () => {
  const { folder, config, document } = withFiles('g_exponential', {})
  const formats = fit('--config', config, '--format', 'jsno', '--plot-format', 'svg,jpg')
  is(formats.status, 2)
  match(formats.stderr, /--format: is "jsno", wanted text, csv, json, efficiencies\. Nearest: "json"/)
  match(formats.stderr, /--plot-format: is "jpg", wanted/)
  const one = folder.json('one.json', { ...document, axes: ['el_pt'] })
  const tables = fit('--config', one, '--format', 'efficiencies')
  is(tables.status, 2)
  match(
    tables.stderr,
    /--format: efficiencies: tables have two variables, as eta and pt; bin0_el_pt_20p00To35p00 has el_pt\./,
  )
  folder.remove()
})

test.run()
