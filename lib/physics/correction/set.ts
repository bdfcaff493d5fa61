/** A document with corrections, from which one is chosen by name. */
import { nearestHint } from '../../core/errors.js'
import { compileCompound } from './compound.js'
import { type Correction, type CorrectionSource, compileCorrection } from './correction.js'
import type { CompoundCorrectionJson, CorrectionJson, CorrectionSetJson } from './document.js'
import { readCorrectionFile } from './read.js'
import { fail, show } from './reader.js'

export class CorrectionSet {
  readonly file: string
  /** Alphabetically. */
  readonly names: readonly string[]
  readonly compoundNames: readonly string[]
  private readonly corrections: ReadonlyMap<string, CorrectionJson>
  private readonly compounds: ReadonlyMap<string, CompoundCorrectionJson>

  /** The set in a file on this machine, gzipped or not. Bare Infinity, -Infinity and NaN, which released files have, are read
   *  as correctionlib reads them. Throws DataError where the file cannot be read or is no such document. */
  static read(path: string): CorrectionSet {
    return new CorrectionSet(readCorrectionFile(path), path)
  }

  /** document: what is in the JSON file; file: its name, for messages. Throws DataError where it is no correctionlib document
   *  of schema version 2. Corrections are checked when they are asked for. */
  constructor(document: unknown, file: string) {
    this.file = file
    const { schema_version, corrections, compound_corrections } = (document ?? {}) as Partial<CorrectionSetJson>
    if (schema_version !== 2) throw fail(file, `"schema_version" is ${show(schema_version)}, wanted 2 (correctionlib).`)
    this.corrections = byName(corrections, 'corrections', file)
    this.compounds = byName(compound_corrections ?? [], 'compound_corrections', file)
    this.names = [...this.corrections.keys()].sort()
    this.compoundNames = [...this.compounds.keys()].sort()
  }

  /** All of them, as they are in the document. */
  documents(): readonly CorrectionJson[] {
    return [...this.corrections.values()]
  }

  /** The correction as plain data; without a name, the alphabetically first one. */
  source(name = this.names[0]): CorrectionSource {
    if (name === undefined) throw fail(this.file, 'there are no corrections in this file.')
    return { file: this.file, correction: find(this.corrections, name, `${this.file} > corrections`) }
  }

  correction(name?: string): Correction {
    return compileCorrection(this.source(name))
  }

  /** A compound correction: a chain of the others. */
  compound(name: string): Correction {
    const compound = find(this.compounds, name, `${this.file} > compound_corrections`)
    return compileCompound(compound, `${this.file} > ${name}`, part => this.correction(part))
  }
}

function byName<T extends { readonly name: string }>(
  items: readonly T[] | undefined,
  key: string,
  file: string,
): ReadonlyMap<string, T> {
  if (!Array.isArray(items)) throw fail(file, `"${key}" is ${show(items)}, wanted a list.`)
  const found = new Map<string, T>()
  for (const [i, item] of (items as readonly T[]).entries()) {
    if (typeof item?.name !== 'string') throw fail(file, `/${key}/${i} has no name.`)
    if (found.has(item.name)) throw fail(file, `there are two ${key} named ${show(item.name)}.`)
    found.set(item.name, item)
  }
  return found
}

function find<T>(items: ReadonlyMap<string, T>, name: string, place: string): T {
  const found = items.get(name)
  if (found !== undefined) return found
  const all = items.size === 0 ? 'There are none.' : `All: ${[...items.keys()].sort().join(', ')}.`
  throw fail(place, `no ${show(name)}.${nearestHint(name, items.keys())} ${all}`)
}
