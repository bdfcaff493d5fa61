/** Ratios of data and simulation bin by bin, as the reference's fitter prints them. */

import type { BinFit } from './bin-fit.js'
import type { FitterConfig } from './config.js'

export interface ScaleFactor {
  readonly fit: string
  readonly pair: string
  readonly bin: string
  readonly data: { readonly value: number; readonly error: number } | null
  readonly simulation: { readonly value: number; readonly error: number } | null
  /** data / simulation, its error by the relative ones in quadrature; null where one of them is not there, or 0. */
  readonly value: number | null
  readonly error: number | null
}

/** Of every pair of labels, model and bin. */
export function scaleFactorsOf(pairs: FitterConfig['pairs'], fits: readonly BinFit[]): ScaleFactor[] {
  const models = [...new Set(fits.map(one => one.fit))]
  const bins = [...new Set(fits.map(one => one.bin))]
  return models.flatMap(fit =>
    Object.entries(pairs).flatMap(([pair, labels]) =>
      bins.map(bin => {
        const find = (sample: 'DATA' | 'MC', label: string) => {
          const found = fits.find(
            one => one.fit === fit && one.sample === sample && one.label === label && one.bin === bin,
          )
          const { value = null, error = null } = found?.efficiency ?? {}
          return found?.valid !== true || value === null || error === null ? null : { value, error }
        }
        const data = find('DATA', labels[0])
        const simulation = find('MC', labels[1])
        if (data === null || simulation === null || data.value === 0 || simulation.value === 0) {
          return { fit, pair, bin, data, simulation, value: null, error: null }
        }
        const value = data.value / simulation.value
        const error = value * Math.hypot(data.error / data.value, simulation.error / simulation.value)
        return { fit, pair, bin, data, simulation, value, error }
      }),
    ),
  )
}
