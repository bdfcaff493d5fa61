/** Fits as CSV: one line each. */
import { csvField } from '../core/csv.js'
import { fitColumns } from './columns.js'
import type { FitterResults } from './results.js'

export function fitterCsv({ fits }: FitterResults): string {
  const columns = fitColumns(fits)
  const lines = fits.map((_, k) => columns.map(({ cells }) => csvField(cells[k] ?? '')).join(','))
  return `${[columns.map(({ name }) => csvField(name)).join(','), ...lines].join('\n')}\n`
}
