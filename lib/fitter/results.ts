/** Results of fits as JSON (schemas/fit-results.schema.json), written and read again. */
import { DataError } from '../core/errors.js'
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
  readonly config?: string | null
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
  return {
    config: json.config ?? null,
    fits: json.fits as BinFit[],
    scaleFactors: (json.scale_factors ?? []) as ScaleFactor[],
  }
}
