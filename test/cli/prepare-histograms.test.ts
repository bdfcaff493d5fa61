import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { test } from 'uvu'
import { equal, is, match, ok } from 'uvu/assert'
import { pickleHists, uhiTree } from '../../lib/formats/index.js'
import { type Axis, newHist, regularAxis, variableAxis } from '../../lib/hist/index.js'
import { openRootFile, readHistogram } from '../../lib/root/index.js'
import { filesBelow, scratch, tnpPipe } from '../support/cli.js'
import { pythonPath, testIf } from '../support/tools.js'

const eta = variableAxis({ name: 'el_eta', label: 'El_eta', edges: [-2.5, 0, 2.5] })
const pt = variableAxis({ name: 'el_pt', label: 'El_pt', edges: [10, 20, 50] })
const phi = variableAxis({ name: 'el_phi', label: 'El_phi', edges: [-3.32, 3.32] })
const mll = regularAxis({ name: 'mll', label: 'mll [GeV]', bins: 4, lower: 50, upper: 130 })

function counted(axes: readonly Axis[], more: number) {
  const hist = newHist(axes)
  for (let i = 0; i < hist.value.length; i++) hist.value[i] = i + more
  return hist
}
const pair = (...axes: Axis[]) => ({ passing: counted(axes, 0), failing: counted(axes, 1000) })
const fine = variableAxis({ name: 'pt', label: 'Pt [GeV]', edges: Array.from({ length: 11 }, (_, i) => i) })
const oneD = { pt: { barrel: pair(fine, mll), endcap: pair(fine, mll) }, eta: { entire: pair(eta, mll) } }

const files = scratch()
const nd = files.path('source.pkl')
writeFileSync(nd, pickleHists(pair(pt, eta, phi, mll)))
const oneDFile = files.json('1d.json', uhiTree(oneD))
const cutAndCount = files.path('cut.pkl')
writeFileSync(cutAndCount, pickleHists({ pt: { barrel: pair(fine) } }))

function prepare(source: string, name: string, ...more: string[]) {
  const target = ['--target', files.path(`${name}.root`), '--binning', files.path(`${name}.pkl`)]
  return tnpPipe(['prepare-histograms', '--source', source, ...target, ...more])
}

async function histograms(name: string): Promise<string[]> {
  const file = await openRootFile(files.path(name))
  const keys = await file.keys()
  await file.close()
  return keys.filter(key => key.className === 'TH1D').map(key => key.path)
}

test('one result of get_nd_tnp_histograms becomes one ROOT file and one pickle', async () => {
  const { status, stdout, stderr } = await prepare(nd, 'nd')
  equal([status, stderr], [0, ''])
  is(stdout, `${files.path('nd.root')}: 8 histograms; ${files.path('nd.pkl')}: their bins\n`)
})

test('the axes are el_eta and el_pt unless others are given, and the rest is summed over', async () => {
  await prepare(nd, 'nd2')
  const names = await histograms('nd2.root')
  is(names.length, 8)
  is(names[3], 'bin1_el_eta_0p00To2p50_el_pt_10p00To20p00_Fail')
  // pt cell 1, eta cell 2 of 4 cells each, the three of phi 16 apart, the mass's bins 48 apart from the second cell on.
  const { edges, values } = await readHistogram(
    files.path('nd2.root'),
    'bin1_el_eta_0p00To2p50_el_pt_10p00To20p00_Pass',
  )
  equal([...edges], [50, 70, 90, 110, 130])
  equal(
    [...values],
    [1, 2, 3, 4].map(m => 3 * (1 + 8 + 48 * m) + 48),
  )
  await prepare(nd, 'phi', '--axes', 'el_phi')
  equal(await histograms('phi.root'), ['bin0_el_phi_m3p32To3p32_Pass', 'bin0_el_phi_m3p32To3p32_Fail'])
})

test('the result of a 1d method becomes a file for each variable and region', async () => {
  const { status, stdout } = await prepare(oneDFile, '1d')
  is(status, 0)
  is(stdout.split('\n').length, 4)
  const names = [...filesBelow(files.dir).keys()].filter(name => name.startsWith('1d_'))
  equal(names, ['pt_barrel', 'pt_endcap', 'eta_entire'].flatMap(x => [`1d_${x}.pkl`, `1d_${x}.root`]).sort())
  const inFile = await histograms('1d_pt_barrel.root')
  equal([inFile.length, inFile[0], inFile[19]], [20, 'bin00_pt_0p00To1p00_Pass', 'bin09_pt_9p00To10p00_Fail'])
})

test('bins that share a key are pointed out', async () => {
  const narrow = variableAxis({ name: 'phi', edges: [0.011, 0.012, 0.013] })
  const source = files.json('narrow.json', uhiTree({ phi: { entire: pair(narrow, mll) } }))
  const { status, stdout } = await prepare(source, 'narrow')
  is(status, 0)
  match(stdout, /several bins are called phi_0p01To0p01/)
  equal((await histograms('narrow_phi_entire.root')).length, 4)
})

test('what cannot be prepared is told, and nothing is written', async () => {
  const before = [...filesBelow(files.dir).keys()]
  for (const [source, more, status, want] of [
    [cutAndCount, [], 2, /cut\.pkl > pt\/barrel: .*wanted the mass \(mll\) as the last/],
    [nd, ['--axes', 'el_et'], 2, /--axes: "el_et" is none of el_pt, el_eta, el_phi/],
    [nd, ['--axes', 'el_pt', 'el_pt'], 2, /names an axis twice/],
    [files.path('none.pkl'), [], 1, /No such file or directory: '.*none\.pkl'/],
    ['fixtures/config/runner.json', [], 1, /runner\.json/],
    [nd, ['--target', nd], 2, /source\.pkl: is named twice/],
    [nd, ['--what'], 2, /unknown option '--what'/],
  ] as const) {
    const got = await prepare(source, 'wrong', ...more)
    equal([got.status, got.stdout], [status, ''], got.stderr)
    match(got.stderr, want)
    ok(!/\n {4}at /.test(got.stderr), got.stderr)
  }
  equal([...filesBelow(files.dir).keys()], before)
  match(
    (await tnpPipe(['prepare-histograms', '--source', nd])).stderr,
    /required option '--target <file>' not specified/,
  )
})

/** The reference's function on the pickle argv[1], compared with our files argv[2] and argv[3]. */
const REFERENCE = `
import pickle, sys, uproot
from egamma_tnp.utils import create_hists_root_file_for_fitter
d = sys.argv[1] + "/"
create_hists_root_file_for_fitter(pickle.load(open(d + "source.pkl", "rb")), d + "r.root", d + "r_bins.pkl", ["el_eta", "el_pt"])
ours, theirs = uproot.open(d + "o.root", object_cache=None), uproot.open(d + "r.root", object_cache=None)
assert ours.keys() == theirs.keys()
assert all(ours[k].to_hist() == theirs[k].to_hist() for k in ours.keys())
assert all(ours[k].member("fEntries") == theirs[k].member("fEntries") for k in ours.keys())
assert pickle.load(open(d + "o.pkl", "rb")) == pickle.load(open(d + "r_bins.pkl", "rb"))
print("same")
`
const hasReference = pythonPath() !== null && spawnSync(pythonPath()!, ['-c', 'import egamma_tnp']).status === 0

testIf(
  test,
  hasReference,
  'Python with egamma_tnp',
)('files and binning are those of the reference', async () => {
  await prepare(nd, 'o')
  const { stdout, stderr } = spawnSync(pythonPath()!, ['-c', REFERENCE, files.dir], { encoding: 'utf8' })
  is(stdout, 'same\n', stderr)
})

test.after(() => files.remove())

test.run()
