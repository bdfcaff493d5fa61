/** Numbers for people. */

/** 1234567 -> "1.23 M". */
export function countText(n: number): string {
  if (n < 10_000) return Math.round(n).toLocaleString('en')
  const [size, unit] = n < 1e6 ? [1e3, 'k'] : n < 1e9 ? [1e6, 'M'] : [1e9, 'G']
  return `${(n / size).toPrecision(3)} ${unit}`
}

export function bytesText(n: number): string {
  if (n < 1e6) return `${(n / 1e3).toFixed(1)} kB`
  return n < 1e9 ? `${(n / 1e6).toFixed(1)} MB` : `${(n / 1e9).toFixed(2)} GB`
}

export function timeText(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.floor(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

export function percentText(fraction: number, digits = 0): string {
  return `${(100 * fraction).toFixed(digits)} %`
}

/** Sums of weights: whole numbers as such. null: JSON's form of what is no number, since a weight was none. */
export function sumText(sum: number | null): string {
  if (sum === null || Number.isNaN(sum)) return 'no number'
  return Number.isInteger(sum) ? sum.toLocaleString('en') : sum.toPrecision(6)
}

export function fileName(path: string): string {
  return path.split('/').at(-1) || path
}
