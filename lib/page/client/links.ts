/** From a bin of histograms or scale factors to its fits. */
import type { FitRow, PageModel } from '../model.js'
import type { Child } from './dom.js'
import { h } from './dom.js'
import { addressOf } from './view.js'

export interface FoundFit {
  readonly file: string
  readonly index: number
  readonly row: FitRow
}

type Ends = readonly [number | null, number | null]

/** Fits of the bin with these ranges. Axes are the same where their names end alike: pt, el_pt. */
export function fitsOfBin(model: PageModel, axes: readonly string[], ranges: readonly Ends[]): FoundFit[] {
  return (model.results?.fits ?? []).flatMap(({ id, fits }) =>
    fits.flatMap((row, index) => {
      const wanted = Object.entries(row.ranges)
      const isSame =
        wanted.length === axes.length &&
        axes.every((axis, k) =>
          wanted.some(
            ([name, [low, high]]) => isAlike(name, axis) && same(ranges[k]![0], low) && same(ranges[k]![1], high),
          ),
        )
      return isSame ? [{ file: id, index, row }] : []
    }),
  )
}

function isAlike(a: string, b: string): boolean {
  const last = (name: string) => name.toLowerCase().split('_').at(-1)
  return a === b || last(a) === last(b)
}

function same(a: number | null, b: number): boolean {
  return a !== null && Math.abs(a - b) < 1e-9 * Math.max(1, Math.abs(b))
}

export function fitLinks(found: readonly FoundFit[]): Child {
  return found.map(({ file, index, row }) => [
    h(
      'a',
      { href: addressOf('fits', file, String(index)), class: row.valid ? null : 'failed' },
      `${row.label}${row.fit === 'nominal' ? '' : ` ${row.fit}`}${row.valid ? '' : ' (failed)'}`,
    ),
    ' ',
  ])
}
