/** How the messages about fits in docs/errors.md are provoked. */
import { writeFileSync } from 'node:fs'
import { uhiTreeBytes } from '../../lib/formats/index.js'
import { newHist, regularAxis } from '../../lib/hist/index.js'
import type { Scratch } from '../support/cli.js'
import type { Provoke } from './provocation.js'

/** A run of `fit` on spectra of one bin of pt, with something else in its configuration. */
function fit(
  document: object,
  change: (values: Float64Array, side: 'passing' | 'failing') => void = () => {},
): Provoke {
  return dir => {
    write(dir, 'data.json', change)
    const given = {
      mass: 'Z',
      input: { data: { data: dir.path('data.json') } },
      fit: { fit_type: 'g_exp' },
      ...document,
    }
    return { args: ['fit', '--config', dir.json('fit.json', given)] }
  }
}

function write(dir: Scratch, name: string, change: (values: Float64Array, side: 'passing' | 'failing') => void): void {
  const axes = [
    regularAxis({ name: 'el_pt', bins: 1, lower: 20, upper: 40 }),
    regularAxis({ name: 'mll', bins: 30, lower: 60, upper: 120 }),
  ]
  const make = (side: 'passing' | 'failing') => {
    const hist = newHist(axes)
    for (let k = 0; k < 30; k++) hist.value[1 + 3 * (k + 1)] = 9
    change(hist.value, side)
    hist.variance.set(hist.value)
    return hist
  }
  writeFileSync(dir.path(name), uhiTreeBytes({ passing: make('passing'), failing: make('failing') }))
}

const model = (more: object) => fit({ fit: { fit_type: 'g_exp', ...more } })

export const FITS: Readonly<Record<string, Provoke>> = {
  'unknown shapes "…".': model({ fit_type: 'gg_exp' }),
  'unknown shape "…".': fit({ fit: { signal: 'g', background: 'expo' } }),
  'needs a template: give "template", the label of one, or {"file": …}.': model({ fit_type: 'template_exp' }),
  'the fit has no such parameter.': model({ parameters: { sgima: { start: 2 } } }),
  'is outside of the limits … to …': model({ parameters: { mu: { start: 95 } } }),
  '"…" is none of the bins': model({ bin: 'bin7' }),
  'both spectra are empty.': fit({}, values => values.fill(0)),
  'which is no number of probes': fit({}, values => {
    values[10] = -1
  }),
  'histogram "…" not found.': model({
    bin_ranges: [
      [20, 40],
      [40, 60],
    ],
    bin: 'bin1',
  }),
  'no bin of the mass has its centre between … GeV': model({ x_min: 10, x_max: 20 }),
}
