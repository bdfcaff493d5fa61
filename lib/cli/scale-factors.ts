/** `tnp-pipe scale-factors --config SF.json --output DIR`: scale factors from tables of efficiencies, with their uncertainties, as
 *  JSON, CSV, the EGM group's text table and ROOT file, and a correction for correctionlib. */
import { hideAccess, joinAddress } from '../bytes/address.js'
import { makeFolder } from '../bytes/places.js'
import { loadScaleFactorConfig, type ScaleFactorConfig } from '../config/scale-factors.js'
import { UsageError } from '../core/errors.js'
import { writeTogether } from '../formats/index.js'
import { egammaText, scaleFactorMaps, scaleFactorsCsv, scaleFactorsJson } from '../formats/scale-factors/index.js'
import { type CorrectionJson, CorrectionSet, correctionSetText } from '../physics/correction/index.js'
import {
  binText,
  correctionOf,
  type EfficiencyGrid,
  joinCorrection,
  type ScaleFactors,
  scaleFactors,
} from '../scale-factors/index.js'
import { type CommandReport, EXIT } from './exit.js'
import { readInputs } from './scale-factor-inputs.js'
import type { ScaleFactorFlags } from './scale-factor-options.js'

/** What the command prints: a table, the files that it wrote, and the bins that failed, for which the status is 1. Throws
 *  UsageError with everything that is wrong with the document and its files; nothing is written then. */
export async function scaleFactorsCommand(flags: ScaleFactorFlags): Promise<CommandReport> {
  // Drawing is loaded where figures are asked for.
  const drawing = flags.plots === undefined ? null : await import('./scale-factor-figures.js')
  const plan = drawing?.figurePlan(flags)
  const config = loadScaleFactorConfig(flags.config)
  const inputs = await readInputs(config)
  const factors = make(flags.config, () => scaleFactors(inputs, config))
  const { correction } = config
  const corrections = joined(correctionOf(factors, correction), correction, flags.config)
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'scale-factors.json': scaleFactorsJson(factors, correction),
    'scale-factors.csv': scaleFactorsCsv(factors),
    'egammaEffi.txt': egammaText(factors),
    'egammaEffi.txt_EGM2D.root': scaleFactorMaps(factors, 'egammaEffi.txt_EGM2D.root'),
    'correction.json': `${correctionSetText(corrections, 'Scale factors')}\n`,
  }
  const title = `${correction.workingPoint}, ${correction.year}`
  const figures = (await drawing?.drawScaleFactors(factors, plan!, title, flags.plots!)) ?? []
  for (const folder of [flags.output, ...(flags.plots === undefined ? [] : [flags.plots])]) await makeFolder(folder)
  const tables = Object.entries(files).map(([name, content]) => ({ path: joinAddress(flags.output, name), content }))
  await writeTogether([...tables, ...figures])
  const failed = factors.status.flatMap((status, bin) => (status === 'failed' ? [bin] : []))
  const warnings = config.findings.warnings.map(({ place, message }) => `warning: ${place}: ${message}\n`)
  return {
    stdout: `${table(factors)}${[...tables, ...figures].map(({ path }) => `${hideAccess(path)}\n`).join('')}`,
    stderr: [...warnings, ...fewProbes(factors), ...failedLines(factors, failed, flags.allowFailedBins)].join(''),
    status: failed.length === 0 || flags.allowFailedBins ? EXIT.done : EXIT.incomplete,
  }
}

/** With the corrections of the file that it joins. Throws DataError where that cannot be read, UsageError where it does not fit. */
function joined(
  added: CorrectionJson,
  correction: ScaleFactorConfig['correction'],
  config: string,
): readonly CorrectionJson[] {
  const file = correction.join
  if (file === null) return [added]
  const all = joinCorrection(CorrectionSet.read(file).documents(), added, correction)
  if (all !== null) return all
  const message = `"${added.name}" of ${file} has other inputs than ${added.inputs.map(i => i.name).join(', ')}. Choose another "name".`
  throw new UsageError([{ place: `${config} /correction/join`, message }])
}

function make<T>(file: string, of: () => T): T {
  try {
    return of()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(error.problems.map(problem => ({ ...problem, place: `${file} /${problem.place}` })))
  }
}

function failedLines(factors: ScaleFactors, failed: readonly number[], allowed: boolean): string[] {
  if (failed.length === 0) return []
  const lines = failed.map(
    bin => `${allowed ? 'warning' : 'error'}: ${binText(factors.axes, bin)}: ${factors.failure[bin]}\n`,
  )
  const what = `${failed.length} of ${factors.status.length} bins have no scale factor`
  const hint = allowed ? '.' : ': leave them out with "exclude", or accept them with --allow-failed-bins.'
  return [...lines, `${what}${hint}\n`]
}

const MOST_TOLD = 10

/** Bins of histograms with too few probes for what was made of them. */
function fewProbes({ axes, inputs }: ScaleFactors): string[] {
  return Object.entries(inputs).flatMap(([kind, grids]) =>
    Object.entries(grids as Readonly<Record<string, EfficiencyGrid>>).flatMap(([name, { warning = [] }]) => {
      const told = warning.flatMap((text, bin) => (text === null ? [] : [`  ${binText(axes, bin)}: ${text}\n`]))
      if (told.length === 0) return []
      const more = told.length > MOST_TOLD ? [`  and ${told.length - MOST_TOLD} more\n`] : []
      return [`warning: ${kind} ${name}: few probes\n`, ...told.slice(0, MOST_TOLD), ...more]
    }),
  )
}

function table(factors: ScaleFactors): string {
  const rows = factors.status.map((status, bin) => {
    if (status !== 'ok') return `  ${binText(factors.axes, bin)}: ${status}`
    const digits = (values: Float64Array) => values[bin]!.toFixed(4)
    const { scaleFactor, total, dataEfficiency, mcEfficiency } = factors
    const efficiencies = `data ${digits(dataEfficiency)}, MC ${digits(mcEfficiency)}`
    return `  ${binText(factors.axes, bin)}: ${digits(scaleFactor)} +${digits(total.up)} -${digits(total.down)} (${efficiencies})`
  })
  return rows.map(row => `${row}\n`).join('')
}
