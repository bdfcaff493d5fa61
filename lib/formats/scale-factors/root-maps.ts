/** The maps of the EGM group's tool, egammaEffi.txt_EGM2D.root: TH2F with eta along x and pt along y. */
import { type Hist, newHist, variableAxis } from '../../hist/index.js'
import {
  binRanges,
  DEVIATIONS,
  type DeviationName,
  type ScaleFactors,
  type Uncertainty,
} from '../../scale-factors/index.js'
import { type NamedGraph, type NamedHist, rootHistsFile } from '../root-hists/root-hists.js'

/** The bytes of the file. `name` is the file's, which ROOT keeps inside. EGamma_SF2D, EGamma_EffData2D and EGamma_EffMC2D have
 *  their uncertainty as the bin's error (of up and down the mean), the others hold an uncertainty on the scale factor as content. Bins that
 *  failed have content 0, and in EGamma_SF2D the error 1; `failed` is 1 there. Bins that were left out are 0 everywhere. */
export function scaleFactorMaps(factors: ScaleFactors, name: string): Uint8Array {
  const { scaleFactor, dataEfficiency, mcEfficiency, sources, systematic, total, deviations, status } = factors
  const stat = new Map(sources.map(source => [source.name, mean(source)]))
  const dataOnly = new Set(['statData', 'altSignal', 'altBackground', 'model'])
  const ofData = sources.filter(source => dataOnly.has(source.name)).map(mean)
  const dataError = mcEfficiency.map((mc, bin) => mc * Math.hypot(...ofData.map(values => values[bin]!)))
  const failed = Float64Array.from(status, s => (s === 'failed' ? 1 : 0))
  const sfError = mean(total).map((error, bin) => (failed[bin] === 1 ? 1 : error))
  const own = Object.entries(deviations) as [DeviationName, Float64Array][]
  const maps: (readonly [string, Float64Array, Float64Array?])[] = [
    ['EGamma_SF2D', scaleFactor, sfError],
    ['EGamma_EffData2D', dataEfficiency, dataError],
    ['EGamma_EffMC2D', mcEfficiency, mcEfficiency.map((mc, bin) => mc * (stat.get('statMC')?.[bin] ?? NaN))],
    ['statData', stat.get('statData') ?? failed.map(() => NaN)],
    ['statMC', stat.get('statMC') ?? failed.map(() => NaN)],
    ...own.map(([key, values]) => [rootName(key, factors), values.map(Math.abs)] as const),
    ['systematic', mean(systematic)],
    ['total', mean(total)],
    ['failed', failed],
  ]
  const hists = maps.map(
    ([path, content, error]): NamedHist => ({ path, hist: mapOf(factors, content, error), precision: 'single' }),
  )
  return rootHistsFile(hists, name, graphsOf(factors))
}

/** grSF1D_0, grSF1D_1, ...: the scale factor against eta, one graph for each bin of pt. Bins without a scale factor have no point. */
function graphsOf({ axes, status, scaleFactor, total }: ScaleFactors): NamedGraph[] {
  const [eta, pt] = axes
  const error = mean(total)
  const m = pt.edges.length - 1
  return Array.from({ length: m }, (_, j) => {
    const bins = Array.from({ length: eta.edges.length - 1 }, (_, i) => i * m + j).filter(bin => status[bin] === 'ok')
    const column = (of: (bin: number, low: number, high: number) => number) =>
      Float64Array.from(bins, bin => of(bin, ...binRanges(axes, bin)[0]))
    const graph = {
      title: `${pt.edges[j]} < ${pt.label} < ${pt.edges[j + 1]}`,
      x: column((_, low, high) => (low + high) / 2),
      y: column(bin => scaleFactor[bin]!),
      xError: column((_, low, high) => (high - low) / 2),
      yError: column(bin => error[bin]!),
    }
    return { path: `grSF1D_${j}`, graph }
  })
}

/** The newest tool calls the alternative simulation altMC. */
function rootName(key: DeviationName, { scheme }: ScaleFactors): string {
  return key === 'altMC' && scheme === 'mean-of-four' ? 'altMC' : DEVIATIONS[key]
}

function mean({ up, down }: Uncertainty): Float64Array {
  return up.map((x, bin) => (x + down[bin]!) / 2)
}

function mapOf({ axes }: ScaleFactors, content: Float64Array, error?: Float64Array): Hist {
  const [x, y] = axes
  const hist = newHist(axes.map(({ name, label, edges }) => variableAxis({ name, label, edges })))
  const n = x.edges.length - 1
  const m = y.edges.length - 1
  for (let bin = 0; bin < content.length; bin++) {
    const cell = Math.floor(bin / m) + 1 + ((bin % m) + 1) * (n + 2)
    hist.value[cell] = finite(content[bin]!)
    hist.variance[cell] = finite(error?.[bin] ?? 0) ** 2
  }
  return hist
}

function finite(x: number): number {
  return Number.isNaN(x) ? 0 : x
}
