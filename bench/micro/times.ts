/** Timing inside a micro-benchmark's process. */

/** Milliseconds by key; keys are named in bench/groups.ts. */
export type Times = Readonly<Record<string, number>>

/** The first call, when nothing is compiled or cached, and the median of `repeats` further ones. */
export async function firstAndAgain(
  repeats: number,
  work: () => unknown,
): Promise<{ readonly first: number; readonly again: number }> {
  const first = await timed(work)
  const again: number[] = []
  for (let k = 0; k < repeats; k++) again.push(await timed(work))
  return { first, again: middle(again) }
}

export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  const result = work()
  if (result instanceof Promise) await result
  return performance.now() - start
}

export function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
