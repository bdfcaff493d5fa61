/** The branches of a TTree that holds tables of a schema: plain numbers, as NanoAOD has them, so that every reader takes them, and
 *  RooFit's and TTree::Draw's names are the branches'.
 *
 *  - flat column x: x/F; one of fixed width: x[3]/F
 *  - column of lists x: a branch nx/I, which counts, and x[nx]/F; of lists of fixed width: x[nx][3]/F
 *  - record r with a member x: r_x; list of records: nr/I, and r_x[nr]/F for each member
 *  - texts: std::string
 *  - nulls: NaN among floating-point numbers; for others 0, beside a branch x_valid/O */
import type { DType } from '../../core/types.js'
import { hasValidity } from '../nulls.js'
import { branchName, checkBranchNames } from '../root-names.js'
import { isRecord, type Leaf, type TableSchema } from '../table-schema.js'

/** values, texts: of a column; counts: of its lists; valid: 0 where it is null. */
export type Content = 'values' | 'texts' | 'counts' | 'valid'

export interface Branch {
  readonly name: string
  readonly content: Content
  /** The column. */
  readonly leaf: Leaf
  /** Of the branch's values. */
  readonly dtype: DType
  /** Values an entry, or an element of a list. */
  readonly width: number
  /** Number of the branch, before this one, that counts its elements. */
  readonly counter: number | null
  /** Columns whose lists must have the lengths of this one's, which are counted. */
  readonly together: readonly Leaf[]
}

/** schema: with names as ROOT has them. Throws UsageError where two columns would be one branch. */
export function branchesOf(schema: TableSchema): Branch[] {
  checkBranchNames(schema)
  const { fields, leaves } = schema
  const plan = new Plan()
  let next = 0
  for (const field of fields) {
    const members = isRecord(field) ? field.members : [field]
    const own = leaves.slice(next, (next += members.length))
    const names = members.map(({ name }) => (isRecord(field) ? branchName(field.name, name) : name))
    plan.field(field.name, isRecord(field) && field.list === true, names, own)
  }
  return plan.finish()
}

type Extra = 'counts' | 'valid'

class Plan {
  private readonly branches: Branch[] = []
  private readonly taken = new Set<string>()
  /** Branches beside the columns', which get names that these do not have. */
  private readonly extras: { readonly at: number; readonly wanted: string }[] = []

  field(name: string, together: boolean, names: readonly string[], leaves: readonly Leaf[]): void {
    const shared = together ? this.extra('counts', `n${name}`, leaves[0]!, null, leaves.slice(1)) : null
    for (const [k, leaf] of leaves.entries()) {
      const own = names[k]!
      this.taken.add(own)
      const isList = leaf.shape === 'list'
      const counter = shared ?? (isList ? this.extra('counts', `n${own}`, leaf, null) : null)
      const content = leaf.text ? 'texts' : 'values'
      this.branches.push({
        ...{ name: own, content, leaf, counter, together: [] },
        dtype: leaf.dtype,
        width: leaf.width,
      })
      if (leaf.nullable && !leaf.text && hasValidity(leaf.dtype)) this.extra('valid', `${own}_valid`, leaf, counter)
    }
  }

  finish(): Branch[] {
    for (const { at, wanted } of this.extras) {
      let name = wanted
      while (this.taken.has(name)) name += '_'
      this.taken.add(name)
      this.branches[at] = { ...this.branches[at]!, name }
    }
    return this.branches
  }

  private extra(
    content: Extra,
    wanted: string,
    leaf: Leaf,
    counter: number | null,
    together: readonly Leaf[] = [],
  ): number {
    const at = this.branches.length
    this.extras.push({ at, wanted })
    const isCounter = content === 'counts'
    const dtype = isCounter ? 'int32' : 'bool'
    this.branches.push({ name: wanted, content, leaf, counter, together, dtype, width: isCounter ? 1 : leaf.width })
    return at
  }
}
