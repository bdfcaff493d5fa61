/** Shapes as a configuration chooses them: by name, or with where their histograms come from and how they depend on pt. */
import { type Cursor, show } from '../config/fitter.js'
import { nearestHint } from '../core/errors.js'
import type { Sides, TailSide } from '../fit/index.js'
import type { FitInput } from './inputs.js'
import { BACKGROUNDS, SIGNALS, TAILED, TEMPLATES } from './shape-starts.js'

/** Where the histogram of a template comes from. */
export type TemplateSource =
  | { readonly kind: 'simulation'; readonly label: string }
  | { readonly kind: 'file'; readonly file: string; readonly name: string | null }
  | { readonly kind: 'breit-wigner' }

export interface ShapeChoice {
  readonly shape: string
  readonly template: TemplateSource | null
  /** pt (GeV) from which the failing template is that of passing probes. */
  readonly failingFromPassingAbovePt: number
  readonly tail: TailSide
  /** pt (GeV) from which the tail is on the right. */
  readonly tailRightAbovePt: number
  /** Where the configuration chooses it: what is wrong with its histograms is noted here. */
  readonly place: Cursor
}

/** What shapes are read with. */
export interface ShapeContext {
  readonly inputs: readonly FitInput[]
  /** Names of the user's own shapes. */
  readonly own: readonly string[]
  /** `template` of the model, if it has one. */
  readonly template: Cursor
}

export type Role = 'signal' | 'background'

export function shapeNames(role: Role, own: readonly string[]): readonly string[] {
  return [...(role === 'signal' ? SIGNALS : BACKGROUNDS), ...own]
}

/** dcb_cms: the names of signal and background; null, with a problem at the place, where they are none. */
export function splitFitType(place: Cursor, type: string, own: readonly string[]): Record<Role, string> | null {
  const signals = shapeNames('signal', own)
  const backgrounds = shapeNames('background', own)
  for (const signal of signals) {
    const background = type.slice(signal.length + 1)
    if (type.startsWith(`${signal}_`) && backgrounds.includes(background)) return { signal, background }
  }
  const pairs = signals.flatMap(s => backgrounds.map(b => `${s}_${b}`))
  const wanted = `Signals: ${signals.join(', ')}; backgrounds: ${backgrounds.join(', ')}.`
  place.problem(`unknown shapes "${type}".${nearestHint(type, pairs)} ${wanted}`)
  return null
}

/** A shape by its name alone. */
export function plainShape(shape: string, place: Cursor, context: ShapeContext): ShapeChoice {
  const template = TEMPLATES.includes(shape) ? defaultTemplate(shape, place, context) : null
  const never = Infinity
  return { shape, template, failingFromPassingAbovePt: never, tail: 'left', tailRightAbovePt: never, place }
}

/** `signal` or `background` of a model; null where it is wrong. */
export function shapesOf(role: Role, place: Cursor, context: ShapeContext): Sides<ShapeChoice> | null {
  const sides = [place.get('pass'), place.get('fail')] as const
  if (sides.every(side => side.isAbsent)) {
    const shape = oneShape(role, place, context)
    return shape === null ? null : { pass: shape, fail: shape }
  }
  if (!place.get('shape').isAbsent) place.get('shape').problem('and pass, fail exclude each other. Remove one.')
  const [pass, fail] = sides.map(side => oneShape(role, side, context)) as [ShapeChoice | null, ShapeChoice | null]
  return pass === null || fail === null ? null : { pass, fail }
}

function oneShape(role: Role, place: Cursor, context: ShapeContext): ShapeChoice | null {
  if (place.isAbsent) place.problem('is missing: both "pass" and "fail" need a shape.')
  if (place.isWrong) return null
  const isText = typeof place.value === 'string'
  const named = isText ? place : place.get('shape')
  const names = shapeNames(role, context.own)
  const shape = named.or('')
  if (named.isAbsent) place.problem(`has no "shape". All: ${names.join(', ')}.`)
  else if (!names.includes(shape)) {
    named.problem(`unknown shape ${show(shape)}.${nearestHint(shape, names)} All: ${names.join(', ')}.`)
  }
  if (place.isWrong) return null
  const plain = plainShape(shape, place, { ...context, template: isText ? context.template : fromOf(place, context) })
  if (isText) return plain
  onlyFor(place, ['from', 'failing_from_passing_above_pt'], shape, TEMPLATES)
  onlyFor(place, ['tail', 'tail_right_above_pt'], shape, TAILED)
  return {
    ...plain,
    failingFromPassingAbovePt: place.get('failing_from_passing_above_pt').or(Infinity),
    tail: place.get('tail').or<TailSide>('left'),
    tailRightAbovePt: place.get('tail_right_above_pt').or(Infinity),
  }
}

function fromOf(place: Cursor, context: ShapeContext): Cursor {
  const from = place.get('from')
  return from.isAbsent ? context.template : from
}

function onlyFor(place: Cursor, keys: readonly string[], shape: string, shapes: readonly string[]): void {
  if (shapes.includes(shape)) return
  for (const key of keys) {
    if (!place.get(key).isAbsent)
      place.get(key).problem(`is for ${shapes.join(' and ')} alone, not for "${shape}". Remove it.`)
  }
}

/** What `from` or `template` says; without them the line of the Z for `templateCbExGauss`, else the only simulation. */
function defaultTemplate(shape: string, place: Cursor, context: ShapeContext): TemplateSource | null {
  const given = context.template
  // The model's template is one at the level of the detector, that of templateCbExGauss one of the generator.
  if (shape === 'templateCbExGauss' && given.path.at(-1) !== 'from') return { kind: 'breit-wigner' }
  if (given.isWrong) return null
  if (typeof given.value === 'object' && given.value !== null) {
    return { kind: 'file', file: given.get('file').or(''), name: given.get('name').or<string | null>(null) }
  }
  const labels = context.inputs.filter(input => input.sample === 'MC').map(input => input.label)
  const label = given.or<string | null>(null)
  if (label === 'breit-wigner') return { kind: 'breit-wigner' }
  if (label === null && labels.length === 1) return { kind: 'simulation', label: labels[0]! }
  const all = labels.length === 0 ? 'The input has no simulation (root_files_MC).' : `Simulation: ${labels.join(', ')}.`
  if (label === null) {
    if (!place.isWrong) place.problem(`needs a template: give "template", the label of one, or {"file": ...}. ${all}`)
    return null
  }
  if (labels.includes(label)) return { kind: 'simulation', label }
  given.problem(`"${label}" is no label of simulation.${nearestHint(label, labels)} ${all} A file is {"file": ...}.`)
  return null
}
