/** Options of `tnp-pipe efficiency`, and what those of its method ask for. */
import { type Command, InvalidArgumentError } from 'commander'
import type { Problem } from '../core/errors.js'
import { type MassRange, regionProblems, SIDEBAND_WINDOW, SIDEBANDS, type TableOptions } from '../hist/index.js'
import { numbersOf } from './option-values.js'

export interface MethodFlags {
  /** count or sideband. */
  readonly method?: string
  readonly massWindow?: MassRange
  /** Both bands: low, high. */
  readonly sidebands?: readonly number[]
}

export interface EfficiencyFlags extends MethodFlags {
  readonly format: string
  /** Names of histograms, or of groups of them: `pt`, `pt/barrel`. */
  readonly only?: readonly string[]
  /** Axes to keep. */
  readonly axes?: readonly string[]
  readonly flow: boolean
  /** Kind of intervals; default: clopper-pearson. */
  readonly interval?: string
  /** Clopper-Pearson with sums of weights as counts. */
  readonly referenceIntervals?: boolean
}

export function addEfficiencyOptions(command: Command): Command {
  const described = command
    .description('print efficiencies bin by bin from files of histograms (.pkl or UHI JSON)')
    .argument('<files...>', 'written by the histogram methods, here or by the reference')
    .option('--format <name>', 'text, csv or json', 'text')
    .option('--only <names>', 'histograms or groups of them, separated by commas: pt, eta/entire', list)
    .option(
      '--axes <names>',
      'axes to keep, separated by commas; the others are summed over (default: all but mll)',
      list,
    )
    .option('--flow', 'count what is below and above the axes that are summed over, too', false)
  return addMethodOptions(described)
    .option('--interval <kind>', 'clopper-pearson, wilson, jeffreys or bayesian; 68.27 %', 'clopper-pearson')
    .option(
      '--reference-intervals',
      "the reference's numbers, where weights must not be heeded: Clopper-Pearson with sums of weights as counts",
      false,
    )
}

/** How probes are counted, of every command that makes efficiencies of histograms. */
export function addMethodOptions(command: Command): Command {
  return command
    .option('--method <name>', 'count, or sideband: with the background of side bands of the mass taken away', 'count')
    .option(
      '--mass-window <low,high>',
      `GeV, where probes count (default: all of the axis mll; sideband: ${SIDEBAND_WINDOW.join()})`,
      numbers(2),
    )
    .option(
      '--sidebands <low,high,low,high>',
      `below and above the window (default: ${[...SIDEBANDS.low, ...SIDEBANDS.high].join()})`,
      numbers(4),
    )
}

function list(text: string): string[] {
  return text.split(',')
}

function numbers(count: number): (text: string) => number[] {
  return text => {
    const values = numbersOf(text)
    if (values.length === count && values.every(Number.isFinite)) return values
    throw new InvalidArgumentError(`Wanted ${count} numbers with commas between them.`)
  }
}

/** The regions of the mass that are asked for. Notes what is wrong with them. */
export function methodOptions(
  flags: MethodFlags & Pick<EfficiencyFlags, 'referenceIntervals'>,
  problems: Problem[],
): Pick<TableOptions, 'massWindow' | 'sidebands'> {
  const { method = 'count', massWindow, sidebands } = flags
  const window = massWindow === undefined ? {} : { massWindow }
  if (method === 'count') {
    if (sidebands !== undefined) {
      problems.push({ place: '--sidebands', message: 'are for --method sideband. Add it, or leave them out.' })
    }
    told('--mass-window', massWindow === undefined ? [] : regionProblems(massWindow), problems)
    return window
  }
  if (method !== 'sideband') {
    problems.push({ place: '--method', message: `is "${method}", wanted count or sideband.` })
    return {}
  }
  if (flags.referenceIntervals === true) {
    const message = 'are of counting: --method sideband has its own. Leave one of the two out.'
    problems.push({ place: '--reference-intervals', message })
  }
  const bands = sidebands === undefined ? SIDEBANDS : sidebandsOf(sidebands)
  const subtracted = massWindow ?? SIDEBAND_WINDOW
  told('--sidebands', regionProblems(subtracted, bands), problems)
  return { massWindow: subtracted, sidebands: bands }
}

/** low,high of the band below, then of the one above. */
export function sidebandsOf(ends: readonly number[]) {
  const [a, b, c, d] = ends as readonly [number, number, number, number]
  return { low: [a, b], high: [c, d] } as const
}

function told(place: string, messages: readonly string[], problems: Problem[]): void {
  problems.push(...messages.map(message => ({ place, message })))
}
