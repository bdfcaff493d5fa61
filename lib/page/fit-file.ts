/** Results of fits, of which the page shows each bin, fits it again with other settings, and saves those. */
import { existsSync, readFileSync } from 'node:fs'
import { UsageError } from '../core/errors.js'
import { YIELDS } from '../fit/index.js'
import { shapeNames } from '../fitter/config-shapes.js'
import {
  type BinFit,
  type FitTask,
  type FitterResults,
  fitResultsJson,
  parseFitResults,
  planFits,
} from '../fitter/index.js'
import { pairModel, placedParameters } from '../fitter/model.js'
import { fitAll } from '../fitter/pool.js'
import { scaleFactorsOf } from '../fitter/ratios.js'
import { writeTogether } from '../formats/index.js'
import { ConfigFile, fieldOf, findConfig } from './config-file.js'
import { detailOf, rowOf } from './fit-detail.js'
import type { BinChange, FitDetail, FitFileModel, FitSettingsModel, SavedModel } from './model.js'

export interface FitFileSource {
  /** Path of the results; null: they have not been written. */
  readonly path: string | null
  /** Read from `path` where they are not given. */
  readonly results?: FitterResults
  /** Path of the configuration, where the user names it. */
  readonly config?: string | undefined
}

const NO_CHANGE: BinChange = { shapes: null, parameters: {} }

export class FitFile {
  id = ''
  #name = ''
  readonly #path: string | null
  #text: string | null
  #results: FitterResults
  readonly #config: ConfigFile | null
  readonly #problem: string | null
  /** All fits of a version of the configuration; null: they are looked up one by one. */
  #planned: { readonly version: string; readonly tasks: readonly FitTask[] } | null = null
  /** One writes at a time. */
  #saving: Promise<unknown> = Promise.resolve()

  /** Throws DataError where the results cannot be read, UsageError where the configuration that was named is wrong. */
  constructor({ path, results, config }: FitFileSource) {
    this.#path = path
    this.#text = path !== null && existsSync(path) ? readFileSync(path, 'utf8') : null
    this.#results = results ?? parseFitResults(this.#text ?? '', path ?? '')
    const named = this.#results.config
    const place = config ?? (named === null ? null : findConfig(named, path ?? '.'))
    try {
      this.#config = place === null ? null : new ConfigFile(place)
      this.#problem = place === null ? missing(named) : null
    } catch (error) {
      if (config !== undefined || !(error instanceof UsageError)) throw error
      this.#config = null
      this.#problem = error.message
    }
  }

  /** What the page calls it. */
  show(id: string, name: string): void {
    this.id = id
    this.#name = name
  }

  model(): FitFileModel {
    return {
      id: this.id,
      name: this.#name,
      path: this.#path,
      config: { path: this.#config?.path ?? this.#results.config, problem: this.#problem },
      fits: this.#results.fits.map(rowOf),
    }
  }

  async detail(k: number): Promise<FitDetail> {
    const fit = this.#fit(k)
    return detailOf(fit, await this.#task(fit), this.#isMuon)
  }

  /** shapes: instead of those of the bin. */
  async settings(k: number, shapes?: string): Promise<FitSettingsModel> {
    const fit = this.#fit(k)
    const config = this.#editable()
    config.refresh()
    const own = config.own(fit)
    const common = await this.#plan(fit, NO_CHANGE)
    const chosen = shapes ?? own.shapes
    const { model, settings } = chosen === null ? common : await this.#plan(fit, { shapes: chosen, parameters: {} })
    const placed = placedParameters(await pairModel(model))
    const userShapes = [...config.config().userShapes.keys()]
    return {
      version: config.version,
      shapes: model.name,
      signals: shapeNames('signal', userShapes),
      backgrounds: shapeNames('background', userShapes),
      commonShapes: common.model.name,
      own,
      parameters: [...YIELDS, ...placed.map(one => one.name)].map(name => ({
        name,
        start: settings.start[name] ?? null,
        limits: settings.limits[name] ?? null,
        fixed: settings.fixed[name] ?? null,
      })),
    }
  }

  /** Throws UsageError, of which the places are the page's fields. */
  async refit(k: number, change: BinChange, signal: AbortSignal): Promise<FitDetail> {
    const { fit, task } = await this.#refitted(this.#fit(k), change, signal)
    return detailOf(fit, task, this.#isMuon)
  }

  /** Writes the change into the configuration, and the new fit into the results. Throws UsageError as refit, and where others have
   *  changed the configuration since it had that version (default: since it was read): it is read again then. */
  save(k: number, change: BinChange, signal: AbortSignal, version = this.#config?.version ?? ''): Promise<SavedModel> {
    const saved = this.#saving.then(() => this.#save(k, change, signal, version))
    this.#saving = saved.catch(() => {})
    return saved
  }

  async #save(k: number, change: BinChange, signal: AbortSignal, version: string): Promise<SavedModel> {
    const config = this.#editable()
    config.refresh()
    if (!config.isSince(version)) {
      const message = `${config.path} has been changed by another program. It has been read again: look at the settings, and save once more.`
      throw new UsageError([{ place: 'config', message }])
    }
    const asked = this.#fit(k)
    const { fit, task } = await this.#refitted(asked, change, signal)
    const text = config.changed(asked, change)
    this.refresh()
    const fits = this.#results.fits.map(one => (isSame(one, fit) ? fit : one))
    const results = { ...this.#results, fits, scaleFactors: scaleFactorsOf(config.config().pairs, fits) }
    const json = fitResultsJson(results)
    const files = [
      { path: config.place, content: text },
      ...(this.#path === null ? [] : [{ path: this.#path, content: json }]),
    ]
    await writeTogether(files)
    config.written(text)
    this.#results = results
    this.#text = this.#path === null ? null : json
    return {
      detail: await detailOf(fit, task, this.#isMuon),
      written: files.map(({ path }) => path),
      file: this.model(),
    }
  }

  /** Reads the results again where another program has changed them. Throws DataError; what was read before is kept then. */
  refresh(): void {
    if (this.#path === null || !existsSync(this.#path)) return
    const text = readFileSync(this.#path, 'utf8')
    if (text === this.#text) return
    this.#results = parseFitResults(text, this.#path)
    this.#text = text
  }

  async #refitted(
    fit: BinFit,
    change: BinChange,
    signal: AbortSignal,
  ): Promise<{ readonly fit: BinFit; readonly task: FitTask }> {
    const task = await this.#plan(fit, change)
    try {
      const [made] = await fitAll([task], { workers: 1, apart: true, signal })
      return { fit: made!, task }
    } catch (error) {
      throw atFields(error)
    }
  }

  /** Reads the spectra of all fits at once, for who is to show them all. */
  async prepare(): Promise<void> {
    if (this.#config === null) return
    const { version } = this.#config
    // What cannot be read any more is missing in the figures alone.
    const tasks = await planFits(this.#config.config(), { allowUnfit: true }).catch(() => [])
    this.#planned = { version, tasks }
  }

  /** What a fit was made of; null: that is not known any more. */
  async #task(fit: BinFit): Promise<FitTask | null> {
    if (this.#config === null) return null
    try {
      const known = this.#planned?.version === this.#config.version ? this.#planned.tasks : null
      const task = known?.find(one => isSame(one, fit)) ?? (await this.#plan(fit, this.#config.own(fit)))
      // Settings and spectra may have changed since.
      return task.model.name === fit.shapes && task.pass.edges.length === fit.mass.edges.length ? task : null
    } catch {
      return null
    }
  }

  async #plan(fit: BinFit, change: BinChange): Promise<FitTask> {
    const file = this.#editable()
    try {
      const config = file.config(fit, change)
      const { label, bin } = fit
      const tasks = await planFits(config, { only: { fit: fit.fit, label, bin }, allowUnfit: true })
      const task = tasks.find(one => isSame(one, fit))
      if (task !== undefined) return task
    } catch (error) {
      throw atFields(error)
    }
    const message = `has no fit "${fit.fit}" of ${fit.sample} ${fit.label}, ${fit.bin}. Fit again with tnp-pipe fit.`
    throw new UsageError([{ place: file.path, message }])
  }

  get #isMuon(): boolean {
    return this.#config?.config().isMuon ?? false
  }

  #fit(k: number): BinFit {
    const fit = this.#results.fits[k]
    if (fit === undefined) throw new UsageError([{ place: 'fit', message: `there is no fit ${k}.` }])
    return fit
  }

  #editable(): ConfigFile {
    if (this.#config !== null) return this.#config
    throw new UsageError([{ place: 'config', message: this.#problem ?? 'there is none.' }])
  }
}

function missing(named: string | null): string {
  const advice = 'Start tnp-pipe view with --fit CONFIG.json to fit bins again.'
  return named === null ? `The results name no configuration. ${advice}` : `"${named}" is not there. ${advice}`
}

type Identity = Pick<BinFit, 'fit' | 'sample' | 'label' | 'bin'>

function isSame(a: Identity, b: Identity): boolean {
  return a.fit === b.fit && a.sample === b.sample && a.label === b.label && a.bin === b.bin
}

function atFields(error: unknown): unknown {
  if (!(error instanceof UsageError)) return error
  return new UsageError(error.problems.map(({ place, message }) => ({ place: fieldOf(place), message })))
}
