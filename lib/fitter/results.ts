/** Results of fits as JSON (schemas/fit-results.schema.json), written and read again. */

import { DataError } from '../core/errors.js'
import { isObject } from '../core/is-object.js'
import type { BinFit } from './bin-fit.js'
import type { ScaleFactor } from './ratios.js'

export interface FitterResults {
  /** Path of the configuration as it was given; null: made in a program. */
  readonly config: string | null
  readonly fits: readonly BinFit[]
  readonly scaleFactors: readonly ScaleFactor[]
}

const FORMAT = 'tnp-pipe fits'

/** One fit a line. Parsed and written again, the same bytes. */
export function fitResultsJson({ config, fits, scaleFactors }: FitterResults): string {
  const lines = (items: readonly unknown[]) => `[\n${items.map(item => JSON.stringify(item)).join(',\n')}\n]`
  const head = JSON.stringify({ format: FORMAT, version: 1, config }).slice(0, -1)
  return `${head},"fits":${lines(fits)},"scale_factors":${lines(scaleFactors)}}\n`
}

/** Throws DataError where the text is no such document. */
export function parseFitResults(text: string, place: string): FitterResults {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new DataError('ValueError', `${place}: is not JSON (${(cause as Error).message}).`, { cause })
  }
  return readFitResults(json, place)
}

interface Document {
  readonly format?: unknown
  readonly version?: unknown
  readonly config?: unknown
  readonly fits?: unknown
  readonly scale_factors?: unknown
}

/** Whether JSON is meant to be results of fits. */
export function isFitResults(document: unknown): boolean {
  return (document as Document | null)?.format === FORMAT
}

/** The same of what JSON.parse gave. */
export function readFitResults(document: unknown, place: string): FitterResults {
  const json = document as Document | null
  if (!isFitResults(json) || json?.version !== 1 || !Array.isArray(json.fits)) {
    const message = `${place}: is no results of fits, wanted {"format": "${FORMAT}", "version": 1, ...} as tnp-pipe fit writes it.`
    throw new DataError('ValueError', message)
  }
  const { config = null, fits, scale_factors: scaleFactors = [] } = json
  const wrong = fits.findIndex(fit => !isFit(fit))
  if (wrong >= 0) throw damaged(place, `/fits/${wrong} is no fit`)
  if (config !== null && typeof config !== 'string') throw damaged(place, '/config is no path')
  if (!Array.isArray(scaleFactors) || !scaleFactors.every(isObject)) throw damaged(place, '/scale_factors are none')
  return { config, fits: fits as BinFit[], scaleFactors: scaleFactors as unknown as ScaleFactor[] }
}

function damaged(place: string, what: string): DataError {
  return new DataError('ValueError', `${place}: ${what} as tnp-pipe fit writes it. Fit again.`)
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem)
}

const isText = (value: unknown) => typeof value === 'string'
const isNumber = (value: unknown) => typeof value === 'number'
const isNumberOrNull = (value: unknown) => value === null || isNumber(value)
const isRange = (value: unknown) => Array.isArray(value) && value.length === 2 && value.every(isNumber)
const isNumbersOrNull = (value: unknown) => value === null || isList(value, isNumber)

/** What others take for granted of a fit. */
function isFit(value: unknown): boolean {
  if (!isObject(value)) return false
  const { ranges, efficiency, parameters, mass } = value
  if (![value.fit, value.sample, value.label, value.bin, value.shapes].every(isText)) return false
  if (!isObject(ranges) || !Object.values(ranges).every(isRange)) return false
  if (typeof value.valid !== 'boolean' || !isList(value.problems, isText) || !isObject(efficiency)) return false
  if (![efficiency.value, efficiency.error, efficiency.down, efficiency.up].every(isNumberOrNull)) return false
  if (![value.q, value.ndof, value.chi2, value.total].every(isNumberOrNull)) return false
  if (!isList(parameters, item => isObject(item) && isText(item.name) && isNumber(item.value))) return false
  return isObject(mass) && isList(mass.edges, isNumber) && [mass.passing, mass.failing].every(isSpectrum)
}

function isSpectrum(value: unknown): boolean {
  if (!isObject(value) || !isList(value.values, isNumber)) return false
  return [value.variances, value.expected, value.background].every(isNumbersOrNull)
}
