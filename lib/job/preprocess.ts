/** `--preprocess`: opens every file of a job, splits it into steps, and goes on with the files that can be read. */
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Dataset, Job } from '../config/index.js'
import { DataError } from '../core/errors.js'
import { fileKind } from '../core/file-kind.js'
import { openTree } from '../stages/index.js'

const STEP_SIZE = 100_000

type DatasetFile = Dataset['files'][number]

/** The job with steps for every readable file; files that are unreadable (OSError and its kinds) are left out and told to
 *  `say`. Writes the fileset to preprocessed_fileset.json.gz in the folder for temporary files. Throws DataError for any other
 *  failure, and for a dataset without a readable file. */
export async function preprocessJob(job: Job, say: (text: string) => void): Promise<Job> {
  const datasets: Dataset[] = []
  for (const dataset of job.datasets) {
    const files: DatasetFile[] = []
    for (const file of dataset.files) {
      const ready = await stepsOf(file, say)
      if (ready !== null) files.push(ready)
    }
    if (files.length === 0) throw new DataError('OSError', `dataset "${dataset.name}": no file can be read`)
    datasets.push({ ...dataset, files })
  }
  const path = join(tmpdir(), 'preprocessed_fileset.json.gz')
  await writeFile(path, gzipSync(JSON.stringify(filesetJson(datasets), null, 4)))
  say(`preprocessed fileset written to ${path}`)
  return { ...job, datasets }
}

async function stepsOf(file: DatasetFile, say: (text: string) => void): Promise<DatasetFile | null> {
  try {
    const { file: root, tree } = await openTree(file.path, file.tree)
    if (file.steps !== null && file.uuid === root.uuid) return file
    return { ...file, steps: evenSteps(tree.entries, STEP_SIZE), numEntries: tree.entries, uuid: root.uuid }
  } catch (error) {
    if (!(error instanceof DataError) || !SKIPPED.includes(error.exception)) throw error
    say(`skipped ${file.path} (${error.exception}: ${error.message})`)
    return null
  }
}

const SKIPPED: readonly string[] = [
  'OSError',
  'FileNotFoundError',
  'PermissionError',
  'IsADirectoryError',
  'TimeoutError',
]

/** n = round(entries / target) steps (half to even, at least one) of ceil(entries / n) entries, as coffea's preprocess makes
 *  them. */
export function evenSteps(entries: number, target: number): [number, number][] {
  if (entries === 0) return [[0, 0]]
  const n = Math.max(1, roundHalfEven(entries / target))
  const width = Math.ceil(entries / n)
  const steps: [number, number][] = []
  for (let start = 0; start < entries; start += width) steps.push([start, Math.min(start + width, entries)])
  return steps
}

function roundHalfEven(x: number): number {
  const down = Math.floor(x)
  if (x - down !== 0.5) return Math.round(x)
  return down % 2 === 0 ? down : down + 1
}

function filesetJson(datasets: readonly Dataset[]): object {
  const fileJson = (f: DatasetFile) => ({
    object_path: f.tree,
    steps: f.steps,
    num_entries: f.numEntries,
    format: fileKind(f.path),
    lfn: null,
    pfn: null,
    uuid: f.uuid,
    num_selected_entries: f.numEntries,
  })
  return Object.fromEntries(
    datasets.map(d => [
      d.name,
      {
        files: Object.fromEntries(d.files.map(f => [f.path, fileJson(f)])),
        metadata: d.metadata,
        format: 'root',
        compressed_form: null,
        did: null,
      },
    ]),
  )
}
