import { spawnSync } from 'node:child_process'
import { test } from 'uvu'
import { equal, is } from 'uvu/assert'
import { binningPickle, fitterBins } from '../../lib/formats/fitter/binning.js'
import { edgeName, pythonFixed } from '../../lib/formats/fitter/text.js'
import { variableAxis } from '../../lib/hist/index.js'
import { pythonPath, testIf } from '../support/tools.js'

const eta = variableAxis({ name: 'el_eta', edges: [-2.5, -1.4442, 0] })
const pt = variableAxis({ name: 'el_pt', edges: [10, 12.5, 400] })

test('numbers are rounded as Python rounds them: ties to the even digit', () => {
  equal(
    [0.125, 0.375, 1.4442, -2.5, -0, 0.0078125, 1e21].map(x => pythonFixed(x, 2)),
    ['0.12', '0.38', '1.44', '-2.50', '-0.00', '0.01', '1000000000000000000000.00'],
  )
  equal([pythonFixed(0.0078125, 6), pythonFixed(Infinity, 3), pythonFixed(-Infinity, 3)], ['0.007812', 'inf', '-inf'])
})

testIf(
  test,
  pythonPath(),
  'Python',
)('numbers are those of Python, for random ones and for ties', () => {
  const numbers = Array.from({ length: 400 }, (_, i) => ((i * 7919) % 4001) / 2 ** (i % 12) - 700)
  const script = 'import json,sys\nprint(json.dumps([f"{x:.{d}f}" for x in json.load(sys.stdin) for d in (2,3,6)]))'
  const { stdout } = spawnSync(pythonPath()!, ['-c', script], { input: JSON.stringify(numbers), encoding: 'utf8' })
  equal(
    numbers.flatMap(x => [2, 3, 6].map(decimals => pythonFixed(x, decimals))),
    JSON.parse(stdout),
  )
})

test('an edge in a name has p for the point and m for minus', () => {
  equal([-2.5, 1.4442, 0, 10].map(edgeName), ['m2p50', '1p44', '0p00', '10p00'])
})

test('the first axis is the fastest, and each bin has name, cut, title and limits', () => {
  const bins = fitterBins([eta, pt])
  equal(
    bins.map(bin => bin.name),
    [
      'bin0_el_eta_m2p50Tom1p44_el_pt_10p00To12p50',
      'bin1_el_eta_m1p44To0p00_el_pt_10p00To12p50',
      'bin2_el_eta_m2p50Tom1p44_el_pt_12p50To400p00',
      'bin3_el_eta_m1p44To0p00_el_pt_12p50To400p00',
    ],
  )
  equal(bins[1], {
    bins: [1, 0],
    key: 'el_eta_m1p44To0p00_el_pt_10p00To12p50',
    name: 'bin1_el_eta_m1p44To0p00_el_pt_10p00To12p50',
    cut: 'el_eta >= -1.444200 && el_eta < 0.000000 && el_pt >= 10.000000 && el_pt < 12.500000',
    title: '; -1.444 < el_eta < 0.000; 10.000 < el_pt < 12.500',
    vars: [
      { axis: 'el_eta', min: -1.4442, max: 0 },
      { axis: 'el_pt', min: 10, max: 12.5 },
    ],
  })
})

test('numbers are padded to the digits of the number of bins', () => {
  const axis = (bins: number) => variableAxis({ name: 'pt', edges: Array.from({ length: bins + 1 }, (_, i) => i) })
  is(fitterBins([axis(9)])[0]!.name, 'bin0_pt_0p00To1p00')
  is(fitterBins([axis(10)])[0]!.name, 'bin00_pt_0p00To1p00')
  is(fitterBins([axis(10)])[9]!.name, 'bin09_pt_9p00To10p00')
})

testIf(
  test,
  pythonPath(),
  'Python',
)('the pickle is of protocol 2 and made of plain values', () => {
  const script = [
    'import pickle,sys,json',
    'b=sys.stdin.buffer.read()',
    'print(json.dumps([b[1], pickle.loads(b), type(pickle.loads(b)["bins"][0]["vars"]["el_eta"]["min"]).__name__]))',
  ].join('\n')
  const input = binningPickle(fitterBins([eta, pt]).slice(0, 1), ['el_eta', 'el_pt'])
  const { stdout, stderr } = spawnSync(pythonPath()!, ['-c', script], { input, encoding: 'utf8' })
  is(stderr, '')
  equal(JSON.parse(stdout), [
    2,
    {
      bins: [
        {
          cut: 'el_eta >= -2.500000 && el_eta < -1.444200 && el_pt >= 10.000000 && el_pt < 12.500000',
          name: 'bin0_el_eta_m2p50Tom1p44_el_pt_10p00To12p50',
          vars: { el_eta: { min: -2.5, max: -1.4442 }, el_pt: { min: 10, max: 12.5 } },
          title: '; -2.500 < el_eta < -1.444; 10.000 < el_pt < 12.500',
        },
      ],
      vars: ['el_eta', 'el_pt'],
    },
    'float',
  ])
})

test.run()
