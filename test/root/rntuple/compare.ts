/** An RNTuple beside the TTree that it was made of. */
import { readFileSync } from 'node:fs'
import { equal, is } from 'uvu/assert'
import type { Column } from '../../../lib/core/types.js'
import { openRootFile, type Tree } from '../../../lib/root/index.js'
import { sameColumn } from '../../support/columns.js'
import { memorySource } from '../memory-source.js'

export async function treeOf(path: string, name: string): Promise<Tree> {
  return (await openRootFile(memorySource(readFileSync(path), path))).tree(name)
}

/** The same numbers in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Lengths of lists are uint32 in what ROOT's importer makes, whatever they were. */
function withoutLengthType(column: Column, isCounter: boolean): Column {
  return isCounter ? { ...column, dtype: 'uint32', values: Uint32Array.from(column.values as Int32Array) } : column
}

/** ROOT's importer has made the RNTuple: same names, types, counters and values, in any range of entries. */
export async function compare(tree: Tree, ntuple: Tree, label: string, cutsMade = 8): Promise<void> {
  is(ntuple.kind, 'RNTuple')
  is(ntuple.entries, tree.entries)
  equal([...ntuple.names].sort(), [...tree.names].sort(), label)
  const counters = new Set(tree.names.map(name => tree.branch(name)!.counter))
  for (const name of tree.names) {
    const [got, want] = [ntuple.branch(name)!, tree.branch(name)!]
    equal([got.counter, got.width], [want.counter, want.width], `${label} ${name}`)
    if (!counters.has(name)) is(got.dtype, want.dtype, `${label} ${name}`)
  }
  const random = randomNumbers(7)
  const cuts = Array.from({ length: cutsMade }, () => random(tree.entries + 1)).sort((a, b) => a - b)
  const edges = [0, ...cuts, tree.entries]
  const ranges = [[0, tree.entries], ...edges.slice(1).map((stop, k) => [edges[k]!, stop])] as [number, number][]
  for (const [start, stop] of ranges) {
    const [want, got] = [await tree.read(tree.names, start, stop), await ntuple.read(tree.names, start, stop)]
    for (const name of tree.names) {
      const place = `${label} ${name} [${start}, ${stop})`
      const isCounter = counters.has(name)
      sameColumn(withoutLengthType(got.get(name)!, isCounter), withoutLengthType(want.get(name)!, isCounter), place)
    }
  }
}
