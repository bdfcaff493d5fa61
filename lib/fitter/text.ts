/** Fits for people, and as CSV. */
import { csvField } from '../core/csv.js'
import type { BinFit } from './fit-bin.js'
import type { FitterResults } from './run.js'

/** A line a bin, and one a scale factor. */
export function fitterText({ fits, scaleFactors }: FitterResults): string {
  const rows = fits.map(fit => [
    fit.sample,
    fit.label,
    fit.bin,
    rangeText(fit.range),
    efficiencyText(fit),
    `q/ndof ${(fit.q / fit.ndof).toFixed(2)}`,
    statusText(fit),
  ])
  const factors = scaleFactors.map(({ pair, bin, value, error }) => [
    'SF',
    pair,
    bin,
    '',
    value === null ? 'not known: a fit failed' : `${value.toFixed(5)} +- ${error!.toFixed(5)}`,
    '',
    '',
  ])
  return table([...rows, ...factors])
}

function rangeText(range: BinFit['range']): string {
  return range === null ? '' : `${range[0]} to ${range[1]}`
}

function efficiencyText({ efficiency: { value, error, down, up } }: BinFit): string {
  const symmetric = error === null ? 'no error' : `+- ${error.toFixed(5)}`
  const sides =
    down === null && up === null
      ? ''
      : ` (${down === null ? 'limit' : `-${Math.abs(down).toFixed(5)}`}, ${up === null ? 'limit' : `+${up.toFixed(5)}`})`
  return `${value.toFixed(5)} ${symmetric}${sides}`
}

function statusText({ valid, problems, parameters }: BinFit): string {
  const limits = parameters.filter(p => p.atLimit !== null).map(p => p.name)
  return [
    ...(valid ? [] : [`FAILED: ${problems.join('; ')}`]),
    ...(limits.length > 0 ? [`at limits: ${limits.join(', ')}`] : []),
  ].join('; ')
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, k) => Math.max(...rows.map(row => row[k]!.length))) ?? []
  return rows
    .map(
      row =>
        `${row
          .map((cell, k) => cell.padEnd(widths[k]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

const COLUMNS = [
  'sample',
  'label',
  'bin',
  'low',
  'high',
  'shapes',
  'valid',
  'efficiency',
  'error',
  'down',
  'up',
  'q',
  'ndof',
  'chi2',
  'problems',
]

export function fitterCsv({ fits }: FitterResults): string {
  const lines = fits.map(({ sample, label, bin, range, shapes, valid, efficiency, q, ndof, chi2, problems }) =>
    [
      ...[sample, label, bin, range?.[0] ?? '', range?.[1] ?? '', shapes, valid],
      ...[
        efficiency.value,
        efficiency.error ?? '',
        efficiency.down ?? '',
        efficiency.up ?? '',
        q,
        ndof,
        chi2,
        problems.join('; '),
      ],
    ]
      .map(csvField)
      .join(','),
  )
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`
}
