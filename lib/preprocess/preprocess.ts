/** Filesets to filesets that can be run: opens every file, splits it into steps, stores its UUID, its entries and the columns
 *  of each dataset. As coffea.dataset_tools.preprocess. */

import { isRemote } from '../bytes/address.js'
import type { FilesetDocument } from '../config/index.js'
import {
  type DatasetFile,
  type FilesetEntry,
  type FilesetForms,
  formatProblems,
  loadFileset,
  tolerates,
} from '../config/index.js'
import { DataError } from '../core/errors.js'
import { ordered } from '../core/ordered.js'
import { mapBounded } from './bounded.js'
import { datasetDocument, type PreprocessedDataset, type PreprocessedFileset, uniqueFiles } from './documents.js'
import { compressForm, formHash, formText, type RecordForm } from './form.js'
import { inspectFile } from './inspect-file.js'
import { completeOptions, type PreprocessOptions, type Settings } from './options.js'
import { unionOfForms } from './union-forms.js'

export interface Preprocessed {
  /** The files that can be read. */
  readonly available: PreprocessedFileset
  /** All files, those that cannot be read as they were given. */
  readonly updated: PreprocessedFileset
}

/** fileset: a path, or the document itself. Throws UsageError for mistakes in it and in the options; DataError for a file that
 *  cannot be read and may not be skipped, for a dataset without readable files, and where the columns of a dataset's files
 *  have no form in common. */
export async function preprocess(
  fileset: string | FilesetDocument | FilesetForms,
  options: PreprocessOptions = {},
): Promise<Preprocessed> {
  const { entries, warnings } = loadFileset(fileset)
  if (warnings.length > 0) options.onWarning?.(formatProblems(warnings))
  return preprocessEntries(entries, options)
}

/** The same for a fileset that has been loaded. */
export async function preprocessEntries(
  entries: readonly FilesetEntry[],
  options: PreprocessOptions = {},
): Promise<Preprocessed> {
  const isDistant = entries.some(({ dataset: { files } }) => files.some(({ path }) => isRemote(path)))
  const settings = completeOptions(options, isDistant)
  const tasks = entries.flatMap((entry, k) => uniqueFiles(entry.dataset.files).map(file => ({ entry, k, file })))
  const seen = entries.map(() => new Map<string, SeenForm>())
  let filesDone = 0
  const looked = await mapBounded(tasks, settings.jobs, settings.signal, async ({ entry, k, file }) => {
    const found = await look(file, seen[k]!, settings)
    filesDone++
    settings.onProgress({ dataset: entry.dataset.name, file: file.path, filesDone, files: tasks.length })
    return found
  })
  const available: [string, PreprocessedDataset][] = []
  const updated: [string, PreprocessedDataset][] = []
  entries.forEach((entry, k) => {
    const { name } = entry.dataset
    const own = tasks.flatMap((task, i) => (task.k === k ? [{ given: task.file, found: looked[i]! }] : []))
    const readable = own.flatMap(({ found }) => (found instanceof DataError ? [] : [found]))
    if (readable.length === 0) {
      nothingReadable(entry, own[0]?.found, settings)
      updated.push([name, datasetDocument(entry, uniqueFiles(entry.dataset.files), entry.dataset.form)])
      return
    }
    const form = datasetForm(name, seen[k]!, settings)
    const all = own.map(({ given, found }) => (found instanceof DataError ? given : found))
    available.push([name, datasetDocument(entry, readable, form)])
    updated.push([name, datasetDocument(entry, all, form)])
  })
  return { available: ordered(available), updated: ordered(updated) }
}

interface SeenForm {
  readonly form: RecordForm
  /** The first file that has it. */
  readonly path: string
}

/** The file with what was found out, or why it cannot be read where such files are skipped. Notes its form in `seen`. */
async function look(
  file: DatasetFile,
  seen: Map<string, SeenForm>,
  settings: Settings,
): Promise<DatasetFile | DataError> {
  try {
    const { file: found, form } = await inspectFile(file, settings)
    // A tree without entries and branches says nothing of the others' columns.
    if (form !== null && !(form.fields.length === 0 && found.numEntries === 0)) {
      const hash = formHash(formText(form))
      if (!seen.has(hash)) seen.set(hash, { form, path: file.path })
    }
    return found
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    if (!settings.skipBadFiles || !tolerates(settings.fileExceptions, error.exception)) throw error
    settings.onWarning(`skipped ${file.path} (${error.exception}: ${error.message})`)
    return error
  }
}

function nothingReadable({ dataset }: FilesetEntry, first: unknown, settings: Settings): void {
  const why = first instanceof DataError ? ` (first: ${first.message})` : ''
  const message = `dataset "${dataset.name}": no file can be read${why}`
  if (!settings.allowEmptyDatasets) throw new DataError('OSError', message)
  settings.onWarning(`${message}; the dataset is left out`)
}

/** Columns of files that hold no events of any use. */
const TRIVIAL = new Set(['run', 'luminosityBlock', 'event'])

/** The union of the different forms in a dataset; coffea goes through them from the largest hash down. */
function datasetForm(name: string, seen: ReadonlyMap<string, SeenForm>, settings: Settings): string | null {
  const forms: RecordForm[] = []
  for (const [, { form, path }] of [...seen].sort(([a], [b]) => (a < b ? 1 : -1))) {
    if (form.fields.length === TRIVIAL.size && form.fields.every(field => TRIVIAL.has(field))) {
      settings.onWarning(`${path}: has no branches but ${form.fields.join(', ')}; left out of the dataset's form`)
    } else forms.push(form)
  }
  if (forms.length === 0) return null
  const leftOut = settings.saveForm === 'if-possible' ? new Set<string>() : undefined
  const union = unionOfForms(forms, `dataset "${name}"`, leftOut)
  if (leftOut !== undefined && leftOut.size > 0) {
    const names = [...leftOut]
    const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
    const what = names.length === 1 ? 'a branch that its' : `${names.length} branches that its`
    settings.onWarning(
      `dataset "${name}": the form is saved without ${what} files do not have alike: ${names.slice(0, MOST_NAMED).join(', ')}${more}`,
    )
  }
  return compressForm(formText(union))
}

const MOST_NAMED = 5
