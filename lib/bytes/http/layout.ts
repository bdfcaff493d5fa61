/** Where the bytes of a call's ranges go: one room for all, without what lies between them. */
import { coalesce, type Nearness } from '../coalesce.js'
import type { Range } from '../source.js'

/** Bytes of the file that somebody wants, and where in the room they stand. Blocks do not overlap. */
export interface Block extends Range {
  readonly at: number
}

export interface Layout {
  /** By ascending position. */
  readonly blocks: readonly Block[]
  /** Of the room. */
  readonly length: number
  /** Of each range that was given: where its bytes begin. */
  readonly starts: readonly number[]
}

const TOUCHING: Nearness = { maxGap: 0, maxLength: Number.POSITIVE_INFINITY }

/** Ranges that touch or overlap share a block; empty ones need none. */
export function layOut(ranges: readonly Range[]): Layout {
  const starts = new Array<number>(ranges.length).fill(0)
  const blocks: Block[] = []
  let at = 0
  for (const { position, length, members } of coalesce(ranges, TOUCHING)) {
    for (const k of members) starts[k] = at + ranges[k]!.position - position
    if (length > 0) blocks.push({ position, length, at })
    at += length
  }
  return { blocks, length: at, starts }
}

/** Bytes that are asked for at once, and how many of them have come. */
export interface Span extends Range {
  got: number
}

/** Spans that cover all blocks. */
export function spans(blocks: readonly Block[], nearness: Nearness): Span[] {
  return coalesce(blocks, nearness).map(({ position, length }) => ({ position, length, got: 0 }))
}

/** What has not come yet. */
export function missing(all: readonly Span[]): Span[] {
  return all.filter(span => span.got < span.length)
}

/** Puts `bytes`, which stand at `position` in the file, where the blocks want them. */
export function scatter(room: Uint8Array, blocks: readonly Block[], position: number, bytes: Uint8Array): void {
  const end = position + bytes.length
  for (let k = firstAfter(blocks, position); k < blocks.length && blocks[k]!.position < end; k++) {
    const block = blocks[k]!
    const from = Math.max(position, block.position)
    const to = Math.min(end, block.position + block.length)
    room.set(bytes.subarray(from - position, to - position), block.at + from - block.position)
  }
}

/** The first block that ends behind `position`. */
function firstAfter(blocks: readonly Block[], position: number): number {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (blocks[middle]!.position + blocks[middle]!.length > position) high = middle
    else low = middle + 1
  }
  return low
}
