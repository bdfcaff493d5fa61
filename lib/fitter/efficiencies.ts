/** Fits as tables of efficiencies, which scale factors are made of: one table a label and model, LABEL/nominal; DATA/LABEL/nominal
 *  where data and simulation have the same label. */
import { UsageError } from '../core/errors.js'
import type { NamedGrid } from '../formats/scale-factors/index.js'
import { emptyGrid } from '../scale-factors/index.js'
import type { BinFit } from './bin-fit.js'

/** Bins that were not fitted, and fits that are not valid, are failed ones. Throws UsageError where the bins are none of two
 *  variables. */
export function efficiencyTables(fits: readonly BinFit[]): NamedGrid[] {
  const tables = new Map<string, BinFit[]>()
  for (const fit of fits) {
    const isShared = fits.some(other => other.label === fit.label && other.sample !== fit.sample)
    const name = `${isShared ? `${fit.sample}/` : ''}${fit.label}/${fit.fit}`
    tables.set(name, [...(tables.get(name) ?? []), fit])
  }
  return [...tables].map(([name, own]) => ({ name, method: methodOf(own), grid: gridOf(name, own) }))
}

function methodOf(fits: readonly BinFit[]): string {
  return `fit, ${[...new Set(fits.map(fit => fit.shapes))].join(', ')}`
}

/** Edges are those of the ranges: two variables, bins without gaps. */
function gridOf(name: string, fits: readonly BinFit[]): NamedGrid['grid'] {
  const [x, y, ...more] = Object.keys(fits[0]!.ranges)
  if (x === undefined || y === undefined || more.length > 0) {
    const known = Object.keys(fits[0]!.ranges).join(', ') || 'none'
    const message = `its bins have the variables ${known}; tables of efficiencies have two, as eta and pt. Fit histograms of both.`
    throw new UsageError([{ place: name, message }])
  }
  for (const { bin, ranges } of fits) {
    if (ranges[x] !== undefined && ranges[y] !== undefined) continue
    const message = `bin ${bin} has no range of ${ranges[x] === undefined ? x : y}, as others have.`
    throw new UsageError([{ place: name, message }])
  }
  const axes = [axisOf(name, x, fits), axisOf(name, y, fits)] as const
  const m = axes[1].edges.length - 1
  const grid = emptyGrid(axes, 'was not fitted')
  for (const fit of fits) {
    const bin = axes[0].edges.indexOf(fit.ranges[x]![0]) * m + axes[1].edges.indexOf(fit.ranges[y]![0])
    grid.origin[bin] = `${name}/${fit.bin}`
    const { value, down, up } = uncertain(fit)
    grid.failure[bin] = failureOf(fit, value, down)
    if (grid.failure[bin] !== null) continue
    grid.efficiency[bin] = value!
    grid.up[bin] = up!
    grid.down[bin] = down!
  }
  return grid
}

function axisOf(table: string, name: string, fits: readonly BinFit[]) {
  const upper = new Map(fits.map(({ ranges }) => ranges[name]!))
  const lows = [...upper.keys()].sort((a, b) => a - b)
  const edges = lows.flatMap((low, k) => {
    const high = upper.get(low)!
    const next = lows[k + 1]
    // A bin that was left out leaves a gap, which is a bin as well.
    if (next === undefined || next > high) return [low, high]
    if (next < high) {
      const message = `bins of ${name} overlap: ${low} to ${high}, and from ${next}.`
      throw new UsageError([{ place: table, message }])
    }
    return [low]
  })
  return { name, label: name, edges: [...new Set(edges)] }
}

/** Distances to the ends of the profile interval: to a limit where it ends there; the HESSE error where there is no interval. */
function uncertain({ efficiency: { value, error, down, up } }: BinFit) {
  if (value === null || (down === null && up === null)) return { value, down: error, up: error }
  return { value, down: Math.abs(down ?? value), up: up ?? 1 - value }
}

function failureOf(fit: BinFit, value: number | null, down: number | null): string | null {
  if (!fit.valid) return fit.problems.join('; ') || 'is not valid'
  return value === null || down === null ? 'has no uncertainty' : null
}
