/** What each source makes one bin's efficiencies uncertain by, and what is done to these numbers across bins on request: averages
 *  of both sides of eta, and smoothing along an axis. */
import { UsageError } from '../core/errors.js'
import { isClose } from '../hist/index.js'
import type { EfficiencyGrid } from './grid.js'
import type { BinInputs, BinUncertainties } from './sources.js'

/** Source -> absolute uncertainty of an efficiency, not negative. */
export type Parts = Readonly<Record<string, { readonly up: number; readonly down: number }>>

/** Upwards, simulation counts with its lower side. */
export function partsOf(bin: BinInputs, { systematics }: BinUncertainties): Parts {
  return {
    statData: { up: bin.dataUp, down: bin.dataDown },
    statMC: { up: bin.mcDown, down: bin.mcUp },
    ...Object.fromEntries(Object.entries(systematics).map(([name, x]) => [name, { up: x, down: x }])),
  }
}

export function isStatistical(name: string): boolean {
  return name === 'statData' || name === 'statMC'
}

/** Both sides' means. Where the other side has none, the own ones stay. */
export function averageParts(own: Parts, other: Parts | null): Parts {
  if (other === null) return own
  const mean = (a: number, b: number) => (a + b) / 2
  return Object.fromEntries(
    Object.entries(own).map(([name, { up, down }]) => [
      name,
      { up: mean(up, other[name]!.up), down: mean(down, other[name]!.down) },
    ]),
  )
}

/** Statistical uncertainties of both sides: of one measurement in two halves, or of their mean. */
export type StatisticalMean = 'average' | 'independent'

/** Both sides' means of every efficiency. Of the statistical uncertainties a, b: (a + b)/2, or sqrt(a^2 + b^2)/2. */
export function averageInputs(own: BinInputs, other: BinInputs | null, statistical: StatisticalMean): BinInputs {
  if (other === null) return own
  const mean = (a: number, b: number) => (a + b) / 2
  const meanOf = (name: string) => (/Up$|Down$/.test(name) && statistical === 'independent' ? halfHypot : mean)
  const entries = Object.entries(own) as [keyof BinInputs, number | undefined][]
  return Object.fromEntries(
    entries.map(([name, x]) => [name, x === undefined ? undefined : meanOf(name)(x, other[name]!)]),
  ) as unknown as BinInputs
}

function halfHypot(a: number, b: number): number {
  return Math.hypot(a, b) / 2
}

/** The bin at -eta of each bin. Throws UsageError where the edges have no such bins. */
export function mirroredBins([eta, pt]: EfficiencyGrid['axes']): readonly number[] {
  const n = eta.edges.length - 1
  const m = pt.edges.length - 1
  if (!eta.edges.every((edge, i) => isClose(edge, -eta.edges[n - i]!))) {
    const message = `the edges of ${eta.name} (${eta.edges.join(', ')}) are not the same at both sides of 0. Set it to "none".`
    throw new UsageError([{ place: 'symmetrise', message }])
  }
  return Array.from({ length: n * m }, (_, bin) => (n - 1 - Math.floor(bin / m)) * m + (bin % m))
}

/** Each source's uncertainty becomes (2 own + neighbours) / (2 + number of neighbours) along the axis: with both neighbours, weights of
 *  1/4, 1/2, 1/4. Bins without uncertainties are no neighbours. */
export function smoothParts(
  parts: readonly (Parts | null)[],
  axes: EfficiencyGrid['axes'],
  axis: 0 | 1,
  sources: readonly string[],
): (Parts | null)[] {
  const m = axes[1].edges.length - 1
  const place = (bin: number) => (axis === 0 ? Math.floor(bin / m) : bin % m)
  const step = axis === 0 ? m : 1
  const last = axes[axis].edges.length - 2
  return parts.map((own, bin) => {
    if (own === null) return null
    const at = place(bin)
    const neighbours = [at > 0 ? parts[bin - step] : null, at < last ? parts[bin + step] : null].filter(
      part => part !== null && part !== undefined,
    )
    const smooth = (name: string, side: 'up' | 'down') =>
      neighbours.reduce((sum, part) => sum + part[name]![side], 2 * own[name]![side]) / (2 + neighbours.length)
    return Object.fromEntries(
      Object.entries(own).map(([name, part]) => [
        name,
        sources.includes(name) ? { up: smooth(name, 'up'), down: smooth(name, 'down') } : part,
      ]),
    )
  })
}
