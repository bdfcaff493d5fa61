/** The JSON files in the folder of a batch run: read, and known by their form. */

import { readFileSync } from 'node:fs'
import { UsageError } from '../core/errors.js'
import { isObject } from '../core/is-object.js'

/** Changes whenever the folder's content does. */
export const FORMAT = 1

/** null: there is no such file. Throws UsageError where it is damaged: no JSON, or none of the form that `fits` knows. */
export function readJson<T>(path: string, fits: (value: unknown) => boolean): T | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (fits(value)) return value as T
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    // A name that no file can have comes out of a damaged document.
    const isNoName = code === 'ENAMETOOLONG' || code === 'ERR_INVALID_ARG_VALUE'
    if (!(error instanceof SyntaxError) && !isNoName) throw error
  }
  throw damaged(path)
}

export function damaged(path: string): UsageError {
  return new UsageError([{ place: path, message: 'is damaged: it is not what tnp-pipe wrote there.' }])
}

export function areTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string')
}

/** Of another version, no more than which one is known. */
export function isRunDocument(value: unknown): boolean {
  if (!isObject(value) || typeof value.version !== 'string') return false
  if (value.format !== FORMAT) return true
  const texts = [value.id, value.created, value.cwd, value.output]
  const isKnown = value.system === 'slurm' || value.system === 'condor'
  const lists = [value.datasets, value.command].every(areTexts)
  return (
    isKnown &&
    lists &&
    texts.every(text => typeof text === 'string') &&
    isObject(value.resources) &&
    isObject(value.identity)
  )
}

export function isPassDocument(value: unknown): boolean {
  if (!isObject(value) || !Array.isArray(value.groups)) return false
  const texts = [value.pass, value.dataset, value.created]
  const isGroup = (one: unknown) => isObject(one) && typeof one.id === 'string' && typeof one.events === 'number'
  return texts.every(text => typeof text === 'string') && value.groups.every(isGroup)
}
