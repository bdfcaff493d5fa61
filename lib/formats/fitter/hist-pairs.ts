/** Passing and failing histograms next to each other in a tree. */
import { DataError, nearest } from '../../core/errors.js'
import type { Hist } from '../../hist/index.js'
import { type HistTree, isHist } from '../hist-tree.js'

export interface NamedPair {
  readonly name: string
  readonly passing: Hist
  readonly failing: Hist
}

/** Throws DataError where there are none, or one has lost the other. */
export function pairsOf(tree: HistTree, file: string): NamedPair[] {
  const lonely: string[] = []
  const pairs = pairsBelow(tree, [], lonely)
  const problems = [
    ...(pairs.length === 0 ? ['has no "passing" and "failing" histograms next to each other'] : []),
    ...lonely,
  ]
  if (problems.length > 0) {
    throw new DataError('ValueError', `${file}: ${problems.join('; ')}. Give a file of a histogram method.`)
  }
  return pairs
}

/** Every "passing" next to a "failing" in a tree, by the keys on the way; `lonely` takes those that have lost the other. */
export function pairsBelow(tree: HistTree, path: readonly string[], lonely: string[]): NamedPair[] {
  const [passing, failing] = [tree.passing, tree.failing].map(h => (h !== undefined && isHist(h) ? h : undefined))
  const both = passing !== undefined && failing !== undefined
  if (!both && (passing !== undefined || failing !== undefined)) {
    const [has, lacks] = passing === undefined ? ['failing', 'passing'] : ['passing', 'failing']
    const keys = Object.keys(tree).filter(key => key !== has)
    const near = nearest(lacks, keys, 1).map(key => ` (nearest: "${key}")`)
    lonely.push(`"${[...path, has].join('/')}" has no "${lacks}" beside it${near.join('')}`)
  }
  const here = both ? [{ name: path.join('/'), passing, failing }] : []
  const deeper = Object.entries(tree).flatMap(([key, node]) =>
    isHist(node) ? [] : pairsBelow(node, [...path, key], lonely),
  )
  return [...here, ...deeper]
}
