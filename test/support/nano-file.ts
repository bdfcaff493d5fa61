/** NanoAOD files written by hand, for tests of whole workflows. */
import { writeFileSync } from 'node:fs'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import type { Column } from '../../lib/core/types.js'
import { type BranchSpec, rootFile } from './root-writer.js'

export type NanoColumns = Readonly<Record<string, Column>>

/** Writes a tree `Events`. Columns of lists belong to the collection before their first underscore, whose counter `n<X>` is
 *  written as well. */
export async function writeNanoFile(path: string, entries: number, columns: NanoColumns): Promise<void> {
  const branches: BranchSpec[] = []
  const counters = new Set<string>()
  for (const [name, { dtype, values, offsets }] of Object.entries(columns)) {
    if (offsets === undefined) {
      branches.push({ name, dtype, values })
      continue
    }
    const counter = `n${name.split('_', 1)[0]}`
    if (!counters.has(counter)) {
      counters.add(counter)
      const counts = Uint32Array.from({ length: entries }, (_, i) => offsets[i + 1]! - offsets[i]!)
      branches.push({ name: counter, dtype: 'uint32', values: counts })
    }
    branches.push({ name, dtype, values, counter, offsets })
  }
  writeFileSync(path, await rootFile([{ path: 'Events', entries, branches }]))
}

export type Row = Readonly<Record<string, unknown>>

export async function parquetRows(path: string): Promise<Row[]> {
  return (await parquetReadObjects({ file: await asyncBufferFromFile(path), compressors })) as Row[]
}
