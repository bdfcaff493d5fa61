/** Efficiencies by counting, in place of a fit: of simulation, where all probes are known to be electrons. */
import { estimateEfficiency } from '../hist/index.js'
import type { BinFit, FitTask } from './bin-fit.js'
import type { Spectrum } from './spectra.js'

/** Passing probes over all within the spectra, with the Clopper-Pearson interval of effective entries; `error` is half of it. */
export function counted({
  pass,
  fail,
}: Pick<FitTask, 'pass' | 'fail'>): Pick<BinFit, 'valid' | 'problems' | 'efficiency' | 'total'> {
  const { efficiency, low, high, total, problem } = estimateEfficiency(sumOf(pass), sumOf(fail))
  if (problem !== null || total === 0) {
    const none = { value: null, error: null, down: null, up: null }
    return { valid: false, problems: [problem ?? 'no probes'], efficiency: none, total }
  }
  const [down, up] = [Math.max(0, efficiency - low), Math.max(0, high - efficiency)]
  return { valid: true, problems: [], efficiency: { value: efficiency, error: (down + up) / 2, down, up }, total }
}

function sumOf({ values, variances }: Spectrum) {
  const sum = (numbers: Float64Array) => numbers.reduce((a, b) => a + b, 0)
  return { value: sum(values), variance: sum(variances ?? values) }
}
