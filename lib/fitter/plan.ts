/** Every fit of a configuration with its spectra, shapes and settings: all that is wrong is told before anything is fitted. */
import { nearestHint, UsageError } from '../core/errors.js'
import type { PairModel } from '../fit/index.js'
import type { HistTree } from '../formats/index.js'
import type { FitTask, Prefit } from './bin-fit.js'
import { binsOf, edgesText, noted, noteUnfit, type OpenedInput, openInputs, readBin, sameEdges } from './bin-spectra.js'
import type { FitterConfig } from './config.js'
import { meansBin, type NamedBin } from './config-bins.js'
import type { ModelChoice, ShapePair } from './config-models.js'
import { type ModelSpec, NO_SHAPES, pairModel, placedParameters } from './model.js'
import { noteUnused, type Settings, settingsOf, type UsedPlaces } from './settings.js'
import { modelSpec } from './specs.js'
import type { Spectrum } from './spectra.js'
import { checkDensity, loadUserShape } from './user-shape.js'

/** Which fits are meant: all that have what is given here. */
export interface FitChoice {
  readonly fit?: string
  readonly label?: string
  readonly bin?: string
}

export interface PlanOptions {
  /** Profile intervals of the efficiency; default true. */
  readonly wantIntervals?: boolean
  readonly only?: FitChoice
  /** Bins that are empty or have negative contents are fits that failed, not problems. Default false. */
  readonly allowUnfit?: boolean
  /** The histograms that come on standard input. */
  readonly stdin?: () => Promise<HistTree>
}

/** The fits of the configuration, or those that `only` chooses, model by model, input by input, bin by bin. Throws UsageError with all
 *  that is wrong with the configuration and its files. */
export async function planFits(config: FitterConfig, options: PlanOptions = {}): Promise<FitTask[]> {
  const { findings } = config
  const plan = new Plan(config, options)
  const tasks = await plan.tasks().finally(() => plan.close())
  if (findings.problems.length > 0) throw new UsageError(findings.problems)
  return tasks
}

/** Most valleys of a likelihood are those of backgrounds: without one, few starts find the lowest. */
const STARTS_WITHOUT_BACKGROUND = 15

/** What a task has besides its spectra where nothing is fitted. */
const NOT_FITTED = {
  unfit: [],
  model: { name: 'count', ...{ signal: NO_SHAPES, background: NO_SHAPES }, shared: [] },
  settings: { start: {}, limits: {}, fixed: {}, constraints: {}, relative: {} },
  intervals: false,
  isCounted: true,
} as const

class Plan {
  readonly #config: FitterConfig
  readonly #options: PlanOptions
  readonly #used: UsedPlaces = new Map()
  readonly #spectra = new Map<string, ReturnType<typeof readBin>>()
  #opened: readonly OpenedInput[] = []

  constructor(config: FitterConfig, options: PlanOptions) {
    this.#config = config
    this.#options = options
  }

  async tasks(): Promise<FitTask[]> {
    const { userShapes, models } = this.#config
    for (const [name, { module, place }] of userShapes) await noted(place, () => loadUserShape(name, module))
    this.#opened = await openInputs(this.#config, this.#options.stdin)
    const bins = await binsOf(this.#config, this.#opened)
    if (bins.length === 0) await this.#checkModels()
    const { only = {} } = this.#options
    const tasks: FitTask[] = []
    for (const model of models) {
      if (only.fit !== undefined && only.fit !== model.name) continue
      this.#checkKeys(model, bins)
      for (const opened of this.#opened) {
        const { sample, label } = opened.input
        if (!model.samples.includes(sample) || label !== (only.label ?? label)) continue
        for (const bin of bins) {
          if (only.bin !== undefined && only.bin !== bin.name) continue
          const task = await this.#task(model, opened, bin)
          if (task !== null) tasks.push(task)
        }
      }
    }
    if (only.bin === undefined && only.label === undefined && only.fit === undefined) noteUnused(this.#used)
    if (tasks.length === 0 && this.#config.findings.problems.length === 0) {
      this.#config.document.problem('there is nothing to fit: no input is of the samples that the models fit.')
    }
    return tasks
  }

  /** Lets go of the files. */
  async close(): Promise<void> {
    for (const { source } of this.#opened) await source?.close()
  }

  /** Where no file tells the bins, what can be told of the models all the same. */
  async #checkModels(): Promise<void> {
    const bin = { name: '', ranges: {}, passName: '', failName: '' }
    for (const model of this.#config.models) {
      const spec = model.shapes === null ? null : await modelSpec(model.shapes, bin, this.#config, [])
      if (spec !== null) await this.#settings(model, model.shapes!, spec, '', bin, Float64Array.of(60, 120))
    }
  }

  /** Keys of bin_parameters and bin_fit_type that mean no bin. */
  #checkKeys({ binParameters, binShapes }: ModelChoice, bins: readonly NamedBin[]): void {
    if (bins.length === 0) return
    const labels = this.#config.inputs.map(input => input.label)
    const known = [...bins.map(bin => bin.name), ...labels.flatMap(label => bins.map(bin => `${label}/${bin.name}`))]
    const keys = [
      ...binParameters.flatMap(layer => layer.entries()),
      ...binShapes.map(({ key, place }) => [key, place] as const),
    ]
    for (const [key, place] of keys) {
      if (labels.some(label => bins.some(bin => meansBin(key, label, bin.name))) || place.isWrong) continue
      const shown = bins.slice(0, 12).map(bin => bin.name)
      place.problem(`"${key}" is none of the bins (${shown.join(', ')}), nor LABEL/bin.${nearestHint(key, known)}`)
    }
  }

  async #task(model: ModelChoice, opened: OpenedInput, bin: NamedBin): Promise<FitTask | null> {
    const { sample, label } = opened.input
    const shapes = model.binShapes.findLast(one => meansBin(one.key, label, bin.name))?.shapes ?? model.shapes
    const spectra = await this.#read(opened, bin)
    const own = { fit: model.name, sample, label, bin: bin.name, ranges: bin.ranges }
    if (model.isCounted) {
      return spectra === null ? null : { ...own, ...spectraOf(spectra), ...NOT_FITTED }
    }
    if (spectra !== null && this.#options.allowUnfit !== true) noteUnfit(opened, bin, spectra)
    const spec = shapes === null ? null : await modelSpec(shapes, bin, this.#config, this.#opened)
    if (shapes === null || spec === null) return null
    const edges = spectra?.pass.edges ?? Float64Array.of(60, 120)
    const settings = await this.#settings(model, shapes, spec, label, bin, edges)
    const prefit = model.prefit === null ? null : await this.#prefit(model, shapes, spec, bin)
    if (spectra === null || settings === null) return null
    const intervals = this.#options.wantIntervals ?? true
    const fit = { ...own, ...spectra, model: spec, settings, intervals, isCounted: false }
    return prefit === null ? fit : { ...fit, prefit }
  }

  /** Read once, for all models. */
  #read(opened: OpenedInput, bin: NamedBin): ReturnType<typeof readBin> {
    if (opened.source === null) return Promise.resolve(null)
    const key = `${opened.input.sample}\n${opened.input.label}\n${bin.name}`
    const known = this.#spectra.get(key) ?? this.#readNew(opened, bin)
    this.#spectra.set(key, known)
    return known
  }

  async #readNew(opened: OpenedInput, bin: NamedBin): ReturnType<typeof readBin> {
    const spectra = await readBin(opened, bin, this.#config)
    const first = this.#opened.find(other => other.source !== null)
    if (spectra === null || first === undefined || first === opened) return spectra
    const other = await this.#read(first, bin)
    if (other === null || sameEdges(other.pass.edges, spectra.pass.edges)) return spectra
    const [own, its] = [spectra, other].map(one => edgesText(one.pass.edges))
    opened.input.place.problem(
      `${bin.name}: the mass is binned otherwise than in ${first.input.label}: ${own}, not ${its}.`,
    )
    return null
  }

  async #settings(
    model: ModelChoice,
    shapes: ShapePair,
    spec: ModelSpec,
    label: string,
    bin: NamedBin,
    edges: Float64Array,
  ): Promise<Settings | null> {
    const pair = await noted(shapes.signal.pass.place, () => pairModel(spec))
    if (pair === null) return null
    const named = model.binParameters.flatMap(layer =>
      layer.entries().filter(([key]) => meansBin(key, label, bin.name)),
    )
    // What is said of one label's bin goes before what is said of the bin.
    const ofBin = [...named].sort(([a], [b]) => Number(a.startsWith(`${label}/`)) - Number(b.startsWith(`${label}/`)))
    const layers = [...model.parameters, ...ofBin.map(([, place]) => place)]
    const context = { resonance: this.#config.resonance, shapes, layers, used: this.#used, place: model.place }
    const settings = await settingsOf(spec, pair, context)
    if (!model.place.isWrong) await this.#checkDensities(spec, pair, settings, edges)
    return settings
  }

  /** Of the user's own shapes, where they start. */
  async #checkDensities(
    spec: ModelSpec,
    pair: PairModel,
    { start, fixed }: Settings,
    edges: Float64Array,
  ): Promise<void> {
    for (const role of ['signal', 'background'] as const) {
      const { shape, module } = spec[role].pass
      const { place } = this.#config.userShapes.get(shape) ?? {}
      if (module === undefined || place === undefined || place.isWrong) continue
      const placed = placedParameters(pair).filter(one => one.role === role && one.side === 'pass')
      const values = placed.map(({ name }) => fixed[name] ?? start[name] ?? 0)
      await noted(place, async () => checkDensity(await loadUserShape(shape, module), '', edges, values))
    }
  }

  async #prefit(model: ModelChoice, shapes: ShapePair, spec: ModelSpec, bin: NamedBin): Promise<Prefit | null> {
    const { label, hasBackground, fixed, parameters, hold, place } = model.prefit!
    const opened = this.#opened.find(({ input }) => input.sample === 'MC' && input.label === label)
    if (opened === undefined || opened.source === null) return null
    const spectra = await this.#read(opened, bin)
    const pair = await noted(place, () => pairModel(spec))
    if (spectra === null || pair === null) return null
    if (this.#options.allowUnfit !== true) noteUnfit(opened, bin, spectra)
    const placed = placedParameters(pair)
    const layers = [...model.parameters, parameters]
    const context = { resonance: this.#config.resonance, shapes, layers, used: this.#used, place }
    const settings = await settingsOf(spec, pair, context)
    const names = placed.map(one => one.name)
    const both = (name: string) => [name, `${name}_pass`, `${name}_fail`].filter(one => names.includes(one))
    for (const name of hold) {
      const message = `the fit has no parameter "${name}".${nearestHint(name, names)} All: ${names.join(', ')}.`
      if (both(name).length === 0 && !place.isWrong) place.problem(message)
    }
    const background = hasBackground ? {} : withoutBackground(names, settings)
    const own = Object.entries(fixed).flatMap(([name, value]) => both(name).map(one => [one, value] as const))
    return {
      label,
      ...spectraOf(spectra),
      settings: { ...settings, fixed: { ...settings.fixed, ...background, ...Object.fromEntries(own) } },
      hold: hold.flatMap(both),
      ...(hasBackground ? {} : { moreStarts: STARTS_WITHOUT_BACKGROUND }),
    }
  }
}

function spectraOf({ pass, fail }: { readonly pass: Spectrum; readonly fail: Spectrum }) {
  return { pass, fail }
}

/** No background, and what it would look like held. */
function withoutBackground(names: readonly string[], { start, fixed }: Settings): Record<string, number> {
  const shape = names.filter(name => name.startsWith('bkg_')).map(name => [name, fixed[name] ?? start[name] ?? 0])
  return { N_bkg_pass: 0, N_bkg_fail: 0, ...Object.fromEntries(shape) }
}
