/** From a configuration to fits of all bins, and to the ratios of data and simulation. */
import { availableParallelism } from 'node:os'
import type { FitterConfig } from './config.js'
import { type PlanOptions, planFits } from './plan.js'
import { fitAll, type PoolOptions } from './pool.js'
import { scaleFactorsOf } from './ratios.js'
import type { FitterResults } from './results.js'

/** Throws UsageError with all that is wrong with the configuration and its files, before anything is fitted. */
export async function runFitter(
  config: FitterConfig,
  options: Partial<PoolOptions> & PlanOptions = {},
): Promise<FitterResults> {
  const tasks = await planFits(config, options)
  options.onPlanned?.(tasks)
  const fits = await fitAll(tasks, { workers: options.workers ?? availableParallelism(), ...options })
  return { config: config.path, fits, scaleFactors: scaleFactorsOf(config.pairs, fits) }
}
