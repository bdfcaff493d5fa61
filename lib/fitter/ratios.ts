/** Ratios of data and simulation bin by bin, as the reference's fitter prints them. */
import type { BinFit } from './bin-fit.js'
import type { FitterConfig } from './config.js'

export interface ScaleFactor {
  /** The model of the fit of data. */
  readonly fit: string
  readonly pair: string
  readonly bin: string
  readonly data: { readonly value: number; readonly error: number } | null
  /** By the same model; counted where that does not fit simulation. */
  readonly simulation: { readonly value: number; readonly error: number } | null
  /** data / simulation, its error by the relative ones in quadrature; null where one of them is not there, or 0. */
  readonly value: number | null
  readonly error: number | null
}

/** Of every pair of labels and every fit of data, in the order of the fits. */
export function scaleFactorsOf(pairs: FitterConfig['pairs'], fits: readonly BinFit[]): ScaleFactor[] {
  const models = [...new Set(fits.map(one => one.fit))]
  return models.flatMap(fit =>
    Object.entries(pairs).flatMap(([pair, [dataLabel, simulationLabel]]) =>
      fits
        .filter(one => one.fit === fit && one.sample === 'DATA' && one.label === dataLabel)
        .map(one => ratio(fit, pair, one, simulationOf(one, simulationLabel, fits))),
    ),
  )
}

function simulationOf({ fit, bin }: BinFit, label: string, fits: readonly BinFit[]): BinFit | undefined {
  const own = fits.filter(one => one.sample === 'MC' && one.label === label && one.bin === bin)
  return own.find(one => one.fit === fit) ?? own.find(one => one.shapes === 'count')
}

function ratio(fit: string, pair: string, one: BinFit, other: BinFit | undefined): ScaleFactor {
  const { bin } = one
  const [data, simulation] = [measured(one), measured(other)]
  if (data === null || simulation === null || data.value === 0 || simulation.value === 0) {
    return { fit, pair, bin, data, simulation, value: null, error: null }
  }
  const value = data.value / simulation.value
  const error = value * Math.hypot(data.error / data.value, simulation.error / simulation.value)
  return { fit, pair, bin, data, simulation, value, error }
}

function measured(fit: BinFit | undefined) {
  const { value = null, error = null } = fit?.efficiency ?? {}
  return fit?.valid !== true || value === null || error === null ? null : { value, error }
}
