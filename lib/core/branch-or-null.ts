/** Looking at branches of which some cannot be read. */
import { DataError } from './errors.js'
import type { BranchInfo, Layout } from './types.js'

/** null: there is none, or it cannot be read: whoever asks for the branch itself is told why. */
export function branchOrNull(layout: Pick<Layout, 'branch'>, name: string): BranchInfo | null {
  try {
    return layout.branch(name) ?? null
  } catch (error) {
    if (error instanceof DataError) return null
    throw error
  }
}

/** Its lists are of arrays of fixed length. */
export function hasArrayLists({ counter, width }: BranchInfo): boolean {
  return counter !== null && width > 1
}
