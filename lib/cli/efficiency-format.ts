/** Efficiency tables as text for people, as CSV and as JSON. What is not a number is "-", an empty field, null. */
import type { EfficiencyRow } from '../hist/index.js'
import type { NamedTable } from './efficiency.js'

export type Format = 'text' | 'csv' | 'json'

export const FORMATS: Readonly<Record<Format, (tables: readonly NamedTable[]) => string>> = { text, csv, json }

function text(tables: readonly NamedTable[]): string {
  return tables.map(table => `${heading(table)}\n${aligned(textRows(table))}`).join('\n')
}

function heading({ file, name }: NamedTable): string {
  return name === '' ? file : `${file} > ${name}`
}

function textRows({ axes, rows }: NamedTable): string[][] {
  const numbers = (row: EfficiencyRow) => [
    count(row.passing),
    count(row.total),
    fraction(row.efficiency),
    fraction(row.errorLow, '-'),
    fraction(row.errorHigh, '+'),
  ]
  return [
    [...axes.map(axis => axis.name), 'passing', 'total', 'efficiency', 'low', 'high'],
    ...rows.map(row => [...row.bins.map(bin => `${bin.lower} to ${bin.upper}`), ...numbers(row)]),
  ]
}

/** Whole numbers in full, sums of weights with six digits. */
function count(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}

function fraction(value: number, sign = ''): string {
  return Number.isNaN(value) ? '-' : sign + value.toFixed(4)
}

/** Columns set to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, k) => Math.max(...rows.map(row => row[k]!.length)))
  return rows.map(row => `  ${row.map((cell, k) => cell.padStart(widths[k]!)).join('  ')}\n`).join('')
}

/** One header for all tables: a pair of columns for each axis that any of them has, empty where a table has not. */
function csv(tables: readonly NamedTable[]): string {
  const names = [...new Set(tables.flatMap(table => table.axes.map(axis => axis.name)))]
  const header: (string | number)[] = [
    'file',
    'histogram',
    ...names.flatMap(name => [`${name}_low`, `${name}_high`]),
    ...['passing', 'total', 'efficiency', 'error_low', 'error_high'],
  ]
  const lines = tables.flatMap(({ file, name, axes, rows }) => {
    const columns = names.map(axisName => axes.findIndex(axis => axis.name === axisName))
    return rows.map((row): (string | number)[] => [
      file,
      name,
      ...columns.flatMap((k): (string | number)[] => (k < 0 ? ['', ''] : [row.bins[k]!.lower, row.bins[k]!.upper])),
      ...[row.passing, row.total, row.efficiency, row.errorLow, row.errorHigh].map(x => (Number.isNaN(x) ? '' : x)),
    ])
  })
  return [header, ...lines].map(line => `${line.map(field).join(',')}\n`).join('')
}

function field(value: string | number): string {
  const cell = String(value)
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

function json(tables: readonly NamedTable[]): string {
  const content = tables.map(({ file, name, axes, rows }) => ({
    file,
    histogram: name,
    axes: axes.map(axis => ({ name: axis.name, label: axis.label })),
    rows: rows.map(({ bins, passing, total, efficiency, errorLow, errorHigh }) => ({
      bins: bins.map(bin => [bin.lower, bin.upper]),
      ...{ passing, total, efficiency, error_low: errorLow, error_high: errorHigh },
    })),
  }))
  return `${JSON.stringify(content, null, 1)}\n`
}
