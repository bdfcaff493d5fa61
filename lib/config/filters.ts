/** The filters of a tag-and-probe workflow with their tables trigger_pt, filterbit and is_photon_filter or is_electron_filter. */

import { nearestHint } from '../core/errors.js'
import { isObject } from '../core/is-object.js'
import { type Cursor, show } from './cursor.js'
import type { CheckedText } from './expressions.js'
import { WORKFLOW_ARGS } from './generated/keys.gen.js'
import type { Filter } from './job.js'
import type { Layers } from './layers.js'
import { type Family, WORKFLOWS, type WorkflowName } from './workflows.js'

const TABLES = ['trigger_pt', 'filterbit', 'is_photon_filter', 'is_electron_filter'] as const

/** The filters in the order of the document; none where it has none. */
export function resolveFilters(options: Layers, workflow: WorkflowName, check: CheckedText): Filter[] {
  const { family } = WORKFLOWS[workflow]
  const cursor = options.get('filters')
  if (cursor.isAbsent && options.areReadable) {
    cursor.problem('no "filters". Give an object, name -> expression; null for none.')
  }
  const filters = cursor.entries().map(([name, given]) => resolveFilter(name, given, options, family, check))
  if (family === 'nano' && filters.length > 0) {
    for (const table of TABLES) {
      if ((WORKFLOW_ARGS[workflow] as readonly string[]).includes(table)) checkTable(options.get(table), filters)
    }
  }
  return filters
}

function resolveFilter(name: string, given: Cursor, options: Layers, family: Family, check: CheckedText): Filter {
  const expression = given.or('')
  const { kind, prefix } = howToEvaluate(expression, family)
  if (expression.trim() === '' && !given.isWrong) given.problem('the expression is empty.')
  else if (kind === 'expression') check(given, prefix, family === 'nano' ? 'zcands' : 'events')
  const of = (table: (typeof TABLES)[number]): Cursor => options.get(table).get(name)
  return {
    name,
    expression,
    kind,
    text: prefix + expression,
    filterbit: of('filterbit').or<number | null>(null),
    triggerPt: of('trigger_pt').or(0),
    isPhotonFilter: of('is_photon_filter').or(false),
    isElectronFilter: of('is_electron_filter').or(false),
  }
}

/** NanoAOD: HLT_ names are trigger paths, texts with `zcands` stand as they are, others are about the probe. Ntuples: texts with
 *  `events` are expressions, others are column names. */
function howToEvaluate(expression: string, family: Family): { kind: Filter['kind']; prefix: string } {
  if (family !== 'nano') return { kind: expression.includes('events') ? 'expression' : 'column', prefix: '' }
  if (expression.startsWith('HLT_')) return { kind: 'hlt', prefix: '' }
  return { kind: 'expression', prefix: expression.includes('zcands') ? '' : 'zcands.probe.' }
}

/** A table has an entry for each filter and no other, and HLT_ filters have a number in it. An absent filterbit table counts as
 *  empty entries, an absent trigger_pt table as thresholds of 0. */
function checkTable(table: Cursor, filters: readonly Filter[]): void {
  const name = String(table.path.at(-1)) as (typeof TABLES)[number]
  const isGiven = isObject(table.value)
  const names = filters.map(filter => filter.name)
  for (const filter of filters) {
    const needsNumber = filter.kind === 'hlt' && (name === 'filterbit' || name === 'trigger_pt')
    const entry = table.get(filter.name)
    if (entry.isAbsent ? isGiven || (needsNumber && name === 'filterbit') : needsNumber && entry.value === null) {
      table.problem(`no ${entry.isAbsent ? 'entry' : 'number'} for ${show(filter.name)}. ${needOf(name, filter)}`)
    } else if (needsNumber && !isGiven) {
      table.warn(
        `no entry for ${show(filter.name)}: trigger objects of any transverse momentum will match. ${needOf(name, filter)}`,
      )
    }
  }
  for (const [key, entry] of table.entries()) {
    if (!names.includes(key))
      entry.problem(`${show(key)} is none of the filters.${nearestHint(key, names)} Remove the entry.`)
  }
}

function needOf(table: (typeof TABLES)[number], filter: Filter): string {
  if (filter.kind === 'hlt' && table === 'filterbit') {
    return 'An HLT_ filter needs a bit (0-63) here and a GeV threshold in trigger_pt.'
  }
  if (filter.kind === 'hlt' && table === 'trigger_pt') {
    return 'An HLT_ filter needs a GeV threshold here and a bit (0-63) in filterbit.'
  }
  return `The table needs an entry for each filter${table.startsWith('is_') ? '' : '; null for those that are no trigger'}.`
}

/** The threshold that a trigger's name states: the number after the second `Ele`, or after the first where there is one only or
 *  the name has `Leg1`; 0 where there is none. */
export function thresholdOf(expression: string): number {
  const numbers = [...expression.matchAll(/Ele([0-9]+)/g)].map(match => Number(match[1]))
  if (numbers.length === 0) return 0
  return expression.includes('Leg1') || numbers.length === 1 ? numbers[0]! : numbers[1]!
}
