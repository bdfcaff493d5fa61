/** The table of the EGM group's tool (cms-egamma/egm_tnp_analysis), egammaEffi.txt: twelve columns, which that tool's
 *  EGammaID_scaleFactors.py makes its plots and maps of. */
import { binRanges, type EfficiencyGrid, type ScaleFactors } from '../../scale-factors/index.js'
import { pythonFixed } from '../fitter/index.js'

/** What the tool writes where there is nothing. */
const MISSING = -1

/** Lines as the tool orders them: the first variable is the fastest. Bins that failed or were left out have -1 in every column of
 *  efficiencies. The comments name the columns, of which the last is that of the tool's older releases (classic) or its newest
 *  (mean-of-four), and the bins that failed with their reasons. */
export function egammaText({ axes, scheme, treatment, status, failure, inputs }: ScaleFactors): string {
  const last = scheme === 'classic' ? inputs.mc.altTag : inputs.data.altSignalBackground
  const lastName = scheme === 'classic' ? 'eff MC altTagSelection' : 'eff data altSigBkgModel'
  const [n, m] = axes.map(axis => axis.edges.length - 1) as [number, number]
  const bins = Array.from({ length: n * m }, (_, k) => (k % n) * m + Math.floor(k / n))
  const { data, mc } = inputs
  const lines = bins.map(bin => {
    const value = (grid: EfficiencyGrid | undefined) =>
      status[bin] === 'ok' ? (grid?.efficiency[bin] ?? MISSING) : MISSING
    const error = (grid: EfficiencyGrid) => (status[bin] === 'ok' ? (grid.up[bin]! + grid.down[bin]!) / 2 : MISSING)
    const efficiencies = [
      value(data.nominal),
      error(data.nominal),
      value(mc.nominal),
      error(mc.nominal),
      value(data.altBackground),
      value(data.altSignal),
      value(mc.altMC),
      value(last),
    ]
    return [...binRanges(axes, bin).flat().map(signed), ...efficiencies.map(x => pythonFixed(x, 5))].join('\t')
  })
  const failed = bins.flatMap(bin =>
    failure[bin] === null
      ? []
      : [`### failed : ${binRanges(axes, bin).flat().map(signed).join(' ')} : ${failure[bin]}`],
  )
  const head = [
    `### var1 : ${axes[0].name}`,
    `### var2 : ${axes[1].name}`,
    `### columns : var1 low, high, var2 low, high, eff data, stat, eff MC, stat, eff data altBkgModel, eff data altSignalModel, eff MC altMC, ${lastName}`,
    ...treatment.map(text => `### ${text} (the columns are as measured)`),
    ...failed,
  ]
  return [...head, ...lines].map(line => `${line}\n`).join('')
}

/** Python's %+8.5f. */
function signed(x: number): string {
  return `${x < 0 ? '' : '+'}${pythonFixed(x, 5)}`.padStart(8)
}
