/** Starts, limits, held values and constraints of the parameters of one fit: those of the shapes, with the user's on top. */
import type { Cursor } from '../config/fitter.js'
import { nearestHint } from '../core/errors.js'
import { type PairModel, type Resonance, YIELDS } from '../fit/index.js'
import type { ParameterSettings } from './config.js'
import type { ShapePair } from './config-models.js'
import type { RelativeLimits } from './inputs.js'
import { type ModelSpec, placedParameters } from './model.js'
import { type ParameterStart, shapeStarts, startsOf } from './shape-starts.js'
import { loadUserShape } from './user-shape.js'

/** By parameter, as the fit names them. */
export interface Settings {
  readonly start: Readonly<Record<string, number>>
  readonly limits: Readonly<Record<string, readonly [number, number]>>
  readonly fixed: Readonly<Record<string, number>>
  readonly constraints: Readonly<Record<string, { readonly mean: number; readonly sigma: number }>>
  readonly relative: Readonly<Record<string, RelativeLimits>>
}

/** Settings by their places: each has to be of use to one fit at least, since bins may have other shapes. */
export type UsedPlaces = Map<string, { readonly place: Cursor; readonly known: readonly string[]; used: boolean }>

export interface SettingsContext {
  readonly resonance: Resonance
  readonly shapes: ShapePair
  /** The user's settings; the later ones count. */
  readonly layers: readonly Cursor[]
  readonly used: UsedPlaces
  /** Where a missing start is told. */
  readonly place: Cursor
}

/** Notes what is wrong at its place. */
export async function settingsOf(spec: ModelSpec, model: PairModel, context: SettingsContext): Promise<Settings> {
  const settings = await shapeSettings(spec, model, context)
  const names = [...YIELDS, ...placedParameters(model).map(({ name }) => name)]
  for (const layer of context.layers) applyLayer(settings, names, layer, context.used)
  for (const name of names.slice(YIELDS.length)) {
    if (settings.start[name] !== undefined || settings.fixed[name] !== undefined) continue
    const { place } = context
    const message = `the parameter ${name} has no start: give "parameters": {"${name}": {"start": ..., "limits": [..., ...]}}.`
    if (!place.findings.problems.some(problem => problem.message === message)) place.problem(message)
  }
  return settings
}

interface Target {
  readonly start: Record<string, number>
  readonly limits: Record<string, readonly [number, number]>
  readonly fixed: Record<string, number>
  readonly constraints: Record<string, { readonly mean: number; readonly sigma: number }>
  readonly relative: Record<string, RelativeLimits>
}

async function shapeSettings(spec: ModelSpec, model: PairModel, context: SettingsContext): Promise<Target> {
  const { shapes, resonance } = context
  const target: Target = { start: {}, limits: {}, fixed: {}, constraints: {}, relative: {} }
  const names = placedParameters(model).map(({ name }) => name)
  for (const [name, limits] of Object.entries(shapes.relative)) {
    // What both sides share has no limits relative to itself.
    if (names.includes(name) && names.includes(limits.to)) target.relative[name] = limits
  }
  for (const { name, role, side, parameter } of placedParameters(model)) {
    const { shape, module } = spec[role][side]
    const own = module === undefined ? shapeStarts(shape, side, resonance) : (await loadUserShape(shape, module)).starts
    const preset = startsOf(role === 'signal' ? shapes.signalStarts : shapes.backgroundStarts, side)
    const given: ParameterStart = preset[parameter] ?? own?.[parameter] ?? {}
    if (given.start !== undefined) target.start[name] = given.start
    if (given.limits !== undefined) target.limits[name] = given.limits
    if (given.fixed !== undefined) target.fixed[name] = given.fixed
  }
  return target
}

function applyLayer(target: Target, names: readonly string[], layer: Cursor, used: UsedPlaces): void {
  const entries = layer.entries().filter(([, place]) => !place.isWrong)
  // A name of both sides goes before that of one of them.
  const order = [...entries].sort(([a], [b]) => Number(names.includes(a)) - Number(names.includes(b)))
  for (const [name, place] of order) {
    const own = names.includes(name) ? [name] : [`${name}_pass`, `${name}_fail`].filter(one => names.includes(one))
    const key = place.path.join('\n')
    const before = used.get(key)
    used.set(key, { place, known: before?.known ?? names, used: own.length > 0 || before?.used === true })
    const relative = place.get('relative_limits')
    const to = relative.get('to').or('')
    if (!relative.isAbsent && own.length > 0 && !names.includes(to)) {
      note(relative.get('to'), `the fit has no parameter "${to}".${nearestHint(to, names)} All: ${names.join(', ')}.`)
    }
    for (const one of own) applyOne(target, one, place)
  }
}

function applyOne(target: Target, name: string, place: Cursor): void {
  const { start, limits, fixed, constraints } = target
  const given = place.value as ParameterSettings
  // What the user says of a parameter frees it.
  if (given.fixed === undefined && (given.start !== undefined || given.limits !== undefined)) delete fixed[name]
  if (given.limits !== undefined) {
    const [low, high] = given.limits
    if (!(low <= high)) note(place.get('limits'), `must ascend, got [${low}, ${high}].`)
    limits[name] = given.limits
    const at = start[name]
    if (at !== undefined) start[name] = Math.min(Math.max(at, low), high)
    else if (!(YIELDS as readonly string[]).includes(name)) start[name] = (low + high) / 2
  }
  if (given.start !== undefined) {
    const [low, high] = limits[name] ?? [-Infinity, Infinity]
    if (low <= high && !(given.start >= low && given.start <= high)) {
      const whose = given.limits === undefined ? ' of the shape: give limits as well' : ''
      note(place.get('start'), `${given.start} is outside of the limits ${low} to ${high}${whose}.`)
    }
    start[name] = given.start
  }
  if (given.fixed !== undefined) {
    fixed[name] = given.fixed
    start[name] = given.fixed
  }
  if (given.constraint !== undefined) constraints[name] = given.constraint
  if (given.relative_limits !== undefined) target.relative[name] = given.relative_limits
}

/** Once, though every bin has the same settings. */
function note(place: Cursor, message: string): void {
  const path = place.path.join('/')
  if (place.findings.problems.some(one => one.message === message && one.place.endsWith(path))) return
  place.problem(message)
}

/** Parameters that no fit has. */
export function noteUnused(used: UsedPlaces): void {
  for (const { place, known, used: isUsed } of used.values()) {
    if (isUsed) continue
    const name = String(place.path.at(-1))
    place.problem(`the fit has no such parameter.${nearestHint(name, known)} All: ${known.join(', ')}.`)
  }
}
