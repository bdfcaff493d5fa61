/** Fits of toy spectra for tests: bins of data and simulation: one good, one bad, one without probes. */
import { writeFileSync } from 'node:fs'
import { uhiTreeBytes } from '../../lib/formats/index.js'
import { newHist, regularAxis, variableAxis } from '../../lib/hist/index.js'
import { type Scratch, tnpPipe } from '../support/cli.js'

/** A Gaussian of probes on a flat background, without fluctuations; of the second bin at 97 GeV. The third bin is empty. */
function spectra(efficiency: number) {
  const axes = [
    variableAxis({ name: 'el_pt', edges: [10, 20, 30, 40] }),
    regularAxis({ name: 'mll', bins: 40, lower: 70, upper: 110 }),
  ]
  const [passing, failing] = [newHist(axes), newHist(axes)]
  const fill = (hist: typeof passing, bin: number, signal: number, background: number) => {
    const middle = bin === 0 ? 91 : 97
    for (let k = 0; k < 40; k++) {
      const mass = 70.5 + k
      const cell = 1 + bin + 5 * (1 + k)
      hist.value[cell] = Math.round(signal * 0.1995 * Math.exp(-((mass - middle) ** 2) / 8) + background / 40)
      hist.variance[cell] = hist.value[cell]!
    }
  }
  for (const bin of [0, 1]) {
    fill(passing, bin, 10_000 * efficiency, 800)
    fill(failing, bin, 10_000 * (1 - efficiency), 400)
  }
  return { pt: { barrel: { passing, failing } } }
}

/** As people write it: order of keys and indentation are to stay. */
export function configText(data: string, mc: string): string {
  return `{
    "mass": "Z",
    "input": {
        "root_files_DATA": {"data": "${data}::pt/barrel"},
        "root_files_MC": {"mc": "${mc}::pt/barrel"}
    },
    "fit": {
        "bin": ["bin0", "bin1", "bin2"],
        "bin_ranges": [[10, 20], [20, 30], [30, 40]],
        "fit_type": "g_exp",
        "x_min": 70, "x_max": 110,
        "parameters": {"mu": {"start": 90.5, "limits": [88, 93]}}
    },
    "scale_factors": {"data_mc_pair": {"barrel": ["data", "mc"]}}
}
`
}

export interface ToyFits {
  readonly config: string
  readonly results: string
}

/** Spectra, their configuration, and what `tnp-pipe fit` makes of it. */
export async function toyFits(files: Scratch): Promise<ToyFits> {
  writeFileSync(files.path('data.json'), uhiTreeBytes(spectra(0.9)))
  writeFileSync(files.path('mc.json'), uhiTreeBytes(spectra(0.93)))
  const config = files.json('fit.json', configText(files.path('data.json'), files.path('mc.json')))
  const results = files.path('fits.json')
  const { status, stderr } = await tnpPipe(['fit', '--config', config, '--output', results, '--allow-failed-bins'])
  if (status !== 0) throw new Error(stderr)
  return { config, results }
}
