import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { pickleHists, uhiTree } from '../../lib/formats/index.js'
import { type Hist, newHist, regularAxis, variableAxis } from '../../lib/hist/index.js'
import { type Scratch, scratch, tnpPipe } from '../support/cli.js'

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
    is(lines[0], 'file,histogram,el_pt_low,el_pt_high,eta_low,eta_high,passing,total,efficiency,error_low,error_high')
    is(lines.length, 4)
    ok(lines[1]!.startsWith(`"${file}",pt/endcap,10,20,,,1,2,0.5,0.4`), lines[1])
    is(lines[2], `"${file}",pt/endcap,20,50,,,0,0,,,`)
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
    })
  }))

test('--axes keeps the mass, and its absence is an error that says which axes there are', () =>
  withFiles(async (_, file) => {
    const kept = await tnpPipe(['efficiency', file, '--axes', 'mll'])
    match(kept.stdout, /50 to 90 +1 +2 +0\.5/)
    const wrong = await tnpPipe(['efficiency', file, '--axes', 'el_eta'])
    is(wrong.status, 2)
    match(wrong.stderr, /nd\.pkl: no axis "el_eta"; the axes are el_pt, mll\./)
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
