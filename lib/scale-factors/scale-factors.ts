/** Scale factors: the efficiency of data over that of simulation, bin by bin, with uncertainties by source. */
import { UsageError } from '../core/errors.js'
import { binRanges, type EfficiencyGrid, gridSize, isClose, type Range } from './grid.js'
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
  /** uncertainties: those of bins at eta and -eta are averaged. Default: none. */
  readonly symmetrise?: 'none' | 'uncertainties'
  /** Axis name -> ranges: bins within one of them are left out on purpose (the gap between barrel and endcaps). */
  readonly exclude?: Readonly<Record<string, readonly Range[]>>
}

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
  const mirror = options.symmetrise === 'uncertainties' ? mirroredBins(axes) : null
  const excluded = Array.from({ length: n }, (_, bin) => isExcluded(axes, bin, options.exclude ?? {}))
  const failure = Array.from({ length: n }, (_, bin) => (excluded[bin] ? null : failureOf(inputs, bin)))
  const status = failure.map((why, bin) => (excluded[bin] ? 'excluded' : why === null ? 'ok' : 'failed'))
  const given = status.map((s, bin) => (s === 'ok' ? binInputs(inputs, bin) : null))
  const combined = given.map(bin => (bin === null ? null : COMBINE[options.scheme](bin)))
  const parts = given.map((bin, k) => (bin === null ? null : partsOf(bin, combined[k]!)))
  const averaged = mirror === null ? parts : parts.map((own, bin) => average(own, parts[mirror[bin]!]!))
  const column = (of: (bin: BinInputs, made: BinUncertainties, parts: Parts) => number) =>
    Float64Array.from(given, (bin, k) => (bin === null ? NaN : tableValue(of(bin, combined[k]!, averaged[k]!))))
  const names = Object.keys(averaged.find(part => part !== null) ?? {})
  const quadrature = (side: 'up' | 'down', which: readonly string[]) =>
    column((bin, _, part) => Math.hypot(...which.map(name => part[name]![side])) / bin.mc)
  const both = (which: readonly string[]): Uncertainty => ({
    up: quadrature('up', which),
    down: quadrature('down', which),
  })
  const statistical = names.filter(isStatistical)
  const systematic = names.filter(name => !isStatistical(name))
  const deviations = Object.keys(combined.find(made => made !== null)?.deviations ?? {}) as DeviationName[]
  return {
    scheme: options.scheme,
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

/** Numbers of 15 digits: every reader of JSON makes the same double of them, correctionlib's as well, which rounds longer
 *  ones by its own rules. */
export function tableValue(x: number): number {
  return Number(Math.abs(x) < 1e-7 ? x.toFixed(22) : x.toPrecision(15))
}

type Parts = Readonly<Record<string, { readonly up: number; readonly down: number }>>

function partsOf(bin: BinInputs, { systematics }: BinUncertainties): Parts {
  return {
    statData: { up: bin.dataUp, down: bin.dataDown },
    statMC: { up: bin.mcDown, down: bin.mcUp },
    ...Object.fromEntries(Object.entries(systematics).map(([name, x]) => [name, { up: x, down: x }])),
  }
}

function isStatistical(name: string): boolean {
  return name === 'statData' || name === 'statMC'
}

/** Where the other side has no uncertainties, the own ones stay. */
function average(own: Parts | null, other: Parts | null): Parts | null {
  if (own === null || other === null) return own
  const mean = (a: number, b: number) => (a + b) / 2
  return Object.fromEntries(
    Object.entries(own).map(([name, { up, down }]) => [
      name,
      { up: mean(up, other[name]!.up), down: mean(down, other[name]!.down) },
    ]),
  )
}

function mirroredBins([eta, pt]: EfficiencyGrid['axes']): readonly number[] {
  const n = eta.edges.length - 1
  const m = pt.edges.length - 1
  if (!eta.edges.every((edge, i) => isClose(edge, -eta.edges[n - i]!))) {
    const message = `the edges of ${eta.name} (${eta.edges.join(', ')}) are not the same at both sides of 0. Set it to "none".`
    throw new UsageError([{ place: 'symmetrise', message }])
  }
  return Array.from({ length: n * m }, (_, bin) => (n - 1 - Math.floor(bin / m)) * m + (bin % m))
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
