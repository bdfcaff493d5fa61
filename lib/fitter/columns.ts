/** Fits as a table: one row a fit, the ranges of the bins and the parameters as columns of their own. */
import type { BinFit } from './bin-fit.js'

export type Cell = string | number | boolean | null

export interface FitColumn {
  readonly name: string
  readonly kind: 'text' | 'number' | 'whole' | 'flag'
  /** One a fit; null: the fit has no such number. */
  readonly cells: readonly Cell[]
}

/** Columns in the order of the results: what was fitted, the efficiency, the quality, then each parameter and its error. */
export function fitColumns(fits: readonly BinFit[]): FitColumn[] {
  const column = (name: string, kind: FitColumn['kind'], of: (fit: BinFit) => Cell): FitColumn => ({
    name,
    kind,
    cells: fits.map(of),
  })
  const axes = new Set(fits.flatMap(fit => Object.keys(fit.ranges)))
  const parameters = new Set(fits.flatMap(fit => fit.parameters.map(p => p.name)))
  const parameter = (fit: BinFit, name: string) => fit.parameters.find(p => p.name === name)
  return [
    column('fit', 'text', fit => fit.fit),
    column('sample', 'text', fit => fit.sample),
    column('label', 'text', fit => fit.label),
    column('bin', 'text', fit => fit.bin),
    ...[...axes].flatMap(axis => [
      column(`${axis}_low`, 'number', fit => fit.ranges[axis]?.[0] ?? null),
      column(`${axis}_high`, 'number', fit => fit.ranges[axis]?.[1] ?? null),
    ]),
    column('shapes', 'text', fit => fit.shapes),
    column('valid', 'flag', fit => fit.valid),
    column('problems', 'text', fit => fit.problems.join('; ')),
    column('efficiency', 'number', fit => fit.efficiency.value),
    column('error', 'number', fit => fit.efficiency.error),
    column('down', 'number', fit => fit.efficiency.down),
    column('up', 'number', fit => fit.efficiency.up),
    column('q', 'number', fit => fit.q),
    column('ndof', 'whole', fit => fit.ndof),
    column('chi2', 'number', fit => fit.chi2),
    column('total', 'number', fit => fit.total),
    ...[...parameters].flatMap(name => [
      column(name, 'number', fit => parameter(fit, name)?.value ?? null),
      column(`${name}_error`, 'number', fit => parameter(fit, name)?.error ?? null),
    ]),
  ]
}
