/** The models of the EGM group's tool (cms-egamma/egm_tnp_analysis, settings of 2022): shapes, starts and limits. Passing and failing
 *  probes share nothing. The signal is a template of simulation, or the line of the Z, convolved with a resolution. */
import type { RelativeLimits } from './inputs.js'
import type { Starts } from './shape-starts.js'

export interface Preset {
  readonly signal: string
  readonly background: string
  /** Where these differ from the shapes' own. */
  readonly signalStarts: Starts
  readonly backgroundStarts: Starts
  /** pt (GeV) from which the failing template is that of passing probes. */
  readonly failingFromPassingAbovePt?: number
  /** pt (GeV) from which the tail is on the right. */
  readonly tailRightAbovePt?: number
  /** Of the failing probes' resolution to that of the passing ones. */
  readonly relative?: Readonly<Record<string, RelativeLimits>>
  /** A fit of simulation without background and with these parameters held goes before; then `hold` are held at its values. */
  readonly prefit?: { readonly fixed: Readonly<Record<string, number>>; readonly hold: readonly string[] }
}

const RELATIVE = { sigma_fail: { to: 'sigma_pass', factors: [0.8, 3] } } as const
const TEMPLATE = { signal: 'template', signalStarts: {}, relative: RELATIVE, failingFromPassingAbovePt: 70 } as const
const RESOLUTION = {
  signal: 'templateCbExGauss',
  signalStarts: {},
  tailRightAbovePt: 35,
  prefit: { fixed: { sos: 0 }, hold: ['alpha', 'n', 'sigma', 'sigma_2'] },
} as const
const FALLING = { background: 'exponential', backgroundStarts: {} } as const

export const PRESETS: Readonly<Record<string, Preset>> = {
  'egm-nominal': { ...TEMPLATE, background: 'roocmsshape', backgroundStarts: {} },
  'egm-alt-signal': {
    ...RESOLUTION,
    background: 'roocmsshape',
    backgroundStarts: { alpha: [50, 60, 75], beta: [0.01, 0.04, 0.06], gamma: [0.005, 0.1, 1] },
  },
  'egm-alt-background': { ...TEMPLATE, ...FALLING },
  'egm-alt-signal-background': { ...RESOLUTION, ...FALLING },
}
