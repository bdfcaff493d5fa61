/** Trigger decisions that some files of a dataset lack: a form that preprocessing has stored names them, and they count as 0 where they are
 *  missing, as in the reference. */
import { DataError } from '../core/errors.js'
import type { BranchInfo, Chunk, Layout, ReadRecord } from '../core/types.js'

/** What to do where a path is missing. */
export const LACKING_ADVICE =
  'A path that some files of a dataset lack counts as not fired in them where preprocessing has noted it: run with --preprocess, or on a fileset that `tnp-pipe preprocess` has made.'

/** The layout with the decisions `names`, whether it has them or not. */
export function withOptionalTriggers(layout: Layout, names: readonly string[]): Layout {
  if (names.length === 0) return layout
  const optional = new Set(names)
  return {
    names: [...layout.names, ...names.filter(name => !layout.has(name))],
    has: name => optional.has(name) || layout.has(name),
    branch: name => {
      const info = layout.branch(name)
      if (!optional.has(name) || (info !== undefined && !isDecision(info))) return info
      const none = { name, dtype: 'bool', counter: null, width: 1, totalBytes: 0, zipBytes: 0 } as const
      const { dtype, counter, width, totalBytes, zipBytes } = info ?? none
      return { name, dtype, counter, width, totalBytes, zipBytes, mayLack: true }
    },
    ...(layout.readyIndices ? { readyIndices: true } : {}),
    ...(layout.groups === undefined ? {} : { groups: layout.groups }),
    ...(layout.tableOnly === undefined ? {} : { tableOnly: (name: string) => layout.tableOnly!(name) }),
    ...(layout.leaveOut === undefined ? {} : { leaveOut: (name: string) => layout.leaveOut!(name) }),
  }
}

function isDecision({ dtype, counter, width }: BranchInfo): boolean {
  return dtype === 'bool' && counter === null && width === 1
}

/** Of `names`, those that the file lacks and that count as 0 there; noted in `record`. planned: the columns that the graph was built for. */
export function lackingTriggers(
  names: readonly string[],
  tree: Pick<Layout, 'has'>,
  planned: Layout | null,
  record?: ReadRecord,
): readonly string[] {
  const lacking = names.filter(name => planned?.branch(name)?.mayLack === true && !tree.has(name))
  if (lacking.length > 0 && record !== undefined) record.lacking = [...new Set([...(record.lacking ?? []), ...lacking])]
  return lacking
}

/** Throws DataError for a decision that the file lacks, with what to do. */
export function requireTriggers(
  names: readonly string[],
  tree: Pick<Layout, 'has'>,
  planned: Layout | null,
  chunk: Chunk,
): void {
  const missing = names.find(
    name => name.startsWith('HLT_') && !tree.has(name) && planned?.branch(name)?.mayLack !== true,
  )
  if (missing === undefined) return
  const problem = `branch "${missing}" not found, which the dataset's first file has. ${LACKING_ADVICE}`
  throw new DataError('KeyError', `${chunk.file} > ${chunk.tree}: ${problem}`)
}
