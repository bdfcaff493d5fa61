/** What the user's own code gives back, before stages of ours take positions in one of its columns for those in another. */
import type { Batch, Layout, Pairs } from '../core/types.js'
import { collectionOf, describeDisagreement, findDisagreement, shapeProblem } from './collections.js'

/** What is wrong with a batch, or null. before: the batch that the code was given. layout: the branches of NanoAOD, whose
 *  collections have lists of one length; null: of ntuples. */
export function batchProblem(after: Batch, before: Batch, layout: Layout | null): string | null {
  if (after.columns === before.columns && after.length === before.length) return null
  for (const [name, column] of after.columns) {
    const wrong =
      before.columns.get(name) === column && after.length === before.length ? null : shapeProblem(column, after.length)
    if (wrong !== null) return `column "${name}" ${wrong}`
  }
  const wrong = layout === null ? null : findDisagreement(after.columns, layout)
  if (wrong === null) return null
  const what = `the columns of ${collectionOf(wrong.name, null)} are not of one length`
  return `${what}: in event ${wrong.event} of the batch ${describeDisagreement(wrong)}`
}

/** The same for pairs. */
export function pairsProblem(after: Pairs, before: Pairs, layout: Layout | null): string | null {
  const n = after.event.length
  for (const side of ['tag', 'probe'] as const) {
    if (after[side].length !== n) return `"${side}" has ${after[side].length} values for ${n} pairs`
  }
  for (const [name, column] of after.columns) {
    const wrong = shapeProblem(column, n)
    if (wrong !== null) return `column "${name}" of the pairs ${wrong.replace(' rows', ' pairs')}`
  }
  return batchProblem(after.batch, before.batch, layout)
}
