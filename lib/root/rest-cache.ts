/** What is left of baskets that an entry range ended in the middle of: the next range begins there, and need not read and
 *  decompress them again. */
import { BoundedCache } from './bounded-cache.js'

/** Values of a branch from entry `first` to the end of basket number `basket`. */
export interface Rest {
  readonly basket: number
  readonly first: number
  readonly values: Uint8Array
}

/** One rest a branch. */
export class RestCache extends BoundedCache<string, Rest> {
  /** The branch's rest if entry `entry` is in it and it is of basket `basket`. */
  find(branch: string, basket: number, entry: number): Rest | undefined {
    const rest = this.get(branch)
    return rest !== undefined && rest.basket === basket && rest.first <= entry ? rest : undefined
  }
}
