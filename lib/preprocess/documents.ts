/** The filesets that preprocessing gives, member by member in the order in which coffea writes them. */

import type { Dataset, DatasetFile, FilesetEntry } from '../config/index.js'
import { fileKind } from '../core/file-kind.js'
import { ordered } from '../core/ordered.js'
import type { Step } from './steps.js'

/** A file; null where it was not to be had. */
export interface PreprocessedFile {
  readonly object_path: string | null
  readonly steps: readonly Step[] | null
  readonly num_entries: number | null
  readonly format: string | null
  readonly lfn: null
  readonly pfn: null
  readonly uuid: string | null
  /** Entries in the steps. */
  readonly num_selected_entries: number | null
}

export interface PreprocessedDataset {
  readonly files: Readonly<Record<string, PreprocessedFile>>
  readonly metadata: Readonly<Record<string, unknown>>
  readonly format: string
  /** base64 of the gzipped form of all files' columns. */
  readonly compressed_form: string | null
  readonly did: string | null
}

export type PreprocessedFileset = Readonly<Record<string, PreprocessedDataset>>

export function datasetDocument(
  { dataset, metadata, did }: FilesetEntry,
  files: readonly DatasetFile[],
  form: string | null,
): PreprocessedDataset {
  return {
    files: ordered(files.map(file => [file.path, fileDocument(file)])),
    metadata,
    format: formatOf(dataset),
    compressed_form: form,
    did,
  }
}

function fileDocument({ path, tree, steps, numEntries, uuid }: DatasetFile): PreprocessedFile {
  return {
    object_path: tree === '' ? null : tree,
    steps,
    num_entries: numEntries,
    format: fileKind(path),
    lfn: null,
    pfn: null,
    uuid,
    num_selected_entries: steps === null ? null : selectedEntries(steps),
  }
}

export function selectedEntries(steps: readonly Step[]): number {
  return steps.reduce((sum, [start, stop]) => sum + stop - start, 0)
}

function formatOf({ files }: Dataset): string {
  return [...new Set(files.map(file => fileKind(file.path)))].join('|')
}

/** Files of a dataset as they were given, each path once: a later entry of the same path counts, as in a JSON object. */
export function uniqueFiles(files: readonly DatasetFile[]): DatasetFile[] {
  return [...new Map(files.map(file => [file.path, file])).values()]
}
