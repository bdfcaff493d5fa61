/** `tnp-pipe efficiency FILE...`: efficiencies bin by bin from files of histograms, our own and the reference's: .pkl or UHI
 *  JSON, whatever their names. Pickles are read without running anything in them. */
import { hideAccess } from '../bytes/address.js'
import { DataError, nearestHint, type Problem, UsageError } from '../core/errors.js'
import { type NamedPair, pairsOf, readHistograms } from '../formats/index.js'
import { type EfficiencyRow, efficiencyTable, INTERVALS, type IntervalKind, type TableOptions } from '../hist/index.js'
import { binText, count, FORMATS, type Format, heading } from './efficiency-format.js'
import { type EfficiencyFlags, methodOptions } from './efficiency-options.js'
import { type CommandReport, describeFailure, EXIT } from './exit.js'
import type { NamedTable } from './named-table.js'

/** The tables as text, with a warning for each that has bins without interval; or everything that is wrong with the files and
 *  histograms. Throws UsageError, before anything is read, where flags are wrong. */
export async function efficiency(files: readonly string[], flags: EfficiencyFlags): Promise<CommandReport> {
  const { format, interval, options, regions } = checked(flags)
  const tables: NamedTable[] = []
  const failures: (UsageError | DataError)[] = []
  const attempt = async (make: () => void | Promise<void>) => {
    try {
      await make()
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof DataError)) throw error
      failures.push(error)
    }
  }
  for (const file of files) {
    await attempt(async () => {
      for (const { name, passing, failing } of chosen(pairsOf(await readHistograms(file), file), flags.only, file)) {
        await attempt(() => {
          const table = atPlace(heading({ file, name }), () => efficiencyTable(passing, failing, options))
          tables.push({ file: hideAccess(file), name, interval, regions, ...table })
        })
      }
    })
  }
  if (failures.length > 0) return failed(failures)
  return {
    stdout: format(tables),
    stderr: tables.map(warningsOf).join(''),
    status: EXIT.done,
  }
}

function checked(flags: EfficiencyFlags) {
  const { axes, flow } = flags
  const { kind, options, problems } = intervalsAskedFor(flags)
  const regions = methodOptions(flags, problems)
  if (!Object.hasOwn(FORMATS, flags.format)) {
    problems.unshift({ place: '--format', message: `is "${flags.format}", wanted ${Object.keys(FORMATS).join(', ')}.` })
  }
  if (problems.length > 0) throw new UsageError(problems)
  return {
    format: FORMATS[flags.format as Format],
    interval: regions.sidebands === undefined ? kind : ('gaussian' as const),
    regions,
    options: { ...(axes === undefined ? {} : { axes }), flow, ...options, ...regions } satisfies TableOptions,
  }
}

/** What --interval and --reference-intervals ask for, and what is wrong with them. */
export function intervalsAskedFor(flags: Pick<EfficiencyFlags, 'interval' | 'referenceIntervals'>) {
  const { interval = 'clopper-pearson', referenceIntervals = false } = flags
  const problems: Problem[] = []
  const kinds = Object.keys(INTERVALS)
  if (!Object.hasOwn(INTERVALS, interval)) {
    const hint = nearestHint(interval, kinds)
    problems.push({ place: '--interval', message: `is "${interval}", wanted ${kinds.join(', ')}.${hint}` })
  } else if (referenceIntervals && interval !== 'clopper-pearson') {
    const message = `are Clopper-Pearson intervals, --interval asks for ${interval}. Leave one of the two out.`
    problems.push({ place: '--reference-intervals', message })
  }
  const kind = interval as IntervalKind
  return {
    kind: referenceIntervals ? ('reference' as const) : kind,
    options: { interval: kind, sumsAsCounts: referenceIntervals },
    problems,
  }
}

/** All problems of usage as one, and each file that cannot be read. */
function failed(failures: readonly (UsageError | DataError)[]): CommandReport {
  const problems = failures.flatMap(f => (f instanceof UsageError ? f.problems : []))
  const texts = [
    ...failures.filter(f => f instanceof DataError),
    ...(problems.length > 0 ? [new UsageError(problems)] : []),
  ].map(f => describeFailure(f))
  return {
    stdout: '',
    stderr: texts.map(({ text }) => `${text}\n`).join(''),
    status: Math.max(...texts.map(({ status }) => status)),
  }
}

/** Warnings of the bins of a table that have no interval although there are probes, and of those with too few of them. '' where
 *  there are none. */
export function warningsOf(table: NamedTable): string {
  return `${problemText(table)}${warningText(table)}`
}

function problemText(table: NamedTable): string {
  const what = (many: number) => `${many === 1 ? 'bin has' : 'bins have'} no interval`
  return told(table, what, row => row.problem)
}

function warningText(table: NamedTable): string {
  const what = (many: number) => `${many === 1 ? 'bin has' : 'bins have'} few probes`
  return told(table, what, row => row.warning ?? null)
}

function told(table: NamedTable, what: (many: number) => string, of: (row: EfficiencyRow) => string | null): string {
  const rows = table.rows.filter(row => of(row) !== null)
  if (rows.length === 0) return ''
  const lines = rows.slice(0, MOST_TOLD).map(row => {
    const place = row.bins.map((bin, k) => `${table.axes[k]!.name} ${binText(bin)}`).join(', ')
    return `\n  ${place === '' ? 'all' : place}: ${of(row)} (passing ${count(row.passing)}, total ${count(row.total)})`
  })
  const more = rows.length > lines.length ? `\n  and ${rows.length - lines.length} more` : ''
  return `warning: ${heading(table)}: ${rows.length} of ${table.rows.length} ${what(table.rows.length)}${lines.join('')}${more}\n`
}

const MOST_TOLD = 10

export function chosen(
  pairs: readonly NamedPair[],
  only: readonly string[] | undefined,
  file: string,
): readonly NamedPair[] {
  if (only === undefined) return pairs
  const matches = (pair: NamedPair, name: string) => pair.name === name || pair.name.startsWith(`${name}/`)
  const names = pairs.map(pair => pair.name)
  const problems = only
    .filter(name => !pairs.some(pair => matches(pair, name)))
    .map(name => ({
      place: '--only',
      message: `"${name}" is none of the histograms of ${file} (${names.join(', ')}).${nearestHint(name, names)}`,
    }))
  if (problems.length > 0) throw new UsageError(problems)
  return pairs.filter(pair => only.some(name => matches(pair, name)))
}

function atPlace<T>(place: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(error.problems.map(problem => ({ ...problem, place })))
  }
}
