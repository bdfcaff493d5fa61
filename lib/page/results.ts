/** Everything that a page shows, and the routes by which its client asks for it. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { DataError, UsageError } from '../core/errors.js'
import { versionWithCommit } from '../core/version.js'
import { parseFitResults } from '../fitter/index.js'
import type { Routes } from './answer.js'
import { checkedChange } from './config-file.js'
import { factorFigures, readFactors } from './factors.js'
import { findResults } from './find-results.js'
import { FitFile, type FitFileSource } from './fit-file.js'
import { Histograms } from './histograms.js'
import { fitsOf } from './make-fits.js'
import type { FactorsModel, FitRequestBody, PageModel, ResultsModel } from './model.js'
import { shortNames } from './names.js'
import { runModel } from './runs.js'

export interface Shown {
  /** Folders and files. */
  readonly places: readonly string[]
  /** Results of fits that need not be read. */
  readonly fits?: readonly FitFileSource[]
  /** The configuration of the fits that are among the places. Where there are none: that of which fits are shown, out of its results
   *  file, else made now. */
  readonly config?: string | undefined
  /** Called before what takes a while. */
  readonly say?: (text: string) => void
}

export interface PageResults {
  model(): PageModel
  /** For who asks for everything: reads at once what would be read piece by piece. */
  prepare(): Promise<void>
  /** Of these, GET /api/page looks again at what lies in the places. */
  readonly routes: Routes
}

/** Reads what lies in the places. Throws UsageError with every place where there is nothing. */
export async function openResults(shown: Shown): Promise<PageResults> {
  const results = new Results(shown)
  await results.look()
  return {
    model: () => results.model,
    async prepare() {
      for (const file of results.fits) await file.prepare()
    },
    routes: routesOf(results),
  }
}

class Results {
  readonly #shown: Shown
  /** Stay what they are while the page is open: each knows what has been saved. */
  readonly #files = new Map<FitFileSource | string, FitFile>()
  #made: FitFileSource | null = null
  histograms = new Histograms([], [])
  fits: readonly FitFile[] = []
  factors: readonly FactorsModel[] = []
  model!: PageModel

  constructor(shown: Shown) {
    this.#shown = shown
  }

  /** Throws UsageError as openResults; what was seen before is kept then. */
  async look(): Promise<void> {
    const { places, config, fits: given = [], say = () => {} } = this.#shown
    const found = await findResults(places)
    if (config !== undefined && given.length + found.fits.length === 0) this.#made ??= await fitsOf(config, say)
    const warnings: string[] = []
    const runNames = shortNames(found.runs.map(run => run.path))
    const runs = await Promise.all(found.runs.map((run, k) => runModel(run, String(k), runNames[k]!, warnings)))
    const sources = [
      ...given,
      ...(this.#made === null ? [] : [this.#made]),
      ...found.fits.map((path): FitFileSource => ({ path, config: ofResults(path, config, found.fits) })),
    ]
    const fitNames = shortNames(
      sources.map(source => source.path ?? source.results?.config ?? 'fits'),
      2,
    )
    const fits = sources.flatMap((source, k) => {
      const isFound = source.path !== null && found.fits.includes(source.path)
      return attempt(warnings, () => this.#file(source, String(k), fitNames[k]!), !isFound)
    })
    const factorNames = shortNames(found.factors, 2)
    this.factors = found.factors.flatMap((path, k) =>
      attempt(warnings, () => readFactors(path, String(k), factorNames[k]!)),
    )
    this.fits = fits
    this.histograms = new Histograms(found.runs, runNames)
    const title = [...runNames, ...fitNames, ...factorNames].slice(0, 4).join(', ')
    const results: ResultsModel = { runs, fits: fits.map(file => file.model()), factors: this.factors, warnings }
    this.model = { title, version: versionWithCommit(), live: false, results }
  }

  #file(source: FitFileSource, id: string, name: string): FitFile {
    const key = source.results === undefined ? source.path! : source
    const known = this.#files.get(key) ?? new FitFile(source)
    this.#files.set(key, known)
    known.refresh()
    known.show(id, name)
    return known
  }
}

/** The configuration that the user names is that of the only results; of several, that of those which name one of this name. */
function ofResults(path: string, config: string | undefined, all: readonly string[]): string | undefined {
  if (config === undefined || all.length === 1) return config
  try {
    const named = parseFitResults(readFileSync(path, 'utf8'), path).config
    return named === null || basename(named) === basename(config) ? config : undefined
  } catch {
    return undefined
  }
}

/** What cannot be read is told on the page, unless the user has named it. */
function attempt<T>(warnings: string[], make: () => T, isNamed = false): T[] {
  try {
    return [make()]
  } catch (error) {
    if (isNamed || !(error instanceof DataError)) throw error
    warnings.push(error.message)
    return []
  }
}

function routesOf(results: Results): Routes {
  const text = (query: URLSearchParams, name: string) => query.get(name) ?? ''
  const file = (id: string) => {
    const found = results.fits.find(one => one.id === id)
    if (found === undefined) throw new UsageError([{ place: 'file', message: `there are no fits "${id}".` }])
    return found
  }
  const histogram = (query: URLSearchParams) => ({
    method: text(query, 'method'),
    filter: text(query, 'filter'),
    pair: text(query, 'pair'),
    axes: text(query, 'axes')
      .split(',')
      .filter(name => name !== ''),
    sets: setsOf(text(query, 'sets')),
  })
  const sent = (body: unknown) => {
    const { file: id, fit, change, version: since } = (body ?? {}) as Partial<FitRequestBody>
    if (!Number.isInteger(fit)) throw new UsageError([{ place: 'fit', message: 'must be the number of a fit.' }])
    return { of: file(String(id)), fit: fit!, change: checkedChange(change), since }
  }
  return {
    'GET /api/page': async () => {
      await results.look()
      return results.model
    },
    'GET /api/histogram': ({ query }) => results.histograms.overview(text(query, 'method'), text(query, 'filter')),
    'GET /api/efficiency': ({ query }) => results.histograms.efficiency(histogram(query)),
    'GET /api/probes': ({ query }) => results.histograms.probes(histogram(query)),
    'GET /api/spectrum': ({ query }) => results.histograms.spectrum(histogram(query), Number(text(query, 'bin'))),
    'GET /api/fit': ({ query }) => file(text(query, 'file')).detail(Number(text(query, 'fit'))),
    'GET /api/settings': ({ query }) =>
      file(text(query, 'file')).settings(Number(text(query, 'fit')), query.get('shapes') ?? undefined),
    'GET /api/factors': ({ query }) => {
      const found = results.factors.find(({ id }) => id === text(query, 'factors'))
      if (found === undefined) throw new UsageError([{ place: 'factors', message: 'there are none of that name.' }])
      return factorFigures(found)
    },
    'POST /api/refit': ({ body, signal }) => {
      const { of, fit, change } = sent(body)
      return of.refit(fit, change, signal)
    },
    'POST /api/save': ({ body, signal }) => {
      const { of, fit, change, since } = sent(body)
      return of.save(fit, change, signal, since)
    },
  }
}

function setsOf(text: string): string[] {
  try {
    const sets = JSON.parse(text) as unknown
    if (Array.isArray(sets) && sets.every(one => typeof one === 'string')) return sets
  } catch {
    // Told below.
  }
  throw new UsageError([{ place: 'sets', message: 'must be a list of datasets, as JSON.' }])
}
