/** Cutting filesets down, by files and by steps: fileset in, new fileset out. As coffea.dataset_tools.manipulations. Filesets
 *  are the JSON documents, datasets with `files` as an object; what else is in them is kept as it is. */

import { type Problem, UsageError } from '../core/errors.js'
import { isObject } from '../core/is-object.js'
import { joined, ordered } from '../core/ordered.js'
import { selectedEntries } from './documents.js'
import { firstN, type Slice, taken } from './slices.js'
import type { Step } from './steps.js'

export type FileSpec = string | (Readonly<Record<string, unknown>> & { readonly steps?: readonly Step[] | null })
type Files = Readonly<Record<string, FileSpec>>
export type FilesetJson = Readonly<Record<string, unknown>>

/** The first n files of each dataset. */
export function maxFiles(fileset: FilesetJson, n: number): FilesetJson {
  return sliceFiles(fileset, firstN(n))
}

/** A slice of the files of each dataset. */
export function sliceFiles(fileset: FilesetJson, slice: Slice): FilesetJson {
  return mapFiles(fileset, files => {
    const names = Object.keys(files)
    const kept = taken(slice, names.length)
    return pick(files, (_, i) => kept.has(i))
  })
}

/** Files for which `keep` holds; default: those that are known to have entries. */
export function filterFiles(
  fileset: FilesetJson,
  keep: (path: string, file: FileSpec) => boolean = (_, file) => entriesOf(file) > 0,
): FilesetJson {
  return mapFiles(fileset, files => pick(files, path => keep(path, files[path]!)))
}

function entriesOf(file: FileSpec): number {
  return typeof file === 'object' && typeof file.num_entries === 'number' ? file.num_entries : 0
}

/** The first n steps of each dataset, counted across its files. */
export function maxChunks(fileset: FilesetJson, n: number): FilesetJson {
  return sliceChunks(fileset, firstN(n))
}

/** The first n steps of each file. */
export function maxChunksPerFile(fileset: FilesetJson, n: number): FilesetJson {
  return sliceChunks(fileset, firstN(n), { byDataset: false })
}

/** A slice of the steps of each dataset, or of each file. Files left without steps are dropped. Throws UsageError where a file
 *  has no steps. */
export function sliceChunks(fileset: FilesetJson, slice: Slice, { byDataset = true } = {}): FilesetJson {
  return mapFiles(fileset, (files, dataset) => {
    const stepsOf = Object.entries(files).map(([path, file]) => [path, requireSteps(file, dataset, path)] as const)
    const total = stepsOf.reduce((sum, [, steps]) => sum + steps.length, 0)
    const inDataset = taken(slice, total)
    let before = 0
    const out: [string, FileSpec][] = []
    for (const [path, steps] of stepsOf) {
      const base = before
      before += steps.length
      const own = byDataset ? null : taken(slice, steps.length)
      const kept = steps.filter((_, i) => (own === null ? inDataset.has(base + i) : own.has(i)))
      if (kept.length > 0) out.push([path, withSteps(files[path]!, kept)])
    }
    return ordered(out)
  })
}

/** The file with other steps, and with their entries where it counts them. */
export function withSteps(file: FileSpec, steps: readonly Step[]): FileSpec {
  const spec = typeof file === 'string' ? { object_path: file } : file
  const selected = 'num_selected_entries' in spec ? { num_selected_entries: selectedEntries(steps) } : {}
  return joined<unknown>(spec, { steps }, selected)
}

/** Throws UsageError where the file has none. */
export function requireSteps(file: FileSpec, dataset: string, path: string): readonly Step[] {
  const steps = isObject(file) ? (file as { readonly steps?: readonly Step[] | null }).steps : null
  if (steps !== null && steps !== undefined) return steps
  throw usage(`dataset "${dataset}" > ${path}`, 'has no steps. Run preprocess first.')
}

/** The `files` of a dataset. Throws UsageError where they are not an object. */
export function filesOf(dataset: string, value: unknown): Files {
  const files = isObject(value) ? value.files : undefined
  if (isObject(files)) return files as Files
  throw usage(`dataset "${dataset}"`, 'has no object "files" (path -> tree or file). Run preprocess first.')
}

export function usage(place: string, message: string): UsageError {
  return new UsageError([{ place, message } satisfies Problem])
}

/** Datasets of the fileset, without the `$schema` that editors look at. */
export function datasetsOf(fileset: FilesetJson): [string, unknown][] {
  return Object.entries(fileset).filter(([name]) => name !== '$schema')
}

function mapFiles(fileset: FilesetJson, change: (files: Files, dataset: string) => Files): FilesetJson {
  return ordered(
    datasetsOf(fileset).map(([name, value]) => [
      name,
      joined<unknown>(value as Record<string, unknown>, { files: change(filesOf(name, value), name) }),
    ]),
  )
}

function pick(files: Files, keep: (path: string, i: number) => boolean): Files {
  return ordered(Object.entries(files).filter(([path], i) => keep(path, i)))
}
