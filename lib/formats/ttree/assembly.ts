/** Clusters that have been encoded as one TTree: where their baskets are in the file. */
import { DataError } from '../../core/errors.js'
import { placeKeys } from '../root-file/key.js'
import type { LayoutOptions, RecordName } from '../root-file/layout.js'
import { TREE_NAME } from '../table-format.js'
import type { Branch } from './branches.js'
import { treeClasses } from './classes.js'
import { BASKET, BASKET_NUMBERS, type EncodedBaskets } from './encode.js'
import { type BranchBaskets, leafClassOf, treeRecord } from './tree-record.js'

export const TREE_KEY: RecordName = { className: 'TTree', name: TREE_NAME, title: TREE_NAME }

type Placed = Pick<EncodedBaskets, 'rows' | 'baskets' | 'most'> & { readonly start: number }

export class TreeAssembly {
  readonly layout: LayoutOptions
  private readonly branches: readonly Branch[]
  private placed: Placed[] = []

  constructor(branches: readonly Branch[], compression: number) {
    this.branches = branches
    const classes = treeClasses(new Set(branches.map(leafClassOf)))
    this.layout = { name: `${TREE_NAME}.root`, compression, classes }
  }

  /** The cluster's bytes stand at `start` of the file: they are told, and so is the tree. */
  place({ rows, bytes, baskets, most }: EncodedBaskets, start: number): void {
    const keys = new Int32Array(baskets.length / BASKET_NUMBERS)
    for (let k = 0; k < keys.length; k++) keys[k] = baskets[k * BASKET_NUMBERS + BASKET.at]!
    placeKeys(bytes, keys, start)
    this.placed.push({ rows, baskets, most, start })
  }

  /** The tree's record; origin: the length of its key. Forgets where the baskets are. Throws DataError where there are too many. */
  record(origin: number): Uint8Array {
    const { branches, placed } = this
    const numbers = placed.reduce((sum, { baskets }) => sum + baskets.length, 0)
    checkSize(numbers / BASKET_NUMBERS, branches.length, placed.length)
    const baskets = basketsOf(placed, branches.length)
    const clusters = placed.map(({ rows }) => rows)
    this.placed = []
    return treeRecord({ clusters, branches, baskets, compression: this.layout.compression }, origin)
  }
}

/** What a tree says of a branch and of a basket, at most, where names have a hundred letters. */
const BRANCH_BYTES = 1000
const BASKET_BYTES = 20
/** ROOT counts the bytes of an object with 30 bits. */
const MAX_BYTES = 2 ** 30

function checkSize(baskets: number, branches: number, clusters: number): void {
  if (baskets * BASKET_BYTES + branches * BRANCH_BYTES < MAX_BYTES) return
  const what = `${baskets} baskets of ${branches} branches and ${clusters} tables are too many for one TTree`
  const advice = 'Put fewer partitions into a file, or write another format (--ntuple-format parquet or rntuple).'
  throw new DataError('ValueError', `${what}. ${advice}`)
}

function basketsOf(placed: readonly Placed[], branches: number): BranchBaskets[] {
  const all = Array.from({ length: branches }, () => ({
    bytes: [] as number[],
    firstEntry: [] as number[],
    seek: [] as number[],
    totalBytes: 0,
    zipBytes: 0,
    longest: 0,
    most: 0,
  }))
  let first = 0
  for (const { rows, baskets, most, start } of placed) {
    let last = -1
    let entry = first
    for (let k = 0; k < baskets.length; k += BASKET_NUMBERS) {
      const number = baskets[k + BASKET.branch]!
      if (number !== last) entry = first
      last = number
      const branch = all[number]!
      const bytes = baskets[k + BASKET.bytes]!
      const expanded = baskets[k + BASKET.expanded]!
      branch.bytes.push(bytes)
      branch.firstEntry.push(entry)
      branch.seek.push(start + baskets[k + BASKET.at]!)
      branch.zipBytes += bytes
      branch.totalBytes += expanded
      branch.longest = Math.max(branch.longest, expanded)
      entry += baskets[k + BASKET.rows]!
    }
    for (let b = 0; b < branches; b++) all[b]!.most = Math.max(all[b]!.most, most[b]!)
    first += rows
  }
  return all
}
