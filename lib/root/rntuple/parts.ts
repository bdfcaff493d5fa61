/** Lists of records in a header or footer: fields and columns. */
import type { FrameCursor } from './frames.js'

/** A list, whose first item has the number `first`: the extension's begin where the header's end. */
export interface Part {
  readonly cursor: FrameCursor
  readonly at: number
  readonly items: number
  readonly end: number
  readonly first: number
}

/** The list at the cursor, which moves behind it. */
export function partAt(cursor: FrameCursor, leastBytes: number, before: readonly Part[]): Part {
  const { end, items } = cursor.list(leastBytes)
  const at = cursor.position
  cursor.position = end
  return { cursor, at, items, end, first: countOf(before) }
}

/** Items of all parts. */
export function countOf(parts: readonly Part[]): number {
  const last = parts.at(-1)
  return last === undefined ? 0 : last.first + last.items
}

/** The number of the part that holds an item. */
export function partOf(parts: readonly Part[], item: number): number {
  let part = parts.length - 1
  while (item < parts[part]!.first) part--
  return part
}

/** The end of the record frame at `at` in a list. Throws DataError 'DeserializationError'. */
export function recordEnd(
  cursor: FrameCursor,
  view: DataView,
  at: number,
  leastBytes: number,
  listEnd: number,
): number {
  if (at + leastBytes > listEnd) failAt(cursor, at, 'a record passes the end of its list')
  const size = view.getUint32(at, true)
  if (size < leastBytes || view.getUint32(at + 4, true) !== 0) failAt(cursor, at, `a record of ${size} bytes`)
  if (at + size > listEnd) failAt(cursor, at, 'a record passes the end of its list')
  return at + size
}

/** Behind the text whose length stands at `at`. Throws likewise. */
export function behindText(cursor: FrameCursor, view: DataView, at: number, end: number): number {
  const next = at + 4 > end ? end + 1 : at + 4 + view.getUint32(at, true)
  if (next > end) failAt(cursor, at, 'a text passes the end of its record')
  return next
}

export function failAt(cursor: FrameCursor, at: number, problem: string): never {
  cursor.position = at
  return cursor.fail(problem)
}
