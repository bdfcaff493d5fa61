/** Documents of efficiencies: checked beyond their schema. */
import { edgesFault } from './binning.js'
import { type Cursor, show } from './cursor.js'
import { validateEfficiencies } from './generated/later-validators.gen.js'
import type { EfficienciesDocument } from './generated/types.gen.js'
import { checkAgainst, type Validator } from './schema-check.js'

export type EfficiencyTableDocument = EfficienciesDocument['tables'][number]

/** Whether JSON is meant to be such a document: files of histograms are objects as well. */
export function looksLikeEfficiencies(document: Cursor): boolean {
  return !document.get('format').isAbsent || !document.get('tables').isAbsent
}

/** The tables; null where the findings say what is wrong. */
export function readEfficiencies(document: Cursor): readonly EfficiencyTableDocument[] | null {
  checkAgainst(validateEfficiencies as unknown as Validator, document)
  if (document.isWrong) return null
  const names = new Set<string>()
  for (const table of document.get('tables').items()) {
    const { name } = table.value as EfficiencyTableDocument
    if (names.has(name)) table.get('name').problem(`is ${show(name)} like another table's. Rename one.`)
    names.add(name)
    checkTable(table)
  }
  return document.isWrong ? null : (document.value as EfficienciesDocument).tables
}

function checkTable(table: Cursor): void {
  const { axes, bins } = table.value as EfficiencyTableDocument
  for (const [a, { edges }] of axes.entries()) {
    const fault = edgesFault(edges)
    if (fault !== null) table.get('axes').get(a).get('edges').problem(fault)
  }
  const counts = axes.map(axis => axis.edges.length - 1)
  const seen = new Set<string>()
  for (const [b, { bin }] of bins.entries()) {
    const place = table.get('bins').get(b)
    if (bin.length !== axes.length || bin.some((i, a) => i >= counts[a]!)) {
      place.get('bin').problem(`is ${show(bin)}, but the axes have ${counts.join(' times ')} bins.`)
    } else if (seen.has(bin.join())) place.get('bin').problem(`is ${show(bin)}, which is there twice.`)
    seen.add(bin.join())
    checkBin(place)
  }
  const total = counts.reduce((product, count) => product * count, 1)
  const missing = total - seen.size
  if (!table.isWrong && missing > 0)
    table.get('bins').problem(`lacks ${missing} of ${total} bins: each has to be there.`)
}

function checkBin(place: Cursor): void {
  const { status, reason, efficiency, up, down } = place.value as EfficiencyTableDocument['bins'][number]
  if (status === 'failed') {
    if (reason === undefined) place.problem('failed without a "reason".')
    return
  }
  if (!(typeof efficiency === 'number' && efficiency >= 0 && efficiency <= 1)) {
    place.get('efficiency').problem(`must be from 0 to 1 where the status is "ok", got ${show(efficiency ?? null)}.`)
  }
  for (const [key, value] of Object.entries({ up, down })) {
    if (typeof value === 'number' && value >= 0) continue
    place.get(key).problem(`must be 0 or more where the status is "ok", got ${show(value ?? null)}.`)
  }
}
