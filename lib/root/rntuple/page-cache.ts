/** Pages that a range of entries ended in the middle of: the next range begins there, and need not read and decode them again. */
import type { Values } from '../../core/types.js'
import { BoundedCache } from '../bounded-cache.js'

/** One page of one column. */
export interface DecodedPage {
  /** First entry of its cluster, and its number in it. */
  readonly cluster: number
  readonly page: number
  readonly values: Values
}

/** One page a column, by the column's number. */
export class PageCache extends BoundedCache<number, DecodedPage> {
  find(column: number, cluster: number, page: number): Values | undefined {
    const found = this.get(column)
    return found?.cluster === cluster && found.page === page ? found.values : undefined
  }
}
