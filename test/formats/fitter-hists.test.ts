import { test } from 'uvu'
import { equal, is, throws } from 'uvu/assert'
import { UsageError } from '../../lib/core/errors.js'
import { fitterInputs, type HistTree } from '../../lib/formats/index.js'
import { type Axis, newHist, regularAxis, variableAxis } from '../../lib/hist/index.js'

const eta = variableAxis({ name: 'el_eta', edges: [-2.5, 0, 2.5] })
const pt = variableAxis({ name: 'el_pt', edges: [10, 20] })
const phi = variableAxis({ name: 'el_phi', edges: [-3, 3] })
const mll = regularAxis({ name: 'mll', bins: 2, lower: 50, upper: 130 })

/** Cell i holds i, plus `more`. */
function counted(axes: readonly Axis[], more: number) {
  const hist = newHist(axes)
  for (let i = 0; i < hist.value.length; i++) hist.value[i] = i + more
  return hist
}

const pair = (...axes: Axis[]) => ({ passing: counted(axes, 0), failing: counted(axes, 1000) })

function refused(tree: HistTree, axes: readonly string[], want: RegExp): void {
  throws(
    () => fitterInputs(tree, axes),
    (error: Error) => error instanceof UsageError && want.test(error.message),
  )
}

test('passing and failing spectra alternate, bin by bin, with the flow of the mass', () => {
  const [input, ...more] = fitterInputs(pair(eta, pt, mll), ['el_eta', 'el_pt'])
  is(more.length, 0)
  is(input!.suffix, '')
  equal(
    input!.hists.map(({ path }) => path),
    [
      'bin0_el_eta_m2p50To0p00_el_pt_10p00To20p00_Pass',
      'bin0_el_eta_m2p50To0p00_el_pt_10p00To20p00_Fail',
      'bin1_el_eta_0p00To2p50_el_pt_10p00To20p00_Pass',
      'bin1_el_eta_0p00To2p50_el_pt_10p00To20p00_Fail',
    ],
  )
  // eta has 4 cells, pt 3: bin 1 of eta and bin 0 of pt is at 2 + 4 * 1, the mass 12 apart.
  equal([...input!.hists[2]!.hist.value], [6, 18, 30, 42])
  equal([...input!.hists[3]!.hist.value], [1006, 1018, 1030, 1042])
})

test('axes may be named in another order than they have, and those not named are summed over', () => {
  const [input] = fitterInputs(pair(phi, eta, pt, mll), ['el_pt', 'el_eta'])
  is(input!.hists[2]!.path, 'bin1_el_pt_10p00To20p00_el_eta_0p00To2p50_Pass')
  // phi's three cells at 3 * (2 + 4 * 1) and the two behind it.
  is(input!.hists[2]!.hist.value[0], 18 + 19 + 20)
})

test('each variable and region is an input of its own, with the same names in binning and file', () => {
  const fine = variableAxis({ name: 'pt', edges: Array.from({ length: 11 }, (_, i) => i) })
  const inputs = fitterInputs({ pt: { barrel: pair(fine, mll) }, eta: { entire: pair(eta, mll) } }, [])
  equal(
    inputs.map(({ suffix, hists }) => [suffix, hists.length, hists[0]!.path]),
    [
      ['pt_barrel', 20, 'bin00_pt_0p00To1p00_Pass'],
      ['eta_entire', 4, 'bin0_el_eta_m2p50To0p00_Pass'],
    ],
  )
  is(Buffer.from(inputs[0]!.binning).includes('bin00_pt_0p00To1p00'), true)
  is(Buffer.from(inputs[0]!.binning).includes('bin0_pt'), false)
})

test('bins that two decimals cannot tell apart keep their spectra, and are named', () => {
  const narrow = variableAxis({ name: 'phi', edges: [0.011, 0.012, 0.013, 1] })
  const [input] = fitterInputs({ phi: { entire: pair(narrow, mll) } }, [])
  equal(
    input!.hists.filter((_, i) => i % 2 === 0).map(({ path, hist }) => [path, hist.value[0]]),
    [
      ['bin0_phi_0p01To0p01_Pass', 1],
      ['bin1_phi_0p01To0p01_Pass', 2],
      ['bin2_phi_0p01To1p00_Pass', 3],
    ],
  )
  equal(input!.sharedKeys, ['phi_0p01To0p01'])
})

test('histograms of another kind are refused', () => {
  refused(pair(pt), ['el_pt'], /wanted the mass \(mll\) as the last/)
  refused(pair(mll, pt), ['el_pt'], /has the axes mll, el_pt/)
  refused({ passing: counted([pt, mll], 0), failing: counted([eta, mll], 0) }, ['el_pt'], /binned differently/)
  refused({ pt: { barrel: pair(pt) } }, [], /pt\/barrel: has the axes el_pt/)
  refused({ pt: { barrel: pair(pt, eta, mll) } }, [], /pt\/barrel: has 3 axes/)
  refused({ passing: counted([pt, mll], 0) }, [], /wanted "passing" and "failing"/)
  refused({}, [], /wanted "passing" and "failing"/)
})

test('axes that are not there, named twice, or the mass are refused', () => {
  refused(pair(eta, pt, mll), ['el_et'], /--axes: "el_et" is none of el_eta, el_pt\..*"el_pt"/)
  refused(pair(eta, pt, mll), ['el_pt', 'el_pt'], /--axes: names an axis twice/)
  refused(pair(eta, pt, mll), ['mll'], /--axes: "mll" is none of/)
})

test.run()
