/** A fileset on its own, without a runner: for programs that make one fileset from another. */

import { type Problem, UsageError } from '../core/errors.js'
import { isObject } from '../core/is-object.js'
import { type Cursor, Findings } from './cursor.js'
import { resolveDatasets } from './datasets.js'
import type { FilesetDocument } from './generated/types.gen.js'
import type { Dataset } from './job.js'
import { loadDocument, parseDocument, type Source } from './load.js'
import type { FilesetForms } from './resolve.js'

/** A dataset, and what only the document says of it. */
export interface FilesetEntry {
  readonly dataset: Dataset
  /** As it was written: without the name that a job adds. */
  readonly metadata: Readonly<Record<string, unknown>>
  /** The dataset's name in a catalogue. */
  readonly did: string | null
}

export interface Fileset {
  readonly entries: readonly FilesetEntry[]
  /** The document as it is. */
  readonly document: FilesetForms
  readonly warnings: readonly Problem[]
}

/** Reads a fileset: a path, or the document itself. Throws UsageError with every problem. */
export function loadFileset(source: Source<FilesetDocument | FilesetForms>): Fileset {
  const findings = new Findings()
  return checked(loadDocument(source, 'fileset', findings), findings)
}

/** The fileset in bytes of JSON, gzipped or not. `name` begins messages: "stdin". Throws UsageError with every problem. */
export function parseFileset(bytes: Uint8Array, name: string): Fileset {
  const findings = new Findings()
  return checked(parseDocument(bytes, name, findings), findings)
}

function checked(fileset: Cursor, findings: Findings): Fileset {
  const datasets = resolveDatasets(fileset, null, true)
  if (findings.problems.length > 0) throw new UsageError(findings.problems)
  const entries = datasets.map(dataset => ({ dataset, ...extras(fileset.get(dataset.name).value) }))
  return { entries, document: fileset.value as FilesetForms, warnings: findings.warnings }
}

/** Of a bare list or map of files: nothing. */
function extras(dataset: unknown): Omit<FilesetEntry, 'dataset'> {
  if (!isObject(dataset) || !('files' in dataset)) return { metadata: {}, did: null }
  const { metadata, did } = dataset
  return { metadata: isObject(metadata) ? metadata : {}, did: typeof did === 'string' ? did : null }
}
