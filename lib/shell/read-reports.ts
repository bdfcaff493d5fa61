/** Reports of what `decode` read, as JSON lines: a head for each dataset, a line for each chunk, and an end. */

import { DataError } from '../core/errors.js'
import { parseOrdered } from '../core/json-text.js'
import type { ByteInput } from '../formats/arrow/index.js'
import type { PartitionRead } from '../stages/index.js'
import type { DatasetStart } from './facts.js'
import { checkShape, REPORT_LINE } from './shapes.js'

export type ReportHead = Pick<DatasetStart, 'dataset' | 'documents' | 'failed'>

export type ReportLine =
  | { readonly report: ReportHead }
  | ({ readonly dataset: string } & PartitionRead)
  | { readonly end: { readonly chunks: number } }

export interface DatasetReads {
  readonly head: ReportHead
  readonly reads: PartitionRead[]
}

/** The reports of a finished `decode`. whole: it must have finished. Throws DataError where it has not. */
export async function readReports(input: ByteInput, { whole }: { readonly whole: boolean }): Promise<DatasetReads[]> {
  const datasets: DatasetReads[] = []
  let ended = false
  for await (const text of input.lines()) {
    const line = parseLine<ReportLine>(text, input.name)
    checkShape(REPORT_LINE, line, input.name, 'the lines of a report of `decode`')
    if ('end' in line) ended = true
    else if ('report' in line) datasets.push({ head: line.report, reads: [] })
    else {
      const { dataset: _, ...read } = line
      datasets.at(-1)?.reads.push(read)
    }
  }
  if (whole && !ended) throw input.cutOff()
  return datasets
}

/** Throws DataError where the text is not JSON: a line that was cut off. */
export function parseLine<T>(text: string, place: string): T {
  try {
    return parseOrdered(text) as T
  } catch {
    const shown = text.length > 60 ? `${text.slice(0, 60)}...` : text
    throw new DataError('ValueError', `${place}: a line is not JSON, it may have been cut off: ${shown}`)
  }
}
