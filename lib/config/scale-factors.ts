/** The document of `tnp-pipe scale-factors`: what is measured, from which files, and how uncertainties are made. */
import { nearestHint } from '../core/errors.js'
import { type Cursor, Findings, show } from './cursor.js'
import { validateScaleFactors } from './later-validators.gen.js'
import { loadDocument, type Source } from './load.js'
import { checkAgainst, type Validator } from './schema-check.js'
import type { ScaleFactorsDocument } from './types.gen.js'

/** A file, and what is meant in it. */
export interface EfficiencySource {
  readonly file: string
  readonly name: string | null
  /** Where the document names it: what is wrong with the file is noted here. */
  readonly place: Cursor
}

export interface ScaleFactorConfig {
  readonly data: Readonly<Record<string, EfficiencySource>>
  readonly mc: Readonly<Record<string, EfficiencySource>>
  readonly scheme: 'classic' | 'mean-of-four'
  readonly axes: readonly [string, string]
  readonly massWindow: readonly [number, number]
  readonly interval: NonNullable<ScaleFactorsDocument['interval']>
  readonly exclude: Readonly<Record<string, readonly (readonly [number, number])[]>>
  readonly symmetrise: 'none' | 'uncertainties'
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
  const description = correction.get('description').or<string | null>(null)
  return {
    data: sourcesOf(document.get('data')),
    mc: sourcesOf(document.get('mc')),
    scheme,
    axes,
    massWindow: checkRange(document.get('mass_window')) ?? [60, 120],
    interval: document.get('interval').or<NonNullable<ScaleFactorsDocument['interval']>>('clopper-pearson'),
    exclude: excludedRanges(document.get('exclude'), axes),
    symmetrise: document.get('symmetrise').or<'none' | 'uncertainties'>('none'),
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

function sourcesOf(group: Cursor): Record<string, EfficiencySource> {
  const known = group.entries().filter(([, source]) => !source.isWrong)
  return Object.fromEntries(
    known.map(([key, place]) => {
      const { value } = place
      const file = typeof value === 'string' ? value : String(place.get('file').value)
      return [key, { file, name: place.get('name').or<string | null>(null), place }]
    }),
  )
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
function checkRange(place: Cursor): readonly [number, number] | null {
  const range = place.or<readonly [number, number] | null>(null)
  if (range !== null && !(range[0] < range[1])) place.problem(`must ascend, got ${show(range)}.`)
  return range
}
