/** Fits for people. */
import type { BinFit } from './bin-fit.js'
import type { FitterResults } from './results.js'

/** A line a bin, and one a scale factor. */
export function fitterText({ fits, scaleFactors }: FitterResults): string {
  const several = new Set(fits.map(fit => fit.fit)).size > 1
  const rows = fits.map(fit => [
    ...(several ? [fit.fit] : []),
    fit.sample,
    fit.label,
    fit.bin,
    rangeText(fit.ranges),
    efficiencyText(fit),
    fit.q === null || fit.ndof === null ? '' : `q/ndof ${(fit.q / fit.ndof).toFixed(2)}`,
    statusText(fit),
  ])
  const factors = scaleFactors.map(({ fit, pair, bin, value, error }) => [
    ...(several ? [fit] : []),
    'SF',
    pair,
    bin,
    '',
    value === null ? 'not known: a fit failed, or is not there' : `${value.toFixed(5)} +- ${error!.toFixed(5)}`,
    '',
    '',
  ])
  return table([...rows, ...factors])
}

function rangeText(ranges: BinFit['ranges']): string {
  return Object.entries(ranges)
    .map(([axis, [low, high]]) => `${axis} ${low} to ${high}`)
    .join(', ')
}

function efficiencyText({ efficiency: { value, error, down, up } }: BinFit): string {
  if (value === null) return 'none'
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
