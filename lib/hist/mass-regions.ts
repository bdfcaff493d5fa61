/** Regions of the probes' mass: the window in which probes count, and side bands from which the background below them is told. */
import { type Axis, axisEdges } from './axis.js'

/** GeV; the lower end belongs to it, the upper one does not. */
export type MassRange = readonly [lower: number, upper: number]

export interface Sidebands {
  /** Below the window. */
  readonly low: MassRange
  /** Above it. */
  readonly high: MassRange
}

/** The axis that histograms have on top where cut_and_count is false. */
export const MASS_AXIS = 'mll'

export const SIDEBAND_WINDOW: MassRange = [81, 101]
export const SIDEBANDS: Sidebands = { low: [60, 75], high: [110, 130] }

/** First bin, and the bin after the last one; null where an end of the range is no edge. */
export function rangeBins(axis: Axis, [lower, upper]: MassRange): readonly [first: number, stop: number] | null {
  const edges = axisEdges(axis)
  const first = edges.findIndex(edge => isClose(edge, lower))
  const stop = edges.findIndex(edge => isClose(edge, upper))
  return first < 0 || stop <= first ? null : [first, stop]
}

/** Whether two edges are the same. Those of regular axes are computed: 1e-9 is rounding. */
export function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
}

/** What is wrong with a window and bands that are asked for, whatever the histograms. */
export function regionProblems(window: MassRange, sidebands?: Sidebands): string[] {
  const ranges = {
    'mass window': window,
    ...(sidebands && { 'low side band': sidebands.low, 'high side band': sidebands.high }),
  }
  const problems = Object.entries(ranges)
    .filter(([, [lower, upper]]) => !(lower < upper))
    .map(([name, range]) => `the ${name} [${range.join(', ')}] does not ascend.`)
  if (sidebands === undefined || problems.length > 0) return problems
  if (sidebands.low[1] > window[0]) problems.push(overlap('low side band', sidebands.low, window))
  if (sidebands.high[0] < window[1]) problems.push(overlap('high side band', sidebands.high, window))
  return problems
}

function overlap(name: string, band: MassRange, window: MassRange): string {
  const side = name.startsWith('low') ? 'below' : 'above'
  return `the ${name} [${band.join(', ')}] is not ${side} the mass window [${window.join(', ')}].`
}

/** What is wrong with a range on the axis of the mass; null: nothing. */
export function rangeProblem(name: string, axis: Axis, range: MassRange): string | null {
  if (rangeBins(axis, range) !== null) return null
  const edges = axisEdges(axis)
  const bins = `${edges.length - 1} bins from ${edges[0]} to ${edges.at(-1)} GeV`
  return `the ${name} [${range.join(', ')}] does not begin and end at edges of its ${axis.name} (${bins}).`
}
