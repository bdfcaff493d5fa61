/** Measuring what a node takes. */

/** Seconds on the clock, waiting for the file included, and of the processor; null where that was not measured. */
export interface NodeTime {
  readonly wall: number
  readonly cpu: number | null
}

/** Starts to measure; what it gives tells the time since. cpu: the clock of the thread's processor time, if there is one. */
export function stopwatch(cpu: (() => number) | undefined): () => NodeTime {
  const began = performance.now()
  const used = cpu?.() ?? 0
  return () => ({ wall: (performance.now() - began) / 1000, cpu: cpu === undefined ? null : cpu() - used })
}
