/** The fileset document to datasets: forms of the file list, `--limit`, metadata, output folders. */

import { nearestHint } from '../core/errors.js'
import { fileKind } from '../core/file-kind.js'
import { isObject } from '../core/is-object.js'
import { joined, plain } from '../core/ordered.js'
import { Cursor, show } from './cursor.js'
import { DATASET_KEYS, FILE_KEYS, METADATA_KEYS } from './generated/keys.gen.js'
import type { Dataset, DatasetFile } from './job.js'
import { datasetDir } from './output-names.js'
import { checkSchema } from './schema-check.js'
import { resolveSteps } from './steps.js'

/** The datasets of a fileset in order. `limit`: files to keep of each dataset, from the first; negative: all but the last.
 *  `parquet`: files may be Parquet files, and folders of them, as well. */
export function resolveDatasets(fileset: Cursor, limit: number | null, parquet = false): Dataset[] {
  const names = fileset.entries().filter(([name]) => name !== '$schema')
  if (names.length === 0 && !fileset.isAbsent) fileset.warn('has no datasets: there is nothing to do.')
  const datasets = names.map(([name, given]) => resolveDataset(name, given, limit, parquet))
  checkFolders(names, datasets)
  return datasets
}

function resolveDataset(name: string, given: Cursor, limit: number | null, parquet: boolean): Dataset {
  const bare = isBareFileList(given.value)
  const root = new Cursor({ [name]: bare ? { files: given.value } : given.value }, given.file, given.findings)
  checkSchema('fileset', root, path => (bare && path[1] === 'files' ? [name, ...path.slice(2)] : path))
  const dataset = bare ? new Cursor({}, given.file, given.findings, given.path) : given
  warnOfUnknownKeys(dataset)
  const files = limitFiles(resolveFiles(bare ? given : dataset.get('files'), parquet), limit)
  if (files.length === 0 && !dataset.isWrong) {
    const why = limit === null || limit > 0 ? '' : ` left by --limit ${limit}`
    dataset.problem(`dataset ${show(name)} has no files${why}. Add files or remove the dataset.`)
  }
  return {
    name,
    dir: datasetDir(name),
    files,
    ...resolveMetadata(name, dataset.get('metadata')),
    form: formOf(dataset),
  }
}

/** A list of "path:tree" or a map path -> tree in place of the object with `files`. */
function isBareFileList(value: unknown): boolean {
  if (!isObject(value)) return Array.isArray(value)
  const keys = Object.keys(value)
  return keys.length > 0 && !keys.includes('files') && keys.every(isFileName)
}

function warnOfUnknownKeys(dataset: Cursor): void {
  for (const [key, cursor] of dataset.entries()) {
    if (!includes(DATASET_KEYS, key)) cursor.warn(`unknown key, ignored.${nearestHint(key, DATASET_KEYS, 1)}`)
  }
  for (const [key, cursor] of dataset.get('metadata').entries()) {
    const meant = METADATA_KEYS.find(known => known !== key && bareName(known) === bareName(key))
    if (meant !== undefined) cursor.warn(`has no effect (only extra_filter sees it). Nearest: "${meant}".`)
  }
}

const bareName = (key: string): string => key.toLowerCase().replaceAll(/[^a-z]/g, '')

function resolveFiles(files: Cursor, parquet: boolean): DatasetFile[] {
  const listed = files.items().map(item => {
    const [path, tree] = splitPath(item.or(''))
    if (tree === '' && !item.isWrong && fileKind(path) === 'root') {
      item.problem(`no tree name in ${show(item.value)}. Write "path:tree", as in "file.root:Events".`)
    }
    return resolveFile(path, new Cursor(tree, item.file, item.findings, item.path), parquet)
  })
  return [...listed, ...files.entries().map(([path, file]) => resolveFile(path, file, parquet))]
}

function resolveFile(path: string, file: Cursor, parquet: boolean): DatasetFile {
  const kind = fileKind(path)
  if (!file.isWrong && !(kind === 'root' || (parquet && kind !== null))) file.problem(wrongKind(path, parquet))
  const isName = typeof file.value === 'string' || file.value === null
  const treePlace = isName ? file : file.get('object_path')
  const tree = treePlace.or('')
  if (tree === '' && !file.isWrong && kind === 'root') {
    treePlace.problem('the tree name is empty. NanoAOD files have "Events".')
  }
  for (const [key, cursor] of file.entries()) {
    if (!includes(FILE_KEYS, key)) cursor.warn(`unknown key, ignored.${nearestHint(key, FILE_KEYS, 1)}`)
  }
  const numEntries = file.get('num_entries').or<number | null>(null)
  return {
    path,
    tree,
    steps: resolveSteps(file, numEntries),
    numEntries,
    uuid: file.get('uuid').or<string | null>(null),
  }
}

function wrongKind(path: string, parquet: boolean): string {
  if (parquet)
    return `${show(path)} is no file of events by its name: wanted one with ".root" or ".parquet", or a folder.`
  const why =
    fileKind(path) === 'parquet' ? 'only the workflows on ntuples read Parquet files' : 'wanted a name with ".root"'
  return `${show(path)} is not a ROOT file by its name: ${why}.`
}

/** "path:tree" at the colon after the name with its extension, so that ports of URLs stay in the path. Tree '' where there is
 *  none. */
function splitPath(text: string): [path: string, tree: string] {
  const found = /^(.*\.(?:root|parq|pq)[^:/]*):([^:]*)$/.exec(text.trim())
  return found === null ? [text.trim(), ''] : [found[1]!, found[2]!.trim()]
}

/** By its extension: names of folders look like any other key. */
function isFileName(path: string): boolean {
  const kind = fileKind(path)
  return kind === 'root' || kind === 'parquet'
}

/** Python's `files[:limit]`. */
function limitFiles(files: DatasetFile[], limit: number | null): DatasetFile[] {
  return limit === null ? files : files.slice(0, limit)
}

function resolveMetadata(name: string, metadata: Cursor) {
  const given = metadata.or<Record<string, unknown>>({})
  const pileupData = metadata.get('pileupData')
  const pileupMC = metadata.get('pileupMC')
  const isMC = metadata.get('isMC').or<boolean | null>(null)
  const pileupJSON = textOrNull(metadata.get('pileupJSON'))
  const data = textOrNull(pileupData)
  const mc = pileupMC.or<number[] | null>(null)
  if ((data === null) !== (mc === null) && pileupJSON === null && isMC !== false && !metadata.isWrong) {
    const [there, missing] = data === null ? ['pileupMC', 'pileupData'] : ['pileupData', 'pileupMC']
    metadata.get(there).problem(`"${there}" needs "${missing}" too: without it there is no pileup correction. Add it.`)
  }
  const both = data !== null && mc !== null
  const all = plain(joined<unknown>(given, { dataset: 'dataset' in given ? given.dataset : name }))
  return {
    metadata: all.value,
    ...(all.text === undefined ? {} : { metadataText: all.text }),
    isMC,
    goldenJSON: textOrNull(metadata.get('goldenJSON')),
    pileupJSON,
    pileupData: both ? data : null,
    pileupMC: both ? mc : null,
  }
}

/** A text; null where it is absent, null or empty. */
function textOrNull(cursor: Cursor): string | null {
  return cursor.or('') || null
}

function formOf(dataset: Cursor): string | null {
  return dataset.get('compressed_form').or<string | null>(null) ?? dataset.get('form').or<string | null>(null)
}

/** Two datasets may not write into one folder, and each needs a proper folder. */
function checkFolders(names: readonly [string, Cursor][], datasets: readonly Dataset[]): void {
  const owners = new Map<string, string>()
  datasets.forEach(({ name, dir }, i) => {
    const cursor = names[i]![1]
    const owner = owners.get(dir)
    if (dir === '' || dir === '.' || dir === '..') {
      cursor.problem(`the dataset name ${show(name)} makes no output folder of its own (${show(dir)}). Rename it.`)
    } else if (owner !== undefined) {
      cursor.problem(`datasets ${show(owner)} and ${show(name)} would both write to the folder "${dir}". Rename one.`)
    } else owners.set(dir, name)
  })
}

function includes(names: readonly string[], name: string): boolean {
  return names.includes(name)
}
