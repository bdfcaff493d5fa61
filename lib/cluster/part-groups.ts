/** Groups of chunks and the files of sinks: which files are made of one group's chunks alone, so that a worker can write them, and where
 *  groups are to end so that most are. */
import type { Chunk, Making, Sink } from '../core/types.js'
import type { Cut } from '../graph/cut.js'

/** A leaf of the segment whose one sink has files that can be made where its items are. */
export interface MakingLeaf {
  readonly id: string
  // biome-ignore lint/suspicious/noExplicitAny: item types were checked where the graph was wired
  readonly making: Making<any>
}

export interface WholeFile extends MakingLeaf {
  readonly file: number
  /** Positions of its chunks in the group. */
  readonly members: readonly number[]
}

export function makingLeaves({ leaves }: Cut): MakingLeaf[] {
  return leaves.flatMap(({ node, sinks }) => {
    const making = sinks.length === 1 ? (sinks[0]!.stage as Sink<unknown>).making : undefined
    return making === undefined ? [] : [{ id: node.id, making }]
  })
}

/** The files all of whose chunks are in the group. What the group lacks decides, not where it begins and ends: the chunks of a run that
 *  is continued have gaps. */
export function wholeFiles(leaves: readonly MakingLeaf[], group: readonly Chunk[]): WholeFile[] {
  return leaves.flatMap(({ id, making }) => {
    const members = new Map<number, number[]>()
    for (const [k, chunk] of group.entries()) {
      const file = making.fileOf(chunk)
      members.set(file, [...(members.get(file) ?? []), k])
    }
    return [...members]
      .filter(([file, at]) =>
        isWhole(
          making.partitionsOf(file),
          at.map(k => group[k]!),
        ),
      )
      .map(([file, at]) => ({ id, making, file, members: at }))
  })
}

function isWhole(partitions: readonly number[], chunks: readonly Chunk[]): boolean {
  const parts = new Map<number, Set<number>>()
  for (const { partition, part } of chunks) parts.set(partition, (parts.get(partition) ?? new Set()).add(part))
  const isDouble = [...parts.values()].reduce((sum, { size }) => sum + size, 0) !== chunks.length
  const counts = new Map(chunks.map(({ partition, parts }) => [partition, parts]))
  return !isDouble && partitions.every(p => parts.has(p) && parts.get(p)!.size === counts.get(p))
}

/** A file is kept in one group where its chunks take no longer. */
const FILE_SECONDS = 60
/** Before it is known how long chunks take. */
const FIRST_CHUNKS = 10

/** May a group end behind the chunk? Not within a file that fits a group. seconds: that a chunk takes, null where that is not known; most:
 *  chunks of a group. */
export function mayEnd(leaves: readonly MakingLeaf[], chunk: Chunk, seconds: number | null, most: number): boolean {
  const fitting = seconds === null ? FIRST_CHUNKS : Math.min(most, FILE_SECONDS / seconds)
  return leaves.every(({ making }) => {
    const partitions = making.partitionsOf(making.fileOf(chunk))
    const isLast = chunk.partition === partitions.at(-1) && chunk.part === chunk.parts - 1
    // Its other partitions are taken to be as large as this one.
    return isLast || partitions.length * chunk.parts > fitting
  })
}
