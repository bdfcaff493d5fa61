/** `--preprocess`: opens every file of a job, splits it into steps, and goes on with the files that can be read. */

import { setMaxListeners } from 'node:events'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { hideAccess } from '../bytes/address.js'
import type { Dataset, FilesetEntry, Job } from '../config/index.js'
import { untilAborted } from '../core/abort.js'
import { parseOrdered, readInOrder } from '../core/json-text.js'
import { ordered } from '../core/ordered.js'
import { version } from '../core/version.js'
import { type BesideJournal, JOURNAL_FOLDER } from '../journal/index.js'
import { mapBounded } from '../preprocess/bounded.js'
import {
  type PreprocessedDataset,
  type PreprocessedFileset,
  type PreprocessOptions,
  preprocessEntries,
} from '../preprocess/index.js'
import { STATUSES, statOf } from './journal.js'
import { withRemotePartFiles } from './part-files.js'
import { stageOutput } from './staged-output.js'

/** As in the reference. */
const STEP_SIZE = 100_000
/** Beside the journal, for the run that continues a stopped one. */
const KEPT_NAME = 'preprocessed.json.gz'

interface PreprocessedJob {
  readonly job: Job
  readonly path: string
  /** The fileset is that of the stopped run: nothing was opened. */
  readonly isKept: boolean
  /** To be kept beside the journal. */
  readonly beside: BesideJournal | undefined
}

interface Kept {
  /** What the fileset was made of. */
  readonly of: string
  readonly available: PreprocessedFileset
}

/** The job with steps for every readable file; files that are unreadable (OSError and its kinds) are left out with a warning.
 *  resume: the fileset of the run that was stopped in the job's output folder is used again, where its files and this program
 *  have not changed since. Writes the fileset to preprocessed_fileset.json.gz in the folder for temporary files. Throws DataError for any other
 *  failure, and for a dataset without a readable file. */
export async function preprocessJob(
  given: Job,
  { resume = false, ...options }: PreprocessJobOptions = {},
): Promise<PreprocessedJob> {
  const { signal = new AbortController().signal } = options
  // Each file that is being opened listens.
  setMaxListeners(0, signal)
  const job = await untilAborted(withRemotePartFiles(given), signal)
  const of = await untilAborted(sourceOf(job), signal)
  const kept = resume ? await readKept(job, of) : null
  const make = async () =>
    (
      await preprocessEntries(job.datasets.map(entryOf), {
        ...options,
        stepSize: STEP_SIZE,
        skipBadFiles: true,
        saveForm: 'if-possible',
      })
    ).available
  const available = kept ?? (await make())
  const path = join(tmpdir(), 'preprocessed_fileset.json.gz')
  // URLs may hold what grants access to files: nobody else may ever read it.
  await writeFile(`${path}.${process.pid}`, gzipSync(JSON.stringify(available, null, 2)), { mode: 0o600 })
  await rename(`${path}.${process.pid}`, path)
  const isSecret = job.datasets.some(({ files }) => files.some(file => hideAccess(file.path) !== file.path))
  const content = gzipSync(JSON.stringify({ of, available } satisfies Kept))
  const datasets = job.datasets.map(dataset => updated(dataset, available[dataset.name]!))
  return {
    job: { ...job, datasets },
    path,
    isKept: kept !== null,
    beside: isSecret ? undefined : { name: KEPT_NAME, content },
  }
}

export interface PreprocessJobOptions extends Pick<PreprocessOptions, 'onWarning' | 'onProgress' | 'signal'> {
  readonly resume?: boolean
}

/** Everything that preprocessing depends on, as text. */
async function sourceOf({ datasets }: Job): Promise<string> {
  const files: unknown[] = []
  for (const { name, files: listed } of datasets) {
    const statuses = await mapBounded(listed, STATUSES, undefined, file => statOf(file.path))
    for (const [k, file] of listed.entries()) files.push([name, file, statuses[k]])
  }
  return JSON.stringify([version(), STEP_SIZE, files])
}

/** null: there is none, or it was made of something else. */
async function readKept(job: Job, of: string): Promise<PreprocessedFileset | null> {
  try {
    // Of outputs at a server the journal is here.
    const bytes = await readFile(join(stageOutput(job, true).job.output, JOURNAL_FOLDER, KEPT_NAME))
    const kept = parseOrdered(gunzipSync(bytes).toString()) as Kept
    return kept.of === of ? kept.available : null
  } catch {
    return null
  }
}

function entryOf(dataset: Dataset): FilesetEntry {
  const all = readInOrder(dataset.metadata, dataset.metadataText)
  // A job adds the dataset's name where the fileset gives none; it is added again when the result is read.
  const own = all.dataset === dataset.name ? ordered(Object.entries(all).filter(([key]) => key !== 'dataset')) : all
  return { dataset, metadata: own, did: null }
}

function updated(dataset: Dataset, { files, compressed_form: form }: PreprocessedDataset): Dataset {
  return {
    ...dataset,
    files: Object.entries(files).map(([path, { object_path: tree, steps, num_entries: numEntries, uuid }]) => ({
      path,
      tree: tree ?? '',
      steps,
      numEntries,
      uuid,
    })),
    form,
  }
}
