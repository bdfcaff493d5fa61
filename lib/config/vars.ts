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

/** Variables of the axes, with edges for each. `count`: how many there must be. */
export function axisVars(
  vars: Cursor,
  defaults: readonly string[],
  edges: EdgesInUse,
  count?: number,
): readonly string[] {
  const given = vars.or<readonly string[]>(defaults)
  if (count !== undefined && given.length !== count) {
    vars.problem(`must have ${count} variables (pt, eta, phi), got ${given.length}: ${show(given)}.`)
    return given
  }
  checkNames(vars)
  given.forEach((name, i) => {
    const place = vars.items()[i] ?? vars
    if (place.isWrong) return
    if (given.indexOf(name) !== i) place.problem(`${show(name)} is there twice: axes need different variables.`)
    else if (isInternal(place)) place.problem(`${show(name)} is an internal column: choose another variable.`)
    else edges.use(name, place)
  })
  return given
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
