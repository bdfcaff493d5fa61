/** Text for tables of branches, and what stands above them. */
import type { BranchInfo } from '../core/types.js'

/** float32, float32[3], float32[nElectron], list of float32. */
export function typeText({ name, dtype, counter, width, text }: BranchInfo): string {
  if (text === true) return 'text'
  if (counter === name) return `list of ${dtype}`
  if (counter !== null) return `${dtype}[${counter}]${width === 1 ? '' : `[${width}]`}`
  return width === 1 ? dtype : `${dtype}[${width}]`
}

/** 1 field, 2 fields. */
export function counted(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}

/** Rows of cells as lines; columns beginning with a number are set to the right. */
export function aligned(rows: readonly (readonly string[])[], indent: string): string {
  const widths = rows[0]!.map((_, k) => Math.max(...rows.map(row => row[k]!.length)))
  const right = widths.map((_, k) => k > 1 && rows.slice(1).every(row => /^(\d.*)?$/.test(row[k]!)))
  const line = (row: readonly string[]) =>
    row.map((cell, k) => (right[k] ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!))).join('  ')
  return rows.map(row => `${indent}${line(row).trimEnd()}\n`).join('')
}

export function humanBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let k = 0
  for (; value >= 1000 && k < units.length - 1; k++) value /= 1000
  return `${k === 0 ? value : value.toPrecision(3)} ${units[k]}`
}
