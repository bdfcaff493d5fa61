/** Medians of repeated measurements, and the table of them. */
import type { Usage } from './usage.js'

export interface Row {
  readonly what: string
  readonly medianMs: number
  readonly minMs: number
  readonly maxMs: number
  readonly eventsPerSecond: number | null
  readonly cpuSeconds: number | null
  readonly peakMiB: number | null
}

interface Measured {
  readonly what: string
  readonly seconds: readonly number[]
  /** Events that one run goes through; null where that says nothing. */
  readonly events: number | null
  readonly usages?: readonly Usage[]
}

export function summarize({ what, seconds, events, usages = [] }: Measured): Row {
  const middle = median(seconds)
  return {
    what,
    medianMs: 1000 * middle,
    minMs: 1000 * Math.min(...seconds),
    maxMs: 1000 * Math.max(...seconds),
    eventsPerSecond: events === null ? null : events / middle,
    cpuSeconds: usages.length === 0 ? null : median(usages.map(usage => usage.cpuSeconds)),
    peakMiB: usages.length === 0 ? null : median(usages.map(usage => usage.peakMiB)),
  }
}

/** Of an even number of values, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2
}

export function table(rows: readonly Row[]): string {
  const head = ['what', 'median', 'min', 'max', 'events/s', 'CPU', 'peak memory']
  const lines = rows.map(row => [
    row.what,
    milliseconds(row.medianMs),
    milliseconds(row.minMs),
    milliseconds(row.maxMs),
    row.eventsPerSecond === null ? '' : Math.round(row.eventsPerSecond).toLocaleString('en'),
    row.cpuSeconds === null ? '' : `${row.cpuSeconds.toFixed(2)} s`,
    row.peakMiB === null ? '' : `${Math.round(row.peakMiB)} MiB`,
  ])
  const widths = head.map((title, k) => Math.max(title.length, ...lines.map(line => line[k]!.length)))
  const draw = (cells: readonly string[]): string => {
    return cells
      .map((cell, k) => (k === 0 ? cell.padEnd(widths[k]!) : cell.padStart(widths[k]!)))
      .join('  ')
      .trimEnd()
  }
  return [draw(head), ...lines.map(draw)].join('\n')
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`
}
