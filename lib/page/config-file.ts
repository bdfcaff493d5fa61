/** The configuration of fits on the disk: read, changed for one bin, and written again as it was laid out. */

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isRemote } from '../bytes/address.js'
import { Cursor, parseFitterDocument } from '../config/fitter.js'
import { UsageError } from '../core/errors.js'
import { isObject } from '../core/is-object.js'
import { meansBin } from '../fitter/config-bins.js'
import { configOf, type FitterConfig } from '../fitter/index.js'
import { PRESETS } from '../fitter/presets.js'
import { type JsonValue, setInJson } from './json-edit.js'
import type { BinChange, ParameterChange } from './model.js'

/** Which bin is meant. */
export interface BinPlace {
  /** Of the model: nominal, or its name in `fits`. */
  readonly fit: string
  readonly label: string
  readonly bin: string
}

/** What the document says of models, as far as it matters here. */
interface ModelPart {
  readonly bin_parameters?: Readonly<Record<string, BinChange['parameters']>>
  readonly bin_fit_type?: Readonly<Record<string, string>>
}
interface Document {
  readonly fit?: ModelPart
  readonly fits?: Readonly<Record<string, ModelPart | string>>
}

export class ConfigFile {
  /** As it was given. */
  readonly path: string
  #text: string
  /** What it has been since others last changed it. */
  #versions: Set<string>

  /** Throws UsageError where it cannot be read, or is wrong. */
  constructor(path: string) {
    this.path = path
    this.#text = read(path)
    parse(this.#text, path)
    this.#versions = new Set([this.version])
  }

  /** Names its text as it is now. */
  get version(): string {
    return createHash('sha256').update(this.#text).digest('hex').slice(0, 16)
  }

  /** Whether nobody else has changed it since it was so. */
  isSince(version: string): boolean {
    return this.#versions.has(version)
  }

  /** Where it is written to. */
  get place(): string {
    return realpathSync(this.path)
  }

  /** As it is, or with another choice for one bin. Throws UsageError with what is wrong. */
  config(bin?: BinPlace, change?: BinChange): FitterConfig {
    return parse(bin === undefined ? this.#text : this.changed(bin, change!), this.path)
  }

  /** What it says of a bin alone. */
  own(bin: BinPlace): BinChange {
    const { part, key } = this.#find(bin)
    return { shapes: part.bin_fit_type?.[key] ?? null, parameters: part.bin_parameters?.[key] ?? {} }
  }

  /** Its text with this change. What it says already stays as it is laid out. */
  changed(bin: BinPlace, { shapes, parameters }: BinChange): string {
    const { path, key, text: base } = this.#find(bin)
    const before = this.own(bin)
    let text = base
    if (JSON.stringify(before.parameters) !== JSON.stringify(parameters)) {
      const said = Object.keys(parameters).length === 0 ? undefined : (parameters as unknown as JsonValue)
      text = setInJson(text, [...path, 'bin_parameters', key], said)
    }
    if (before.shapes !== shapes) text = setInJson(text, [...path, 'bin_fit_type', key], shapes ?? undefined)
    return text === base ? this.#text : text
  }

  /** The file has its new text. */
  written(text: string): void {
    this.#text = text
    this.#versions.add(this.version)
  }

  /** Reads it again. Throws as the constructor; what was read before is kept then. */
  refresh(): void {
    const text = read(this.path)
    if (text === this.#text) return
    parse(text, this.path)
    this.#text = text
    this.#versions = new Set([this.version])
  }

  /** Where a bin's settings stand, or would stand. A model that is but a name (`"egm-nominal"`) is written out for them. */
  #find({ fit, label, bin }: BinPlace): {
    readonly path: readonly string[]
    readonly part: ModelPart
    readonly key: string
    readonly text: string
  } {
    const document = JSON.parse(this.#text.replace(/^\ufeff/, '')) as Document
    const hasModels = Object.keys(document.fits ?? {}).length > 0
    const path = hasModels ? ['fits', fit] : ['fit']
    const given = hasModels ? document.fits![fit] : document.fit
    const part = typeof given === 'object' && given !== null ? given : {}
    const text =
      typeof given === 'string'
        ? setInJson(this.#text, path, { [Object.hasOwn(PRESETS, given) ? 'model' : 'fit_type']: given })
        : this.#text
    const keys = [...Object.keys(part.bin_parameters ?? {}), ...Object.keys(part.bin_fit_type ?? {})]
    const said = keys.findLast(key => key.startsWith(`${label}/`) && meansBin(key, label, bin))
    return { path, part, key: said ?? `${label}/${bin}`, text }
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a folder' : message
    throw new UsageError([{ place: path, message: `${why} (the configuration of the fits).` }])
  }
}

function parse(text: string, path: string): FitterConfig {
  const document = parseFitterDocument(Buffer.from(text, 'utf8'), path)
  const { file, findings } = document
  const config = configOf(new Cursor(withFiles(document.value, dirname(path)), file, findings), path)
  if (findings.problems.length > 0) throw new UsageError(findings.problems)
  return config
}

/** Files are looked for in the current folder, as the fitter does; where they are not there, beside the configuration. */
function withFiles(value: unknown, folder: string, isFile = false): unknown {
  if (typeof value === 'string') {
    if (!isFile || value === '' || value === '-' || isRemote(value)) return value
    const [plain = '', part] = value.split('::')
    const beside = join(folder, plain)
    if (existsSync(plain) || !existsSync(beside)) return value
    return part === undefined ? beside : `${beside}::${part}`
  }
  if (Array.isArray(value)) return value.map(one => withFiles(one, folder))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const holdsFiles = /^(root_files_(DATA|MC)|data|mc)$/.test(key) && typeof one === 'object' && one !== null
      return [key, holdsFiles ? labelled(one, folder) : withFiles(one, folder, key === 'file')]
    }),
  )
}

/** Label -> file, or an object that names it. */
function labelled(files: object, folder: string): unknown {
  return Object.fromEntries(Object.entries(files).map(([label, file]) => [label, withFiles(file, folder, true)]))
}

/** Where the configuration is that results name: from the current folder, else from theirs; null: nowhere. */
export function findConfig(named: string, results: string): string | null {
  const places = [named, resolve(dirname(results), named)]
  return places.find(place => existsSync(place)) ?? null
}

/** Of what a page has sent. Throws UsageError, of which the places are the page's fields. */
export function checkedChange(value: unknown): BinChange {
  const problems: { place: string; message: string }[] = []
  const { shapes = null, parameters = {} } = isObject(value) ? value : {}
  if (shapes !== null && typeof shapes !== 'string') problems.push({ place: 'shapes', message: 'must be text.' })
  const checked: Record<string, ParameterChange> = {}
  for (const [name, one] of Object.entries(isObject(parameters) ? parameters : {})) {
    if (isObject(one) && /^\w+$/.test(name)) checked[name] = one as ParameterChange
    else problems.push({ place: `parameters/${name}`, message: 'must have start, limits or fixed.' })
  }
  if (problems.length > 0) throw new UsageError(problems)
  return { shapes: shapes as string | null, parameters: checked }
}

/** The field of the page that a problem of the configuration is about. */
export function fieldOf(place: string): string {
  const own = /\/bin_parameters\/[^/]*\/(\w+)(?:\/(start|limits|fixed)(?:\/\d)?)?$/.exec(place)
  if (own !== null) return `parameters/${own[1]}${own[2] === undefined ? '' : `/${own[2]}`}`
  if (/\/bin_fit_type\//.test(place)) return 'shapes'
  const fitted = /^(start|limits|fixed)\/(\w+)$/.exec(place)
  return fitted === null ? place : `parameters/${fitted[2]}/${fitted[1]}`
}
