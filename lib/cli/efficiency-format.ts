/** Efficiency tables as text for people, as CSV and as JSON. What is not a number is "-", an empty field, null. */
import { csvField } from '../core/csv.js'
import { type EfficiencyBin, type EfficiencyRow, isWeighted, MASS_AXIS, ONE_SIGMA } from '../hist/index.js'
import type { NamedTable } from './named-table.js'

export type Format = 'text' | 'csv' | 'json'

export const FORMATS: Readonly<Record<Format, (tables: readonly NamedTable[]) => string>> = { text, csv, json }

function text(tables: readonly NamedTable[]): string {
  return tables.map(table => `${titled(table)}\n${aligned(textRows(table))}`).join('\n')
}

/** file, or file > histogram. */
export function heading({ file, name }: Pick<NamedTable, 'file' | 'name'>): string {
  return name === '' ? file : `${file} > ${name}`
}

/** With what is counted of the mass and the kind of intervals, where it is not what everybody expects. */
function titled(table: NamedTable): string {
  const kind = {
    'clopper-pearson': '',
    reference: ' (sums of weights as counts)',
    wilson: ' (Wilson)',
    jeffreys: ' (Jeffreys)',
    bayesian: ' (Bayesian, shortest)',
    gaussian: '',
  }[table.interval]
  return heading(table) + regionsText(table) + kind
}

function regionsText({ regions: { massWindow, sidebands } = {} }: NamedTable): string {
  if (massWindow === undefined) return ''
  const bands = sidebands && `; side bands ${sidebands.low.join(' to ')}, ${sidebands.high.join(' to ')} subtracted`
  return ` (${MASS_AXIS} ${massWindow.join(' to ')}${bands ?? ''})`
}

/** "effective entries" where there are weights, and "problem" where a row has one. */
function textRows(table: NamedTable): string[][] {
  const { axes, rows } = table
  const weighted = isWeighted(table)
  const withProblems = rows.some(row => row.problem !== null)
  const subtracted = rows.some(row => row.background !== undefined)
  const extra = (entries: string, problem: string, background: readonly string[]) => [
    ...(subtracted ? background : []),
    ...(weighted ? [entries] : []),
    ...(withProblems ? [problem] : []),
  ]
  return [
    [
      ...axes.map(axis => axis.name),
      ...['passing', 'total', 'efficiency', 'low', 'high'],
      ...extra('effective entries', 'problem', ['below passing', 'below failing']),
    ],
    ...rows.map(row => [
      ...row.bins.map(binText),
      count(row.passing),
      count(row.total),
      fraction(row.efficiency),
      fraction(row.errorLow, '-'),
      fraction(row.errorHigh, '+'),
      ...extra(rounded(row.entries), row.problem ?? '', backgroundOf(row).map(count)),
    ]),
  ]
}

function backgroundOf({ background }: EfficiencyRow): [passing: number, failing: number] {
  return [background?.passing ?? NaN, background?.failing ?? NaN]
}

export function binText({ lower, upper }: EfficiencyBin): string {
  return `${lower} to ${upper}`
}

/** Whole numbers in full, sums of weights with six digits. */
export function count(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)))
}

function rounded(entries: number): string {
  return Number.isNaN(entries) ? '-' : entries.toFixed(1)
}

function fraction(value: number, sign = ''): string {
  return Number.isNaN(value) ? '-' : sign + value.toFixed(4)
}

/** Columns set to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, k) => Math.max(...rows.map(row => row[k]!.length)))
  return rows
    .map(row => `  ${row.map((cell, k) => cell.padStart(widths[k]!)).join('  ')}`)
    .map(line => `${line.trimEnd()}\n`)
    .join('')
}

/** What every row has besides its bins, by the names of CSV columns and JSON keys. */
function fields(row: EfficiencyRow) {
  const { passing, total, efficiency, errorLow, errorHigh, entries, problem } = row
  return {
    ...{ passing, total, efficiency, error_low: errorLow, error_high: errorHigh },
    effective_entries: entries,
    problem,
    ...(row.background && {
      background_passing: row.background.passing,
      background_failing: row.background.failing,
      warning: row.warning ?? null,
    }),
  }
}

type Field = keyof ReturnType<typeof fields>
const FIELDS: readonly Field[] = [
  'passing',
  'total',
  'efficiency',
  'error_low',
  'error_high',
  'effective_entries',
  'problem',
]
/** Of subtracted side bands. */
const SUBTRACTED: readonly Field[] = ['background_passing', 'background_failing', 'warning']

/** One header for all tables: a pair of columns for each axis that any of them has, empty where a table has not. */
function csv(tables: readonly NamedTable[]): string {
  const names = [...new Set(tables.flatMap(table => table.axes.map(axis => axis.name)))]
  const fieldNames = [...FIELDS, ...(tables.some(table => table.regions?.sidebands !== undefined) ? SUBTRACTED : [])]
  const header: Cell[] = [
    'file',
    'histogram',
    ...names.flatMap(name => [`${name}_low`, `${name}_high`]),
    ...fieldNames,
    'interval',
  ]
  const lines = tables.flatMap(({ file, name, axes, rows, interval }) => {
    const columns = names.map(axisName => axes.findIndex(axis => axis.name === axisName))
    return rows.map((row): Cell[] => {
      const all = fields(row)
      return [
        file,
        name,
        ...columns.flatMap((k): Cell[] => (k < 0 ? ['', ''] : [row.bins[k]!.lower, row.bins[k]!.upper])),
        ...fieldNames.map(key => all[key] ?? null),
        interval,
      ]
    })
  })
  return [header, ...lines].map(line => `${line.map(csvField).join(',')}\n`).join('')
}

type Cell = string | number | null

function json(tables: readonly NamedTable[]): string {
  const content = tables.map(({ file, name, interval, regions = {}, axes, rows }) => ({
    file,
    histogram: name,
    interval,
    coverage: ONE_SIGMA,
    ...(regions.massWindow && { mass_window: regions.massWindow }),
    ...(regions.sidebands && { sidebands: [...regions.sidebands.low, ...regions.sidebands.high] }),
    axes: axes.map(axis => ({ name: axis.name, label: axis.label })),
    rows: rows.map(row => ({ bins: row.bins.map(bin => [bin.lower, bin.upper]), ...fields(row) })),
  }))
  return `${JSON.stringify(content, null, 1)}\n`
}
