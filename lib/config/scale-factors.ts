/** The document of `tnp-pipe scale-factors`: what is measured, from which files, and how uncertainties are made. */

import { nearestHint } from '../core/errors.js'
import { ordered } from '../core/ordered.js'
import { type Cursor, Findings, show } from './cursor.js'
import { validateScaleFactors } from './generated/later-validators.gen.js'
import type { ScaleFactorsDocument } from './generated/types.gen.js'
import { loadDocument, type Source } from './load.js'
import { checkAgainst, type Validator } from './schema-check.js'

/** A file, and what is meant in it. */
export interface EfficiencySource {
  readonly file: string
  readonly name: string | null
  /** How histograms are counted. sidebands null: all that is in the window. */
  readonly counting: {
    readonly massWindow: Range
    readonly sidebands: { readonly low: Range; readonly high: Range } | null
  }
  /** Where the document names it: what is wrong with the file is noted here. */
  readonly place: Cursor
}

type Range = readonly [number, number]

export interface ScaleFactorConfig {
  readonly data: Readonly<Record<string, EfficiencySource>>
  readonly mc: Readonly<Record<string, EfficiencySource>>
  readonly scheme: 'classic' | 'mean-of-four'
  readonly axes: readonly [string, string]
  readonly interval: NonNullable<ScaleFactorsDocument['interval']>
  readonly exclude: Readonly<Record<string, readonly (readonly [number, number])[]>>
  readonly symmetrise: NonNullable<ScaleFactorsDocument['symmetrise']>
  readonly smooth: Readonly<Record<string, readonly string[]>>
  readonly correction: { name: string; year: string; workingPoint: string; description?: string; join: string | null }
  /** What is wrong so far; reading the files adds to it. */
  readonly findings: Findings
}

/** Everything that can be told without reading the sources is in the findings. */
export function loadScaleFactorConfig(source: Source<ScaleFactorsDocument>): ScaleFactorConfig {
  const findings = new Findings()
  const document = loadDocument(source, 'scale factors', findings)
  checkAgainst(validateScaleFactors as unknown as Validator, document)
  const scheme = document.get('scheme').or<'classic' | 'mean-of-four'>('classic')
  checkScheme(document, scheme)
  const axes = document.get('axes').or<readonly [string, string]>(['el_eta', 'el_pt'])
  if (axes[0] === axes[1]) document.get('axes').problem(`names "${axes[0]}" twice, wanted two axes.`)
  else if (/eta/i.test(axes[1]) && !/eta/i.test(axes[0])) {
    document.get('axes').problem(`has "${axes[1]}" second: the pseudorapidity is the first axis. Exchange them.`)
  }
  const correction = document.get('correction')
  for (const key of ['name', 'year', 'working_point']) {
    if (correction.get(key).value === '') correction.get(key).problem('is empty, wanted a text.')
  }
  const regions = checkRegions(document)
  const [data, mc] = ['data', 'mc'].map(key => sourcesOf(document.get(key), document, regions)) as [Sources, Sources]
  const all = [...Object.values(data), ...Object.values(mc)]
  if (!document.get('sidebands').isAbsent && all.every(source => source.counting.sidebands === null)) {
    document.get('sidebands').problem(SIDEBAND_ALONE)
  }
  const description = correction.get('description').or<string | null>(null)
  return {
    data,
    mc,
    scheme,
    axes,
    interval: document.get('interval').or<NonNullable<ScaleFactorsDocument['interval']>>('clopper-pearson'),
    exclude: excludedRanges(document.get('exclude'), axes),
    symmetrise: document.get('symmetrise').or<ScaleFactorConfig['symmetrise']>('none'),
    smooth: document.get('smooth').or<ScaleFactorConfig['smooth']>({}),
    correction: {
      name: correction.get('name').or('Electron-ID-SF'),
      year: correction.get('year').or(''),
      workingPoint: correction.get('working_point').or(''),
      join: correction.get('join').or<string | null>(null),
      ...(description === null ? {} : { description }),
    },
    findings,
  }
}

const FITS = ['alt_signal', 'alt_background', 'alt_signal_background'] as const

function checkScheme(document: Cursor, scheme: 'classic' | 'mean-of-four'): void {
  const data = document.get('data')
  if (scheme === 'classic') {
    const extra = data.get('alt_signal_background')
    if (!extra.isAbsent) extra.problem('is used by the scheme "mean-of-four" alone. Remove it, or choose that scheme.')
    return
  }
  for (const key of FITS) {
    if (!data.isAbsent && data.get(key).isAbsent)
      data.get(key).problem('is missing: "mean-of-four" is the mean of four fits.')
  }
  const tag = document.get('mc').get('alt_tag')
  if (!tag.isAbsent) tag.problem('is used by the scheme "classic" alone. Remove it, or choose that scheme.')
}

type Sources = Readonly<Record<string, EfficiencySource>>

function sourcesOf(group: Cursor, document: Cursor, regions: Regions): Sources {
  const known = group.entries().filter(([, source]) => !source.isWrong)
  return ordered(
    known.map(([key, place]) => {
      const { value } = place
      const file = typeof value === 'string' ? value : String(place.get('file').value)
      const name = place.get('name').or<string | null>(null)
      return [key, { file, name, counting: countingOf(place, document, regions), place }]
    }),
  )
}

const SIDEBAND_ALONE = 'are used by the method "sideband" alone. Choose it, or remove them.'

/** What a document or a source says of the mass; undefined: nothing. */
interface Regions {
  readonly window: Range | undefined
  readonly bands: readonly [Range, Range] | undefined
}

/** Windows that the two methods have where none is given. */
const WINDOWS = { count: [60, 120], sideband: [81, 101] } as const
const BANDS = [
  [60, 75],
  [110, 130],
] as const

/** The source's own method and regions, else the document's. */
function countingOf(source: Cursor, document: Cursor, common: Regions): EfficiencySource['counting'] {
  const given = document.get('method').or<'count' | 'sideband'>('count')
  const method = source.get('method').or(given)
  const own = checkRegions(source)
  // A window of the document is that of its method: another one of a source does not inherit it.
  const inherited = method === given ? common.window : undefined
  const massWindow = own.window ?? inherited ?? WINDOWS[method]
  if (method === 'count') {
    if (!source.get('sidebands').isAbsent) source.get('sidebands').problem(SIDEBAND_ALONE)
    return { massWindow, sidebands: null }
  }
  const [low, high] = own.bands ?? common.bands ?? BANDS
  if (low[1] > massWindow[0] || high[0] < massWindow[1]) {
    const place =
      [source, document].find(at => !at.get('sidebands').isAbsent || !at.get('mass_window').isAbsent) ?? source
    const message = `the side bands ${show(low)} and ${show(high)} are not below and above the mass window ${show(massWindow)}.`
    // Told once where sources have it from the document.
    if (!place.isWrong) place.problem(message)
  }
  return { massWindow, sidebands: { low, high } }
}

/** Notes what does not ascend. */
function checkRegions(place: Cursor): Regions {
  const ends = place.get('sidebands').or<readonly number[] | null>(null)
  const window = checkRange(place.get('mass_window')) ?? undefined
  if (ends === null) return { window, bands: undefined }
  const [a, b, c, d] = ends as readonly [number, number, number, number]
  if (a < b && b <= c && c < d) {
    return {
      window,
      bands: [
        [a, b],
        [c, d],
      ],
    }
  }
  place.get('sidebands').problem(`must ascend, got ${show(ends)}.`)
  return { window, bands: undefined }
}

function excludedRanges(exclude: Cursor, axes: readonly string[]): ScaleFactorConfig['exclude'] {
  const ranges: Record<string, (readonly [number, number])[]> = {}
  for (const [axis, list] of exclude.entries()) {
    if (!axes.includes(axis))
      list.problem(`is no axis of the scale factors (${axes.join(', ')}).${nearestHint(axis, axes)}`)
    ranges[axis] = list.items().flatMap(item => {
      const range = checkRange(item)
      return range === null ? [] : [range]
    })
  }
  return ranges
}

/** Notes a range whose ends do not ascend; null where there is none. */
function checkRange(place: Cursor): Range | null {
  const range = place.or<Range | null>(null)
  if (range !== null && !(range[0] < range[1])) place.problem(`must ascend, got ${show(range)}.`)
  return range
}
