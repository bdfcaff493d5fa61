import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { pickleHists, uhiTree } from '../../lib/formats/index.js'
import { type Axis, regularAxis, variableAxis } from '../../lib/hist/index.js'
import { probes } from '../plot/hists.js'
import { type Scratch, scratch, tnpPipe } from '../support/cli.js'
import { panelsOf, pointsOf, readPng, textsOf } from '../support/figures.js'

const pt = variableAxis({ name: 'pt', label: 'Pt [GeV]', edges: [10, 20, 50] })
const eta = variableAxis({ name: 'eta', edges: [-2.5, 0, 2.5] })
const mll = regularAxis({ name: 'mll', bins: 2, lower: 50, upper: 130 })
const ndAxes = [
  variableAxis({ name: 'el_pt', edges: [10, 20, 50, 200] }),
  variableAxis({ name: 'el_eta', edges: [-2.5, 0, 2.5] }),
  variableAxis({ name: 'PV_npvs', edges: [0, 20, 60] }),
  mll,
]

/** 30 of 40 probes in the first bin, 45 of 50 in the second. */
const oneD = (axis: Axis) => probes([axis], ([i]) => (i === 0 ? [30, 10] : [45, 5]))
const tree = { pt: { barrel: oneD(pt), endcap: oneD(pt) }, eta: { entire: oneD(eta) } }
const nd = (shift: number) => probes(ndAxes, ([i, j]) => [10 + i! + 3 * j!, 4 + shift])

async function inScratch<T>(use: (dir: Scratch) => Promise<T>): Promise<T> {
  const dir = scratch()
  try {
    return await use(dir)
  } finally {
    dir.remove()
  }
}

/** A file as a run writes it. */
function outputOf(dir: Scratch, dataset: string, content: string | Uint8Array, name = 'HLT_Ele30_histos.json'): string {
  const folder = dir.path(`out/${dataset}/get_1d_pt_eta_phi_tnp_histograms_1`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/${name}`, content)
  return `${folder}/${name}`
}

test('two runs are overlaid, named by their datasets, with the ratio below', () =>
  inScratch(async dir => {
    const files = [outputOf(dir, 'Data', uhiTree(tree)), outputOf(dir, 'MC', pickleHists(tree), 'HLT_Ele30_histos.pkl')]
    const { status, stdout, stderr } = await tnpPipe(
      ['plot', ...files, '--output', 'figures', '--lumi', '26.7', '--year', '2023'],
      {
        cwd: dir.path('.'),
      },
    )
    equal([status, stderr], [0, ''])
    equal(stdout.trimEnd().split('\n'), ['figures/pt_barrel.svg', 'figures/pt_endcap.svg', 'figures/eta_entire.svg'])
    const svg = readFileSync(dir.path('figures/pt_barrel.svg'), 'utf8')
    const [upper, lower] = panelsOf(svg)
    equal(
      pointsOf(upper!, 'Data', { range: [10, 50] }, { range: [0, 1.2] }).map(({ x, y }) => [
        x.toFixed(1),
        y.toFixed(3),
      ]),
      [
        ['15.0', '0.750'],
        ['35.0', '0.900'],
      ],
    )
    equal(
      pointsOf(lower!, undefined, { range: [10, 50] }, { range: [0.7, 1.3] }).map(({ y }) => y.toFixed(2)),
      ['1.00', '1.00'],
    )
    const texts = textsOf(svg)
    for (const text of [
      'CMS',
      'Preliminary',
      '26.7 fb−1, 2023 (13.6 TeV)',
      'HLT_Ele30',
      'barrel',
      'Data',
      'MC',
      'Data / MC',
    ]) {
      ok(texts.includes(text), `${text} is not among ${texts}`)
    }
  }))

test('histograms of several variables give one figure each, slices both ways, and maps', () =>
  inScratch(async dir => {
    writeFileSync(dir.path('a.pkl'), pickleHists(nd(0)))
    writeFileSync(dir.path('b.pkl'), pickleHists(nd(2)))
    const { status, stderr } = await tnpPipe(
      ['plot', 'a.pkl', 'b.pkl', '--names', 'Run 2023,MC', '--format', 'svg,pdf,png'],
      {
        cwd: dir.path('.'),
      },
    )
    equal([status, stderr], [0, ''])
    const names = [
      ...['PV_npvs', 'el_eta', 'el_eta_el_pt_MC', 'el_eta_el_pt_Run_2023', 'el_eta_el_pt_Run_2023_over_MC'],
      ...['el_eta_in_el_pt', 'el_pt', 'el_pt_in_el_eta'],
    ]
    equal(readdirSync(dir.path('plots')).sort(), names.flatMap(n => [`${n}.pdf`, `${n}.png`, `${n}.svg`]).sort())
    const read = (name: string) => readFileSync(dir.path(`plots/${name}`))
    is(read('el_pt.pdf').toString('latin1', 0, 5), '%PDF-')
    const png = readPng(read('el_eta_el_pt_MC.png'))
    equal([png.width, png.height, png.at(1, 1)], [1720, 1280, [255, 255, 255, 255]])
    // el_pt 10 to 20, el_eta below 0: in each of two bins of PV_npvs and two of mll 10 of 14, and 10 of 16.
    const ratio = textsOf(read('el_eta_el_pt_Run_2023_over_MC.svg').toString('utf8'))
    ok(ratio.includes((10 / 14 / (10 / 16)).toFixed(3)))
    ok(textsOf(read('el_pt_in_el_eta.svg').toString('utf8')).includes('−2.5 < η < 0'))
  }))

test('options: kinds, axes, labels, ranges', () =>
  inScratch(async dir => {
    writeFileSync(dir.path('a.pkl'), pickleHists(nd(0)))
    const labels = ['--experiment', 'CMS', '--status', 'Work in progress', '--energy', '13', '--title', 'Tight ID']
    const texts = [
      '--x-label',
      '\\it{p}_{T} of probes',
      '--y-label',
      'ε',
      '--x-range',
      '5,100',
      '--y-range',
      '0.5,1',
      '--log-x',
    ]
    const args = ['plot', 'a.pkl', '--draw', '1d', '--axes', 'el_pt', ...labels, ...texts]
    const { status, stdout } = await tnpPipe(args, { cwd: dir.path('.') })
    equal([status, stdout], [0, 'plots/el_pt.svg\n'])
    const svg = readFileSync(dir.path('plots/el_pt.svg'), 'utf8')
    const written = textsOf(svg)
    for (const text of ['Work in progress', '13 TeV', 'Tight ID', 'pT of probes', 'ε', '5', '100', '0.50', '1.00']) {
      ok(written.includes(text), `${text} is not among ${written}`)
    }
    const points = pointsOf(panelsOf(svg)[0]!, 'a', { range: [5, 100], log: true }, { range: [0.5, 1] })
    equal(
      points.map(({ x }) => Math.round(x)),
      [15, 35],
      'the bin whose middle is beyond the range is not drawn',
    )
  }))

test('the plot types of the reference are for their variable', () =>
  inScratch(async dir => {
    writeFileSync(dir.path('a.json'), uhiTree(tree))
    const plot = (...args: string[]) => tnpPipe(['plot', 'a.json', ...args], { cwd: dir.path('.') })
    is((await plot('--plottype', 'pt_low_threshold')).status, 0)
    ok(textsOf(readFileSync(dir.path('plots/pt_barrel.svg'), 'utf8')).includes('Offline electron pT [GeV]'))
    ok(textsOf(readFileSync(dir.path('plots/eta_entire.svg'), 'utf8')).includes('Probe η'))
    const { status, stderr } = await plot('--plottype', 'phi', '--output', 'none')
    is(status, 2)
    match(stderr, '--plottype: is "phi", but none of the histograms is in phi')
    ok(!existsSync(dir.path('none')))
  }))

test('all mistakes in options are told at once, and nothing is written', () =>
  inScratch(async dir => {
    writeFileSync(dir.path('a.json'), uhiTree(tree))
    const wrong = [
      '--format',
      'svg,pgn',
      '--draw',
      'map',
      '--plottype',
      'pt_low',
      '--interval',
      'wilsn',
      '--only',
      'pt/barel',
      '--log-x',
      '--linear-x',
    ]
    const { status, stdout, stderr } = await tnpPipe(
      ['plot', 'a.json', '--names', 'a,b', '--title', '効率', ...wrong],
      {
        cwd: dir.path('.'),
      },
    )
    equal([status, stdout], [2, ''])
    for (const text of [
      '--format: is "pgn", wanted svg, pdf, png. Nearest: "pdf", "png".',
      '--draw: is "map", wanted 1d, slices, maps. Nearest: "maps"',
      '--plottype: is "pt_low", wanted pt_low_threshold',
      '--interval: is "wilsn", wanted',
      '--log-x: and --linear-x exclude each other',
      "--title: has characters that the figures' font lacks: 効 率.",
      '--names: has 2 names for 1 files',
      '--only: "pt/barel" is none of the histograms of a.json (pt/barrel, pt/endcap, eta/entire). Nearest: "pt/barrel"',
      '8 problems, nothing was read or written',
    ]) {
      ok(stderr.includes(text), `${text}\nis not in\n${stderr}`)
    }
    ok(!existsSync(dir.path('plots')))
  }))

test('runs that do not fit are told with file, histogram and what differs', () =>
  inScratch(async dir => {
    const other = variableAxis({ ...pt, edges: [10, 25, 50] })
    const more = variableAxis({ ...pt, edges: [10, 25, 35, 50] })
    writeFileSync(dir.path('data.json'), uhiTree(tree))
    writeFileSync(
      dir.path('mc.json'),
      uhiTree({ pt: { barrel: oneD(other), endcaps: oneD(pt) }, eta: { entire: oneD(pt) } }),
    )
    writeFileSync(dir.path('mc2.json'), uhiTree({ ...tree, pt: { barrel: oneD(more), endcap: oneD(pt) } }))
    const { status, stderr } = await tnpPipe(['plot', 'data.json', 'mc.json', 'mc2.json'], { cwd: dir.path('.') })
    is(status, 2)
    for (const text of [
      'mc.json: has no histograms "pt/endcap", which data.json has. Nearest: "pt/endcaps"',
      'data.json: has no histograms "pt/endcaps", which mc.json has. Nearest: "pt/endcap"',
      'mc.json > pt/barrel: is binned otherwise than in data.json: edge 1 of "pt" is 25, not 20.',
      'mc.json > eta/entire: is binned otherwise than in data.json: its axes are pt, not eta.',
      'mc2.json > pt/barrel: is binned otherwise than in data.json: "pt" has 3 bins, not 2.',
      '5 problems',
    ]) {
      ok(stderr.includes(text), `${text}\nis not in\n${stderr}`)
    }
  }))

test('empty histograms are mistakes, unless they are to be left out', () =>
  inScratch(async dir => {
    const empty = probes([pt], () => [0, 0])
    writeFileSync(dir.path('a.json'), uhiTree({ ...tree, pt: { barrel: empty, endcap: oneD(pt) } }))
    const stopped = await tnpPipe(['plot', 'a.json'], { cwd: dir.path('.') })
    is(stopped.status, 2)
    match(stopped.stderr, 'a.json > pt/barrel: has no probes in its bins. Leave it out with --only')
    const { status, stdout } = await tnpPipe(['plot', 'a.json', '--skip-empty'], { cwd: dir.path('.') })
    equal([status, stdout], [0, 'plots/pt_endcap.svg\nplots/eta_entire.svg\n'])
    const nothing = await tnpPipe(['plot', 'a.json', '--skip-empty', '--only', 'pt/barrel'], { cwd: dir.path('.') })
    is(nothing.status, 2)
    match(nothing.stderr, '--skip-empty: leaves nothing to draw')
  }))

test('a logarithmic axis cannot begin at 0 or below; unknown axes have nearest names', () =>
  inScratch(async dir => {
    writeFileSync(dir.path('a.json'), uhiTree(tree))
    const log = await tnpPipe(['plot', 'a.json', '--log-x'], { cwd: dir.path('.') })
    is(log.status, 2)
    match(log.stderr, 'a.json > eta/entire > "eta": begins at -2.5, which a logarithmic axis cannot show')
    writeFileSync(dir.path('b.pkl'), pickleHists(nd(0)))
    const axes = await tnpPipe(['plot', 'b.pkl', '--axes', 'el_pt,el_eat'], { cwd: dir.path('.') })
    is(axes.status, 2)
    match(axes.stderr, '--axes: "el_eat" is no axis of b.pkl (el_pt, el_eta, PV_npvs). Nearest: "el_eta"')
  }))

test('files that cannot be read are all named, with status 1', () =>
  inScratch(async dir => {
    writeFileSync(dir.path('text.json'), 'no JSON')
    const { status, stderr } = await tnpPipe(['plot', 'missing.pkl', 'text.json'], { cwd: dir.path('.') })
    is(status, 1)
    match(stderr, 'missing.pkl')
    match(stderr, 'text.json: is not JSON')
    ok(!existsSync(dir.path('plots')))
  }))

test('a folder that cannot be made is told of', () =>
  inScratch(async dir => {
    writeFileSync(dir.path('a.json'), uhiTree(tree))
    for (const output of ['a.json', ...(process.platform === 'linux' ? ['/proc/figures'] : [])]) {
      const { status, stderr } = await tnpPipe(['plot', 'a.json', '--output', output], { cwd: dir.path('.') })
      is(status, 2)
      match(stderr, `error: ${output}: cannot be made (`)
    }
    equal(readdirSync(dir.path('.')), ['a.json'])
  }))

test('ranges are two ascending numbers', async () => {
  for (const range of ['1', '1,x', '2,1', '1,1', '1,2,3', ',']) {
    const { status, stderr } = await tnpPipe(['plot', 'a.json', '--y-range', range])
    is(status, 2, range)
    match(stderr, 'Wanted two ascending numbers')
  }
})

test('weighted bins without interval are drawn, and told', () =>
  inScratch(async dir => {
    const odd = oneD(pt)
    odd.failing.value[1] = -100
    writeFileSync(dir.path('a.json'), uhiTree({ pt: { barrel: odd } }))
    const { status, stderr } = await tnpPipe(['plot', 'a.json'], { cwd: dir.path('.') })
    is(status, 0)
    match(stderr, 'warning: a.json > pt/barrel: 1 of 2 bins have no interval')
    ok(textsOf(readFileSync(dir.path('plots/pt_barrel.svg'), 'utf8')).includes('No interval'))
  }))

test('--method sideband takes the background away, --mass-window counts in it, and wrong regions are told', () =>
  inScratch(async dir => {
    const mass = regularAxis({ name: 'mll', bins: 80, lower: 50, upper: 130 })
    const peak = (height: number, flat: number) => (m: number) => flat + (m >= 36 && m < 46 ? height : 0)
    const [passing, failing] = [peak(90, 3), peak(10, 6)]
    writeFileSync(dir.path('m.pkl'), pickleHists(probes([pt, mass], ([, m]) => [passing(m!), failing(m!)])))
    const drawn = async (...args: string[]) => {
      const asked = ['plot', dir.path('m.pkl'), '--output', dir.path('figures'), '--names', 'Data', ...args]
      const { status, stderr } = await tnpPipe(asked)
      const svg = status === 0 ? readFileSync(dir.path('figures/pt.svg'), 'utf8') : ''
      const points = status === 0 ? pointsOf(panelsOf(svg)[0]!, 'Data', { range: [10, 50] }, { range: [0, 1.2] }) : []
      return { stderr, efficiencies: points.map(({ y }) => y.toFixed(3)) }
    }
    equal((await drawn('--method', 'sideband')).efficiencies, ['0.900', '0.900'])
    equal((await drawn('--mass-window', '81,101')).efficiencies, ['0.814', '0.814'])
    const wrong = await drawn('--method', 'sideband', '--mass-window', '70,101')
    match(wrong.stderr, /--sidebands: the low side band \[60, 75\] is not below the mass window \[70, 101\]/)
  }))

test.run()
