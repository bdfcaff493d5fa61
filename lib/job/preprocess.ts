/** `--preprocess`: opens every file of a job, splits it into steps, and goes on with the files that can be read. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Dataset, FilesetEntry, Job } from '../config/index.js'
import { writeAtomic } from '../formats/index.js'
import { type PreprocessedDataset, type PreprocessOptions, preprocessEntries } from '../preprocess/index.js'

/** As in the reference. */
const STEP_SIZE = 100_000

/** The job with steps for every readable file; files that are unreadable (OSError and its kinds) are left out with a warning.
 *  Writes the fileset to preprocessed_fileset.json.gz in the folder for temporary files. Throws DataError for any other
 *  failure, and for a dataset without a readable file. */
export async function preprocessJob(
  job: Job,
  options: Pick<PreprocessOptions, 'onWarning' | 'onProgress' | 'signal'> = {},
): Promise<{ readonly job: Job; readonly path: string }> {
  const { available } = await preprocessEntries(job.datasets.map(entryOf), {
    ...options,
    stepSize: STEP_SIZE,
    skipBadFiles: true,
    saveForm: 'if-possible',
  })
  const path = join(tmpdir(), 'preprocessed_fileset.json.gz')
  await writeAtomic(path, gzipSync(JSON.stringify(available, null, 2)))
  return { job: { ...job, datasets: job.datasets.map(dataset => updated(dataset, available[dataset.name]!)) }, path }
}

function entryOf(dataset: Dataset): FilesetEntry {
  const { dataset: name, ...metadata } = dataset.metadata
  // A job adds the dataset's name where the fileset gives none; it is added again when the result is read.
  return { dataset, metadata: name === dataset.name ? metadata : dataset.metadata, did: null }
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
