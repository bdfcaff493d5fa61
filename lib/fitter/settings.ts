/** Starts, limits and held values of the parameters of one fit: those of the shapes, with the user's on top. */
import { nearestHint, type Problem, UsageError } from '../core/errors.js'
import { layoutOf, type Resonance, referenceStart } from '../fit/index.js'
import type { FitterConfig } from './config.js'
import { type ModelSpec, pairModel } from './model.js'

/** By parameter, as the fit names them. */
export interface Settings {
  readonly start: Readonly<Record<string, number>>
  readonly limits: Readonly<Record<string, readonly [number, number]>>
  readonly fixed: Readonly<Record<string, number>>
}

/** Every parameter is known: a UsageError names those that are not. */
export function settingsOf(
  model: ModelSpec,
  config: Pick<FitterConfig, 'resonance' | 'parameters' | 'binParameters'>,
  label: string,
  bin: string,
): Settings {
  const start: Record<string, number> = {}
  const limits: Record<string, readonly [number, number]> = {}
  const fixed: Record<string, number> = {}
  defaults(model, config.resonance, { start, limits, fixed })
  const { names } = layoutOf(pairModel(model))
  const problems: Problem[] = []
  const { parameters, binParameters } = config
  for (const [place, settings] of [
    ['fit/parameters', parameters],
    [`fit/bin_parameters/${bin}`, binParameters[bin] ?? {}],
    [`fit/bin_parameters/${label}/${bin}`, binParameters[`${label}/${bin}`] ?? {}],
  ] as const) {
    for (const [name, one] of Object.entries(settings)) {
      if (!names.includes(name)) {
        problems.push({
          place: `${place}/${name}`,
          message: `the fit has no such parameter.${nearestHint(name, names)} All: ${names.join(', ')}.`,
        })
        continue
      }
      // What the user says of a parameter frees it.
      if (one.fixed === undefined) delete fixed[name]
      if (one.limits !== undefined) {
        limits[name] = one.limits
        const at = start[name]
        if (at !== undefined) start[name] = Math.min(Math.max(at, one.limits[0]), one.limits[1])
      }
      if (one.start !== undefined) start[name] = one.start
      if (one.fixed !== undefined) fixed[name] = one.fixed
    }
  }
  if (problems.length > 0) throw new UsageError(problems)
  return { start, limits, fixed }
}

interface Target {
  readonly start: Record<string, number>
  readonly limits: Record<string, readonly [number, number]>
  readonly fixed: Record<string, number>
}

function defaults({ signal, background, shared }: ModelSpec, resonance: Resonance, target: Target): void {
  const isShared = new Set(shared)
  for (const [shapes, prefix] of [
    [signal, ''],
    [background, 'bkg_'],
  ] as const) {
    for (const side of ['pass', 'fail'] as const) {
      const given = referenceStart(shapes[side].shape, resonance)
      for (const key of ['start', 'limits', 'fixed'] as const) {
        for (const [parameter, value] of Object.entries(given[key])) {
          const name = `${prefix}${parameter}`
          target[key][isShared.has(name) ? name : `${name}_${side}`] = value
        }
      }
    }
  }
}
