/** A table of efficiencies with its name. */
import type { EfficiencyTable, IntervalKind, TableOptions } from '../hist/index.js'

/** One table, of the histograms `name` of a file: `pt/barrel`, or '' where the file has but one pair of them. */
export interface NamedTable extends EfficiencyTable {
  readonly file: string
  readonly name: string
  readonly interval: IntervalKind | 'reference' | 'gaussian'
  /** What of the mass was counted; without: all of it. */
  readonly regions?: Pick<TableOptions, 'massWindow' | 'sidebands'>
}
