/** How the page tells of a fit. */
import type { FitRow } from '../model.js'
import { badge } from './badge.js'
import type { Child } from './dom.js'
import { range, withSides } from './format.js'

export function efficiencyText({ efficiency, error, down, up }: FitRow): string {
  return down === null && up === null ? withSides(efficiency, error, error) : withSides(efficiency, down, up)
}

export function perNdof({ q, ndof }: FitRow): number | null {
  return q !== null && ndof !== null && ndof > 0 ? q / ndof : null
}

/** "bin2" of "bin2_el_pt_20p00To40p00", where the ranges are told beside it. */
export function binName({ bin, ranges }: FitRow): string {
  return Object.keys(ranges).length > 0 ? bin.replace(/^(bin\d+)_.*$/, '$1') : bin
}

/** "pt 20 to 45", one an axis. */
export function rangesOf({ ranges }: FitRow): string[] {
  return Object.entries(ranges).map(([axis, ends]) => `${axis} ${range(ends)}`)
}

export function stateOf({ valid, problems, atLimit }: FitRow): Child {
  if (!valid) return badge('bad', 'failed', problems.join('; '))
  if (atLimit.length === 0) return badge('good', 'ok')
  return badge('plain', `at limit: ${atLimit.join(', ')}`)
}
