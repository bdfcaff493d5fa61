/** The models of a configuration: shapes of signal and background with their settings, one or several to each bin. */

import { Cursor } from '../config/fitter.js'
import { nearestHint } from '../core/errors.js'
import { own } from '../core/own.js'
import type { Sides } from '../fit/index.js'
import { plainShape, type ShapeChoice, type ShapeContext, shapesOf, splitFitType } from './config-shapes.js'
import type { FitInput, RelativeLimits, Sample } from './inputs.js'
import { PRESETS, type Preset } from './presets.js'
import type { Starts } from './shape-starts.js'

export interface ShapePair {
  /** dcb_cms, or the name of a model of the EGM group. */
  readonly name: string
  readonly signal: Sides<ShapeChoice>
  readonly background: Sides<ShapeChoice>
  /** null: all parameters of the signal, where both sides have the same ones. */
  readonly shared: readonly string[] | null
  /** Where parameters start, instead of where the shapes' do. */
  readonly signalStarts: Starts
  readonly backgroundStarts: Starts
  /** By the fit's parameters. */
  readonly relative: Readonly<Record<string, RelativeLimits>>
}

/** A fit of simulation that goes before. */
export interface PrefitChoice {
  readonly label: string
  readonly hasBackground: boolean
  readonly fixed: Readonly<Record<string, number>>
  readonly parameters: Cursor
  readonly hold: readonly string[]
  readonly place: Cursor
}

export interface ModelChoice {
  readonly name: string
  readonly samples: readonly Sample[]
  /** Probes are counted: there are no shapes. */
  readonly isCounted: boolean
  /** null where they are wrong, or none. */
  readonly shapes: ShapePair | null
  /** bin3, LABEL/bin3 -> the shapes of that bin; the later ones count. */
  readonly binShapes: readonly { readonly key: string; readonly place: Cursor; readonly shapes: ShapePair | null }[]
  /** Settings of parameters; the later ones count. */
  readonly parameters: readonly Cursor[]
  /** bin3, LABEL/bin3 -> settings. */
  readonly binParameters: readonly Cursor[]
  readonly prefit: PrefitChoice | null
  readonly place: Cursor
}

/** The name of a model that is the only one. */
const ONLY = 'nominal'

export function modelChoices(document: Cursor, inputs: readonly FitInput[], own: readonly string[]): ModelChoice[] {
  const fit = document.get('fit')
  const fits = document.get('fits')
  const named = fits.entries()
  if (named.length === 0) {
    if (!fits.isAbsent && !fits.isWrong) fits.problem('is empty: leave it out for one fit.')
    return fit.isAbsent ? [] : [modelChoice(ONLY, fit, fit, inputs, own)]
  }
  return named.map(([name, model]) => modelChoice(name, model, fit, inputs, own))
}

function modelChoice(
  name: string,
  model: Cursor,
  fit: Cursor,
  inputs: readonly FitInput[],
  own: readonly string[],
): ModelChoice {
  const of = (key: string): Cursor => (model.get(key).isAbsent ? fit.get(key) : model.get(key))
  const layers = model === fit ? [fit] : [fit, model]
  const context: ShapeContext = { inputs, own, template: of('template') }
  const hasShapes = typeof model.value === 'string' || BASES.some(key => !model.get(key).isAbsent)
  const chosen = hasShapes ? model : fit
  const isCounted = chosen.value === COUNT || chosen.get('model').value === COUNT
  const { shapes, preset } = isCounted ? { shapes: null, preset: null } : basis(chosen, of('shared'), context)
  const binShapes = layers.flatMap(layer =>
    layer
      .get('bin_fit_type')
      .entries()
      .map(([key, place]) => ({ key, place, shapes: place.isWrong ? null : ofType(place, of('shared'), context) })),
  )
  const samples: readonly Sample[] = isCounted ? ['MC'] : preset === null ? ['DATA', 'MC'] : ['DATA']
  return {
    name,
    samples: of('samples').or(samples),
    isCounted,
    shapes,
    binShapes,
    parameters: layers.map(layer => layer.get('parameters')),
    binParameters: layers.map(layer => layer.get('bin_parameters')),
    prefit: isCounted ? null : prefitOf(of('prefit'), preset, chosen, inputs),
    place: model,
  }
}

/** The model that counts. */
const COUNT = 'count'

const BASES = ['fit_type', 'model', 'signal', 'background']

/** The shapes that a model, or `fit`, chooses. */
function basis(
  layer: Cursor,
  shared: Cursor,
  context: ShapeContext,
): { readonly shapes: ShapePair | null; readonly preset: Preset | null } {
  const none = { shapes: null, preset: null }
  if (layer.isWrong && BASES.some(key => layer.get(key).isWrong)) return none
  if (typeof layer.value === 'string') {
    const preset = own(PRESETS, layer.value)
    return preset === undefined
      ? { shapes: ofType(layer, shared, context), preset: null }
      : { shapes: ofPreset(layer, preset, shared, context), preset }
  }
  const [type, model] = [layer.get('fit_type'), layer.get('model')]
  const chosen = { signal: layer.get('signal'), background: layer.get('background') }
  if (!type.isAbsent && !model.isAbsent) {
    model.problem('and fit_type exclude each other. Remove one.')
    return none
  }
  const preset = model.isAbsent ? null : (own(PRESETS, model.or('')) ?? null)
  const base =
    preset !== null ? ofPreset(model, preset, shared, context) : type.isAbsent ? null : ofType(type, shared, context)
  if (base === null && preset === null && type.isAbsent && (chosen.signal.isAbsent || chosen.background.isAbsent)) {
    const what = 'has no shapes: give fit_type (dcb_cms), model (egm-nominal), or signal and background.'
    if (!layer.isAbsent) layer.problem(what)
    return none
  }
  const [signal, background] = (['signal', 'background'] as const).map(role =>
    chosen[role].isAbsent ? (base?.[role] ?? null) : shapesOf(role, chosen[role], context),
  ) as [Sides<ShapeChoice> | null, Sides<ShapeChoice> | null]
  if (signal === null || background === null) return { shapes: null, preset }
  return {
    shapes: {
      name: [signal, background].map(nameOf).join('_'),
      signal,
      background,
      shared: shared.or(base?.shared ?? null),
      signalStarts: chosen.signal.isAbsent ? (base?.signalStarts ?? {}) : {},
      backgroundStarts: chosen.background.isAbsent ? (base?.backgroundStarts ?? {}) : {},
      relative: chosen.signal.isAbsent ? (base?.relative ?? {}) : {},
    },
    preset,
  }
}

function nameOf({ pass, fail }: Sides<ShapeChoice>): string {
  return pass.shape === fail.shape ? pass.shape : `${pass.shape}-${fail.shape}`
}

function ofType(place: Cursor, shared: Cursor, context: ShapeContext): ShapePair | null {
  const names = splitFitType(place, String(place.value), context.own)
  if (names === null) return null
  const [signal, background] = [names.signal, names.background].map(name => plainShape(name, place, context))
  return {
    name: `${names.signal}_${names.background}`,
    signal: { pass: signal!, fail: signal! },
    background: { pass: background!, fail: background! },
    shared: shared.or(null),
    signalStarts: {},
    backgroundStarts: {},
    relative: {},
  }
}

function ofPreset(place: Cursor, preset: Preset, shared: Cursor, context: ShapeContext): ShapePair {
  const signal = {
    ...plainShape(preset.signal, place, context),
    failingFromPassingAbovePt: preset.failingFromPassingAbovePt ?? Infinity,
    tailRightAbovePt: preset.tailRightAbovePt ?? Infinity,
  }
  const background = plainShape(preset.background, place, context)
  return {
    name: `${preset.signal}_${preset.background}`,
    signal: { pass: signal, fail: signal },
    background: { pass: background, fail: background },
    shared: shared.or([]),
    signalStarts: preset.signalStarts,
    backgroundStarts: preset.backgroundStarts,
    relative: preset.relative ?? {},
  }
}

function prefitOf(
  given: Cursor,
  preset: Preset | null,
  chosen: Cursor,
  inputs: readonly FitInput[],
): PrefitChoice | null {
  if (given.isWrong || (given.isAbsent && preset?.prefit === undefined)) return null
  const labels = inputs.filter(input => input.sample === 'MC').map(input => input.label)
  const place = given.isAbsent ? chosen : given
  const named = given.get('label')
  const label = named.or<string | null>(labels.length === 1 ? labels[0]! : null)
  if (label === null) {
    place.problem(
      `needs simulation to be fitted before: give "prefit": {"label": ...}. Simulation: ${labels.join(', ') || 'none'}.`,
    )
    return null
  }
  if (!labels.includes(label)) {
    named.problem(`"${label}" is no label of simulation (${labels.join(', ')}).${nearestHint(label, labels)}`)
    return null
  }
  return {
    label,
    hasBackground: given.get('background').or(false),
    fixed: given.isAbsent ? (preset?.prefit?.fixed ?? {}) : {},
    parameters: given.isAbsent ? new Cursor({}, place.file, place.findings, place.path) : given.get('parameters'),
    hold: given.get('hold').or(preset?.prefit?.hold ?? []),
    place,
  }
}
