import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { pickleHists, uhiTree } from '../../lib/formats/index.js'
import { type Hist, INTERVALS, newHist, regularAxis, variableAxis } from '../../lib/hist/index.js'
import { type Scratch, scratch, tnpPipe } from '../support/cli.js'
import { close } from '../support/columns.js'

const pt = variableAxis({ name: 'el_pt', label: 'El_pt', edges: [10, 20, 50] })
const eta = variableAxis({ name: 'eta', label: 'eta', edges: [-2.5, 2.5] })
const mll = regularAxis({ name: 'mll', label: 'mll [GeV]', bins: 2, lower: 50, upper: 130 })

function counts(axes: Hist['axes'], cells: Readonly<Record<number, number>>): Hist {
  const hist = newHist(axes)
  for (const [cell, value] of Object.entries(cells)) hist.value[Number(cell)] = value
  return hist
}

/** pt 10 to 20: 3 of 4; 20 to 50: nothing. */
const nd = { passing: counts([pt, mll], { 5: 1, 9: 2 }), failing: counts([pt, mll], { 5: 1 }) }
const one = (axes: Hist['axes']) => ({ passing: counts(axes, { 1: 1 }), failing: counts(axes, { 1: 1 }) })
const oneD = { pt: { barrel: one([pt]), endcap: one([pt]) }, eta: { entire: one([eta]) } }

async function withFiles<T>(use: (dir: Scratch, nd: string, oneD: string) => Promise<T>): Promise<T> {
  const dir = scratch()
  writeFileSync(dir.path('nd.pkl'), pickleHists(nd))
  writeFileSync(dir.path('1d, json'), uhiTree(oneD))
  try {
    return await use(dir, dir.path('nd.pkl'), dir.path('1d, json'))
  } finally {
    dir.remove()
  }
}

test('a pickle is printed as a table, one row a bin, the mass summed over', () =>
  withFiles(async (_, file) => {
    const { status, stdout, stderr } = await tnpPipe(['efficiency', file])
    equal([status, stderr], [0, ''])
    is(
      stdout,
      `${file}
     el_pt  passing  total  efficiency      low     high
  10 to 20        3      4      0.7500  -0.3684  +0.2077
  20 to 50        0      0           -        -        -
`,
    )
  }))

test('UHI JSON of several histograms becomes one CSV', () =>
  withFiles(async (_, __, file) => {
    const { status, stdout } = await tnpPipe(['efficiency', file, '--format', 'csv', '--only', 'pt/endcap,eta'])
    is(status, 0)
    const lines = stdout.trimEnd().split('\n')
    is(
      lines[0],
      'file,histogram,el_pt_low,el_pt_high,eta_low,eta_high,passing,total,efficiency,error_low,error_high,effective_entries,problem,interval',
    )
    is(lines.length, 4)
    ok(lines[1]!.startsWith(`"${file}",pt/endcap,10,20,,,1,2,0.5,0.4`), lines[1])
    is(lines[2], `"${file}",pt/endcap,20,50,,,0,0,,,,0,,clopper-pearson`)
    ok(lines[3]!.startsWith(`"${file}",eta/entire,,,-2.5,2.5,1,2,0.5,0.4`), lines[3])
  }))

test('JSON has all numbers, and null where there is none', () =>
  withFiles(async (_, file, other) => {
    const { stdout } = await tnpPipe(['efficiency', file, other, '--format', 'json'])
    const tables = JSON.parse(stdout)
    equal(
      tables.map((t: { histogram: string }) => t.histogram),
      ['', 'pt/barrel', 'pt/endcap', 'eta/entire'],
    )
    equal(tables[0].axes, [{ name: 'el_pt', label: 'El_pt' }])
    equal(tables[0].rows[1], {
      bins: [[20, 50]],
      passing: 0,
      total: 0,
      efficiency: null,
      error_low: null,
      error_high: null,
      effective_entries: 0,
      problem: null,
    })
    equal([tables[0].interval, tables[0].coverage], ['clopper-pearson', 0.6826894921370859])
  }))

test('--axes keeps the mass, and its absence is an error that says which axes there are', () =>
  withFiles(async (_, file) => {
    const kept = await tnpPipe(['efficiency', file, '--axes', 'mll'])
    match(kept.stdout, /50 to 90 +1 +2 +0\.5/)
    const wrong = await tnpPipe(['efficiency', file, '--axes', 'el_eta'])
    is(wrong.status, 2)
    match(wrong.stderr, /nd\.pkl: no axis "el_eta"; the axes are el_pt, mll\./)
  }))

/** Weights of simulation: bins that are well, with a negative total, with passing > total. */
const wide = variableAxis({ name: 'el_pt', label: 'El_pt', edges: [10, 20, 50, 100] })
const simulated = {
  passing: weights([0.018, -0.02, 0.03], [0.0006, 0.0005, 0.0006]),
  failing: weights([0.007, 0.01, -0.01], [0.0001, 0.0002, 0.0001]),
}

function weights(values: readonly number[], variances: readonly number[]): Hist {
  const hist = newHist([wide])
  hist.value.set(values, 1)
  hist.variance.set(variances, 1)
  return hist
}

const PROBLEMS = (file: string) => `warning: ${file}: 2 of 3 bins have no interval
  el_pt 20 to 50: negative total weight (passing -0.02, total -0.01)
  el_pt 50 to 100: passing > total (passing 0.03, total 0.02)
`

test('sums of weights are no counts: effective entries, and bins without interval, in text', () =>
  withFiles(async dir => {
    const file = dir.path('mc.pkl')
    writeFileSync(file, pickleHists(simulated))
    const { status, stdout, stderr } = await tnpPipe(['efficiency', file])
    equal([status, stderr], [0, PROBLEMS(file)])
    is(
      stdout,
      `${file}
      el_pt  passing  total  efficiency      low     high  effective entries                problem
   10 to 20    0.018  0.025      0.7200  -0.6754  +0.2797                0.9
   20 to 50    -0.02  -0.01           -        -        -                0.1  negative total weight
  50 to 100     0.03   0.02      1.5000        -        -                0.6        passing > total
`,
    )
    const reference = await tnpPipe(['efficiency', file, '--reference-intervals'])
    match(reference.stdout, /^.*mc\.pkl \(sums of weights as counts\)\n/)
    match(reference.stdout, /\n +10 to 20 +0\.018 +0\.025 +0\.7200 +-0\.7200 +\+0\.2800\n/)
    match(reference.stdout, /\n +20 to 50 +-0\.02 +-0\.01 +2\.0000 +- +- +negative total weight\n/)
    is(reference.stderr, PROBLEMS(file))
  }))

test('the same as CSV and JSON, from UHI JSON, for each kind of interval', () =>
  withFiles(async dir => {
    const file = dir.path('mc.json')
    writeFileSync(file, uhiTree(simulated))
    for (const [interval, title] of [
      ['clopper-pearson', ''],
      ['wilson', ' (Wilson)'],
      ['jeffreys', ' (Jeffreys)'],
      ['bayesian', ' (Bayesian, shortest)'],
    ] as const) {
      const asked = (format: string) => tnpPipe(['efficiency', file, '--interval', interval, '--format', format])
      const json = await asked('json')
      is(json.stderr, PROBLEMS(file))
      const [table] = JSON.parse(json.stdout)
      const [well, negative, more] = table.rows
      const entries = 0.025 ** 2 / 0.0007
      const [low, high] = INTERVALS[interval](0.72 * entries, entries, table.coverage)
      is(table.interval, interval)
      close(well.effective_entries, entries, 1e-12)
      close(well.error_low, 0.72 - low, 1e-10)
      close(well.error_high, high - 0.72, 1e-10)
      equal([well.problem, negative.problem, more.problem], [null, 'negative total weight', 'passing > total'])
      equal([negative.efficiency, negative.error_low, more.error_high], [null, null, null])
      const lines = (await asked('csv')).stdout.trimEnd().split('\n')
      ok(lines[1]!.endsWith(`,${well.error_low},${well.error_high},${well.effective_entries},,${interval}`), lines[1])
      is(lines[2], `${file},,20,50,-0.02,-0.01,,,,${negative.effective_entries},negative total weight,${interval}`)
      ok(lines[3]!.endsWith(`,passing > total,${interval}`), lines[3])
      ok((await asked('text')).stdout.startsWith(`${file}${title}\n`))
    }
  }))

/** 80 bins of 1 GeV: a peak of ten bins on a flat background. */
function peak(height: number, flat: number): Hist {
  const hist = newHist([pt, regularAxis({ name: 'mll', label: 'mll [GeV]', bins: 80, lower: 50, upper: 130 })])
  for (let m = 0; m < 80; m++) hist.value[1 + 4 * (m + 1)] = flat + (m >= 36 && m < 46 ? height : 0)
  return hist
}

test('side bands: what is left, what was taken away, and what there is too little of, in every format', () =>
  withFiles(async dir => {
    const file = dir.path('m.pkl')
    writeFileSync(file, pickleHists({ passing: peak(90, 3), failing: peak(10, 6) }))
    const asked = (...args: string[]) => tnpPipe(['efficiency', file, '--method', 'sideband', ...args])
    const text = await asked('--sidebands', '61,71,111,121')
    equal([text.status, text.stderr], [0, ''])
    is(
      text.stdout,
      `${file} (mll 81 to 101; side bands 61 to 71, 111 to 121 subtracted)
     el_pt  passing  total  efficiency      low     high  below passing  below failing  effective entries
  10 to 20      900   1000      0.9000  -0.0169  +0.0169             60            120              735.3
  20 to 50        0      0           -        -        -              0              0                0.0
`,
    )
    // All bands hold 30 and 60: the factors are 1.
    const sigma = Math.sqrt(100 ** 2 * (960 + 60) + 900 ** 2 * (220 + 120)) / 1000 ** 2
    const json = JSON.parse((await asked('--sidebands', '61,71,111,121', '--format', 'json')).stdout)[0]
    equal([json.interval, json.mass_window, json.sidebands], ['gaussian', [81, 101], [61, 71, 111, 121]])
    close(json.rows[0].error_high, sigma)
    equal([json.rows[0].background_passing, json.rows[0].background_failing, json.rows[0].warning], [60, 120, null])
    const csv = (await asked('--sidebands', '61,71,111,121', '--format', 'csv')).stdout.split('\n')
    match(csv[0]!, /,problem,background_passing,background_failing,warning,interval$/)
    match(csv[1]!, /,,60,120,,gaussian$/)
    writeFileSync(file, pickleHists({ passing: peak(90, 3), failing: peak(0.5, 0) }))
    const few = await asked()
    match(
      few.stderr,
      /1 of 2 bins have few probes\n {2}el_pt 10 to 20: too few probes .*: 5 failing in the window, no failing in/,
    )
    const window = await tnpPipe(['efficiency', file, '--mass-window', '86,96'])
    match(window.stdout, /m\.pkl \(mll 86 to 96\)\n(.*\n) +10 to 20 +930 +935 /)
  }))

test('flags of the method that are wrong are told at once', async () => {
  const told = async (...args: string[]) => (await tnpPipe(['efficiency', 'nowhere.pkl', ...args])).stderr
  match(await told('--method', 'sidebands'), /--method: is "sidebands", wanted count or sideband/)
  match(await told('--sidebands', '60,75,110,130'), /--sidebands: are for --method sideband/)
  match(await told('--mass-window', '110,60'), /--mass-window: the mass window \[110, 60\] does not ascend/)
  const bands = await told('--method', 'sideband', '--sidebands', '60,90,95,130', '--reference-intervals')
  match(bands, /--sidebands: the low side band \[60, 90\] is not below the mass window \[81, 101\]/)
  match(bands, /--sidebands: the high side band \[95, 130\] is not above/)
  match(bands, /--reference-intervals: are of counting/)
  match(await told('--sidebands', '1,2'), /Wanted 4 numbers/)
})

test('flags that are wrong are told at once, before anything is read', async () => {
  const { status, stderr } = await tnpPipe(['efficiency', 'nowhere.pkl', '--interval', 'wilsen', '--format', 'xml'])
  is(status, 2)
  match(stderr, /--format: is "xml", wanted text, csv, json/)
  match(stderr, /--interval: is "wilsen", wanted clopper-pearson, wilson, jeffreys, bayesian\. Nearest: "wilson"/)
  ok(!stderr.includes('nowhere'))
  const both = await tnpPipe(['efficiency', 'nowhere.pkl', '--interval', 'wilson', '--reference-intervals'])
  is(both.status, 2)
  match(both.stderr, /--reference-intervals: are Clopper-Pearson intervals, --interval asks for wilson\. Leave one/)
})

test('whatever is wrong with files and histograms is told at once', () =>
  withFiles(async (dir, file, other) => {
    const lonely = dir.path('lonely.json')
    writeFileSync(lonely, uhiTree({ pt: { passing: nd.passing, failling: nd.failing }, eta: oneD.eta }))
    const misfit = dir.path('misfit.json')
    writeFileSync(misfit, uhiTree({ passing: counts([pt], {}), failing: counts([eta], {}) }))
    const damaged = dir.path('damaged.json')
    writeFileSync(damaged, '{"passing":{"uhi_schema":1},"failing":{"uhi_schema":2}}')
    const files = [dir.path('none.pkl'), file, other, lonely, misfit, damaged]
    const { status, stdout, stderr } = await tnpPipe(['efficiency', ...files, '--axes', 'el_pt'])
    equal([status, stdout], [2, ''])
    match(stderr, /none\.pkl'? *.*FileNotFoundError/)
    match(stderr, /lonely\.json: "pt\/passing" has no "failing" beside it \(nearest: "failling"\)\. Give/)
    match(stderr, /damaged\.json: passing: has no axes(.|\n)*damaged\.json: failing: uhi_schema is 2, wanted 1/)
    match(stderr, /1d, json > eta\/entire: no axis "el_pt"; the axes are eta\./)
    match(
      stderr,
      /misfit\.json: passing and failing probes are binned differently: axis 0 is "el_pt" "El_pt" \(10, 20, 50\)/,
    )
    const only = await tnpPipe(['efficiency', other, '--only', 'pt/barel,phi'])
    match(only.stderr, /"pt\/barel" is none(.|\n)*"phi" is none/)
  }))

test('names and formats that do not exist, and no file at all, are mistakes of usage', () =>
  withFiles(async (_, file, other) => {
    const only = await tnpPipe(['efficiency', other, '--only', 'pt/barel'])
    is(only.status, 2)
    match(only.stderr, /--only: "pt\/barel" is none of the histograms .* Nearest: "pt\/barrel"/)
    const format = await tnpPipe(['efficiency', file, '--format', 'xml'])
    is(format.status, 2)
    match(format.stderr, /--format: is "xml", wanted text, csv, json/)
    is((await tnpPipe(['efficiency'])).status, 2)
  }))

test('a missing file, one without histograms and a pickle that calls a shell are data errors', () =>
  withFiles(async dir => {
    const { malicious } = JSON.parse(readFileSync('test/formats/data/pickles.gen.json', 'utf8'))
    writeFileSync(dir.path('evil.pkl'), Buffer.from(malicious['a call of os.system'][2], 'base64'))
    writeFileSync(dir.path('one.json'), uhiTree({ passing: nd.passing }))
    for (const [name, want] of [
      ['none.pkl', /No such file or directory/],
      ['one.json', /has no "passing" and "failing" histograms/],
      ['evil.pkl', /evil\.pkl: names "posix\.system", which is none/],
    ] as const) {
      const { status, stdout, stderr } = await tnpPipe(['efficiency', dir.path(name)])
      equal([status, stdout], [1, ''], name)
      match(stderr, want)
    }
  }))

test.run()
