/** The fits of a configuration: out of its results file, else made now. */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { planFits } from '../fitter/index.js'
import { fitAll } from '../fitter/pool.js'
import { scaleFactorsOf } from '../fitter/ratios.js'
import { ConfigFile } from './config-file.js'
import type { FitFileSource } from './fit-file.js'

/** Throws UsageError with everything that is wrong with the configuration and its spectra. */
export async function fitsOf(path: string, say: (text: string) => void): Promise<FitFileSource> {
  const config = new ConfigFile(path).config()
  const { resultsFile } = config
  const places = resultsFile === null ? [] : [resultsFile, join(dirname(path), resultsFile)]
  const written = places.find(place => place.endsWith('.json') && existsSync(place))
  if (written !== undefined) return { path: written, config: path }
  const tasks = await planFits(config, { allowUnfit: true })
  say(`fitting ${tasks.length} bins ...`)
  const fits = await fitAll(tasks, { workers: availableParallelism() })
  const results = { config: path, fits, scaleFactors: scaleFactorsOf(config.pairs, fits) }
  return { path: null, results, config: path }
}
