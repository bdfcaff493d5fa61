/** The partitions of a dataset: its read units, numbered from 0 in the order of files and steps. Reports and output files
 *  count in partitions. */
import type { Dataset, DatasetFile } from './job.js'

export interface Partition {
  readonly partition: number
  readonly file: DatasetFile
  /** Entries [start, stop); stop null: to the end of the file. */
  readonly start: number
  readonly stop: number | null
  /** One of the fileset's steps, rather than a whole file. */
  readonly isStep: boolean
}

export function* partitionsOf(dataset: Pick<Dataset, 'files'>): Generator<Partition> {
  let partition = 0
  for (const file of dataset.files) {
    if (file.steps === null) yield { partition: partition++, file, start: 0, stop: null, isStep: false }
    else for (const [start, stop] of file.steps) yield { partition: partition++, file, start, stop, isStep: true }
  }
}

export function partitionCount(dataset: Pick<Dataset, 'files'>): number {
  return dataset.files.reduce((sum, file) => sum + (file.steps?.length ?? 1), 0)
}
