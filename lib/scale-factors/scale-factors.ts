/** Scale factors: the efficiency of data over that of simulation, bin by bin, with uncertainties by source. */
import { nearestHint, type Problem, UsageError } from '../core/errors.js'
import { isClose } from '../hist/index.js'
import { binRanges, type EfficiencyGrid, gridSize, type Range } from './grid.js'
import { averageInputs, averageParts, isStatistical, mirroredBins, type Parts, partsOf, smoothParts } from './parts.js'
import {
  type BinInputs,
  type BinUncertainties,
  COMBINE,
  type DeviationName,
  type Inputs,
  type Scheme,
} from './sources.js'

export interface ScaleFactorOptions {
  readonly scheme: Scheme
  /** What becomes the same at eta and -eta; default: none. */
  readonly symmetrise?: Symmetrise
  /** Axis name -> sources whose uncertainties are smoothed along it. */
  readonly smooth?: Readonly<Record<string, readonly string[]>>
  /** Axis name -> ranges: bins within one of them are left out on purpose (the gap between barrel and endcaps). */
  readonly exclude?: Readonly<Record<string, readonly Range[]>>
}

/** uncertainties: each becomes the mean of both sides. differences: so do the statistical ones, and every alternative is compared
 *  with the nominal after both have been averaged; as the standard tool's older releases do. In both, efficiencies and scale factors
 *  stay. efficiencies: all efficiencies are averaged first, with sqrt(a^2 + b^2)/2 of the statistical uncertainties. */
export type Symmetrise = (typeof SYMMETRISE)[number]

export const SYMMETRISE = ['none', 'uncertainties', 'differences', 'efficiencies'] as const

/** Distances from the scale factor, not negative. */
export interface Uncertainty {
  readonly up: Float64Array
  readonly down: Float64Array
}

export interface Source extends Uncertainty {
  /** statData, statMC, altSignal, altBackground, altMC, altTag, model. */
  readonly name: string
  readonly kind: 'statistical' | 'systematic'
}

/** Arrays have an element a bin, in the grid's order; NaN where the status is not ok. */
export interface ScaleFactors {
  readonly scheme: Scheme
  /** What was done across bins, for people: `symmetrised: differences`. */
  readonly treatment: readonly string[]
  readonly axes: EfficiencyGrid['axes']
  readonly status: readonly ('ok' | 'failed' | 'excluded')[]
  /** Why a bin failed; null for others. */
  readonly failure: readonly (string | null)[]
  /** The efficiency that is divided: nominal, or the mean. */
  readonly dataEfficiency: Float64Array
  readonly mcEfficiency: Float64Array
  readonly scaleFactor: Float64Array
  readonly sources: readonly Source[]
  /** Sources of a kind, and all of them, in quadrature. */
  readonly statistical: Uncertainty
  readonly systematic: Uncertainty
  readonly total: Uncertainty
  /** By how much each alternative's efficiency differs, with its sign, divided by the efficiency of simulation. */
  readonly deviations: Partial<Readonly<Record<DeviationName, Float64Array>>>
  readonly inputs: Inputs
}

/** Every uncertainty is one of an efficiency divided by the efficiency of simulation, as the standard tool divides it. Upwards,
 *  simulation counts with its lower side. A bin fails where any input has failed there, or no probe of the simulation
 *  passes. Throws UsageError where the bins cannot be symmetrised. */
export function scaleFactors(inputs: Inputs, options: ScaleFactorOptions): ScaleFactors {
  const { axes } = inputs.data.nominal
  const n = gridSize(axes)
  const { symmetrise = 'none' } = options
  const mirror = symmetrise === 'none' ? null : mirroredBins(axes)
  const excluded = Array.from({ length: n }, (_, bin) => isExcluded(axes, bin, options.exclude ?? {}))
  const failure = Array.from({ length: n }, (_, bin) => (excluded[bin] ? null : failureOf(inputs, bin)))
  const status = failure.map((why, bin) => (excluded[bin] ? 'excluded' : why === null ? 'ok' : 'failed'))
  const measured = status.map((s, bin) => (s === 'ok' ? binInputs(inputs, bin) : null))
  const across = (of: 'average' | 'independent') =>
    measured.map((own, bin) => own && averageInputs(own, measured[mirror![bin]!]!, of))
  const given = symmetrise === 'efficiencies' ? across('independent') : measured
  const combine = (bin: BinInputs | null) => bin && COMBINE[options.scheme](bin)
  const combined = given.map(combine)
  // What uncertainties are made of, and the efficiency of simulation that they are divided by.
  const basis = symmetrise === 'differences' ? across('average') : given
  const made = basis.map(bin => bin && partsOf(bin, combine(bin)!))
  const averaged =
    symmetrise === 'uncertainties' ? made.map((own, bin) => own && averageParts(own, made[mirror![bin]!]!)) : made
  const parts = smoothed(averaged, axes, options.smooth ?? {})
  const column = (of: (bin: BinInputs, made: BinUncertainties, k: number) => number) =>
    Float64Array.from(given, (bin, k) => (bin === null ? NaN : tableValue(of(bin, combined[k]!, k))))
  const names = Object.keys(parts.find(part => part !== null) ?? {})
  const quadrature = (side: 'up' | 'down', which: readonly string[]) =>
    column((_, __, k) => Math.hypot(...which.map(name => parts[k]![name]![side])) / basis[k]!.mc)
  const both = (which: readonly string[]): Uncertainty => ({
    up: quadrature('up', which),
    down: quadrature('down', which),
  })
  const statistical = names.filter(isStatistical)
  const systematic = names.filter(name => !isStatistical(name))
  const deviations = Object.keys(combined.find(made => made !== null)?.deviations ?? {}) as DeviationName[]
  return {
    scheme: options.scheme,
    treatment: [
      ...(symmetrise === 'none' ? [] : [`symmetrised in ${axes[0].name}: ${symmetrise}`]),
      ...Object.entries(options.smooth ?? {}).map(([axis, names]) => `smoothed along ${axis}: ${names.join(', ')}`),
    ],
    axes,
    status: status as ScaleFactors['status'],
    failure,
    dataEfficiency: column((_, made) => made.data),
    mcEfficiency: column(bin => bin.mc),
    scaleFactor: column((bin, made) => made.data / bin.mc),
    sources: names.map(name => ({ name, kind: isStatistical(name) ? 'statistical' : 'systematic', ...both([name]) })),
    statistical: both(statistical),
    systematic: both(systematic),
    total: both(names),
    deviations: Object.fromEntries(
      deviations.map(name => [name, column((bin, made) => made.deviations[name]! / bin.mc)]),
    ),
    inputs,
  }
}

/** Throws UsageError for axes that there are not, and for sources that cannot be smoothed. */
function smoothed(
  parts: readonly (Parts | null)[],
  axes: EfficiencyGrid['axes'],
  smooth: Readonly<Record<string, readonly string[]>>,
): readonly (Parts | null)[] {
  const known = Object.keys(parts.find(part => part !== null) ?? {}).filter(name => !isStatistical(name))
  const problems: Problem[] = []
  let made = parts
  for (const [name, sources] of Object.entries(smooth)) {
    const axis = axes.findIndex(a => a.name === name)
    const names = axes.map(a => a.name)
    if (axis < 0) {
      const message = `is no axis of the scale factors (${names.join(', ')}).${nearestHint(name, names)}`
      problems.push({ place: `smooth/${name}`, message })
    }
    for (const source of sources.filter(s => parts.some(part => part !== null) && !known.includes(s))) {
      const message = `"${source}" is no systematic uncertainty of these (${known.join(', ')}).${nearestHint(source, known)}`
      problems.push({ place: `smooth/${name}`, message })
    }
    if (problems.length === 0) made = smoothParts(made, axes, axis as 0 | 1, sources)
  }
  if (problems.length > 0) throw new UsageError(problems)
  return made
}

/** Numbers of 15 digits: every reader of JSON makes the same double of them, correctionlib's as well, which rounds longer
 *  ones by its own rules. */
export function tableValue(x: number): number {
  return Number(Math.abs(x) < 1e-7 ? x.toFixed(22) : x.toPrecision(15))
}

function isExcluded(
  axes: EfficiencyGrid['axes'],
  bin: number,
  exclude: Readonly<Record<string, readonly Range[]>>,
): boolean {
  return binRanges(axes, bin).some(([lower, upper], a) =>
    (exclude[axes[a]!.name] ?? []).some(
      ([from, to]) => (lower >= from || isClose(lower, from)) && (upper <= to || isClose(upper, to)),
    ),
  )
}

/** Every reason, joined. */
function failureOf({ data, mc }: Inputs, bin: number): string | null {
  const reasons = [
    ...Object.entries(data).map(([name, grid]) => [`data ${name}`, grid] as const),
    ...Object.entries(mc).map(([name, grid]) => [`MC ${name}`, grid] as const),
  ].flatMap(([name, grid]) =>
    grid === undefined || grid.failure[bin] === null ? [] : [`${name}: ${grid.failure[bin]}`],
  )
  if (reasons.length === 0 && mc.nominal.efficiency[bin] === 0) reasons.push('MC nominal: the efficiency is 0')
  return reasons.length === 0 ? null : reasons.join('; ')
}

function binInputs({ data, mc }: Inputs, bin: number): BinInputs {
  return {
    data: data.nominal.efficiency[bin]!,
    dataUp: data.nominal.up[bin]!,
    dataDown: data.nominal.down[bin]!,
    altSignal: data.altSignal?.efficiency[bin],
    altBackground: data.altBackground?.efficiency[bin],
    altSignalBackground: data.altSignalBackground?.efficiency[bin],
    mc: mc.nominal.efficiency[bin]!,
    mcUp: mc.nominal.up[bin]!,
    mcDown: mc.nominal.down[bin]!,
    altMC: mc.altMC?.efficiency[bin],
    altTag: mc.altTag?.efficiency[bin],
  }
}
