/** Python's slices of lists: "10", ":10", "-5:", "::2". */
import { UsageError } from '../core/errors.js'

/** As Python's slice(start, stop, step); null: not given. */
export interface Slice {
  readonly start: number | null
  readonly stop: number | null
  readonly step: number | null
}

/** The first n: slice(n). */
export function firstN(n: number): Slice {
  return { start: null, stop: n, step: null }
}

/** "start:stop:step" with any part left out; a plain number n means ":n", as in coffea. Throws UsageError. */
export function parseSlice(text: string): Slice {
  const match = /^(-?\d+)?(?::(-?\d+)?(?::(-?\d+)?)?)?$/.exec(text.trim())
  if (match === null || text.trim() === '')
    throw refused(text, 'is no slice (wanted n, start:stop or start:stop:step).')
  const [, first, stop, step] = match
  const slice = text.includes(':')
    ? { start: number(first), stop: number(stop), step: number(step) }
    : firstN(Number(first))
  if (slice.step === 0) throw refused(text, 'has a step of 0.')
  return slice
}

function number(text: string | undefined): number | null {
  return text === undefined ? null : Number(text)
}

function refused(text: string, problem: string): UsageError {
  return new UsageError([{ place: 'slice', message: `${JSON.stringify(text)} ${problem}` }])
}

/** Which of `length` items a slice takes; items keep their order whatever the sign of the step. */
export function taken({ start, stop, step }: Slice, length: number): Set<number> {
  const by = step ?? 1
  const [low, high] = by > 0 ? [0, length] : [-1, length - 1]
  const bound = (at: number) => Math.min(high, Math.max(low, at < 0 ? at + length : at))
  const from = start === null ? (by > 0 ? low : high) : bound(start)
  const to = stop === null ? (by > 0 ? high : low) : bound(stop)
  const indices = new Set<number>()
  for (let i = from; by > 0 ? i < to : i > to; i += by) indices.add(i)
  return indices
}
