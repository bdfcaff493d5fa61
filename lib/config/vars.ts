/** `vars` of methods: columns to write, axes of histograms, variables of collections. */
import { nearestHint } from '../core/errors.js'
import type { EdgesInUse } from './binning.js'
import { type Cursor, show } from './cursor.js'
import type { NtuplesMethod } from './job.js'

/** Columns to write, each once; names with `to_use` are internal and never written. */
export function columnVars(vars: Cursor, defaults: readonly string[]): readonly string[] | 'all' {
  const given = vars.or<readonly string[] | 'all'>(defaults)
  if (given === 'all') return given
  checkNames(vars)
  for (const item of vars.items()) {
    if (isInternal(item)) item.warn(`columns with "to_use" in their name are not written.`)
  }
  return [...new Set(given)].filter(name => !name.includes('to_use'))
}

/** How many axes a histogram may have: the 1d method needs pt, eta and phi; others at least one where there is no mll axis. */
export interface AxisCount {
  readonly isRight: (count: number) => boolean
  readonly wanted: string
}
export const THREE: AxisCount = { isRight: count => count === 3, wanted: '3 variables (pt, eta, phi)' }
export const ONE_OR_MORE: AxisCount = { isRight: count => count > 0, wanted: 'a variable' }
export const ANY: AxisCount = { isRight: () => true, wanted: '' }

/** Variables of the axes, with edges for each. */
export function axisVars(
  vars: Cursor,
  defaults: readonly string[],
  edges: EdgesInUse,
  count: AxisCount,
): readonly string[] {
  if (!Array.isArray(vars.value)) {
    for (const name of defaults) edges.use(name, vars)
    return defaults
  }
  const given: readonly unknown[] = vars.value
  if (!count.isRight(given.length)) vars.problem(`must have ${count.wanted}, got ${given.length}: ${show(given)}.`)
  checkNames(vars)
  vars.items().forEach((place, i) => {
    if (place.isWrong) return
    const name = place.or('')
    if (given.indexOf(name) !== i) place.problem(`${show(name)} is there twice: axes need different variables.`)
    else if (isInternal(place)) place.problem(`${show(name)} is an internal column: choose another variable.`)
    else edges.use(name, place)
  })
  return given as readonly string[]
}

function isInternal(item: Cursor): boolean {
  return item.or('').includes('to_use')
}

function checkNames(vars: Cursor): void {
  for (const item of vars.items()) {
    if (item.value === '') item.problem('the name is empty.')
  }
}

/** Variables of get_ntuples by collection. Absent: everything of Electron and Photon. */
export function collectionVars(vars: Cursor): Pick<NtuplesMethod, 'electron' | 'photon' | 'collections'> {
  if (vars.or<object | null>(null) === null) return { electron: 'all', photon: 'all', collections: [] }
  const listed = (name: string, fallback: readonly string[] | 'all') =>
    vars.get(name).or<readonly string[] | 'all'>(fallback)
  if (vars.get('Photon').isAbsent) {
    const near = nearestHint('Photon', Object.keys(vars.value as object), 1).replace('Nearest', 'Found')
    vars.warn(`no "Photon": no photon variables are written.${near}`)
  }
  if (!vars.get('Muon').isAbsent) vars.get('Muon').warn('ignored: muons are not written.')
  const collections = vars
    .entries()
    .filter(([name]) => !['Electron', 'Photon', 'Muon'].includes(name))
    .map(([name, given]) => ({ name, vars: given.or<readonly string[] | 'all'>([]) }))
  return { electron: listed('Electron', 'all'), photon: listed('Photon', []), collections }
}
