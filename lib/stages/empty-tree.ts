/** Reading of trees that lack branches: those without entries, which skims leave behind, may lack any or all, and hold no events all the
 *  same; others may lack trigger decisions. */
import { emptyColumn } from '../columns/index.js'
import type { Column, Layout, ReadRecord } from '../core/types.js'
import type { EventTree } from './open-tree.js'
import { lackingTriggers } from './optional-triggers.js'

/** Of a branch of which nothing is known. */
const UNKNOWN = { dtype: 'float64', counter: null, width: 1 } as const

/** `tree.read`, but that branches which a tree without entries lacks are columns without rows, and trigger decisions that may be lacking
 *  (see `withOptionalTriggers`) are 0. layout: the columns that the graph was built for. Throws DataError as `tree.read` does. */
export async function readPresent(
  tree: EventTree,
  names: readonly string[],
  layout: Layout | null,
  range: { readonly start: number; readonly stop: number },
  options: { readonly cost: ReadRecord } & Parameters<EventTree['read']>[3],
): Promise<Map<string, Column>> {
  const { start, stop } = range
  const isEmpty = tree.entries === 0
  const lacking = isEmpty ? names.filter(name => !tree.has(name)) : lackingTriggers(names, tree, layout, options.cost)
  if (lacking.length === 0) return tree.read(names, start, stop, options)
  const there = await tree.read(
    names.filter(name => !lacking.includes(name)),
    start,
    stop,
    options,
  )
  const standIn = (name: string): Column =>
    isEmpty
      ? emptyColumn(layout?.tableOnly?.(name) ?? layout?.branch(name) ?? UNKNOWN)
      : { dtype: 'bool', values: new Uint8Array(stop - start) }
  return new Map(names.map(name => [name, there.get(name) ?? standIn(name)]))
}

/** Nothing can be learned of the dataset's columns from it. */
export function hasNothing({ entries, names }: Pick<EventTree, 'entries' | 'names'>): boolean {
  return entries === 0 && names.length === 0
}
