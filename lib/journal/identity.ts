/** What a journal belongs to: the job, its inputs and the program's version, as names and values that can be compared. */
import type { Problem } from '../core/errors.js'

/** Name -> value as JSON text, for example 'options / tagsPtCut' -> '35'. */
export type Identity = Readonly<Record<string, string>>

/** Every value below an object by its path; lists of plain values are one value. */
export function flatten(value: unknown, path = ''): Record<string, string> {
  const out: Record<string, string> = {}
  const walk = (x: unknown, at: string) => {
    const entries = isNested(x) ? Object.entries(x) : []
    if (entries.length === 0) out[at] = JSON.stringify(x) ?? 'null'
    for (const [key, inner] of entries) walk(inner, at === '' ? key : `${at} / ${key}`)
  }
  walk(value, path)
  return out
}

function isNested(x: unknown): x is object {
  if (x === null || typeof x !== 'object') return false
  return !Array.isArray(x) || x.some(e => e !== null && typeof e === 'object')
}

/** Differences that are told one by one; more would bury them. */
const MOST_TOLD = 20

/** Every difference, as problems: none where the identities are equal. */
export function differences(journal: Identity, now: Identity): Problem[] {
  const names = [...new Set([...Object.keys(journal), ...Object.keys(now)])].filter(n => journal[n] !== now[n])
  const told = names.slice(0, MOST_TOLD).map(name => ({
    place: name,
    message: `${journal[name] ?? 'nothing'} in the journal, ${now[name] ?? 'nothing'} now.`,
  }))
  const more = names.length - told.length
  return more === 0 ? told : [...told, { place: 'journal', message: `${more} more differences.` }]
}
