/** The Parquet files of one table, one file a partition (or a group of partitions). */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Appended, Keeping, Sink } from '../core/types.js'
import { ParquetFileWriter, type ParquetSchema } from '../formats/index.js'
import type { EncodedTable } from './encode-parquet.js'

export interface ParquetFiles {
  readonly folder: string
  /** File names; partition p goes into file floor(p / partitionsPerFile). */
  readonly names: readonly string[]
  readonly partitionsPerFile: number
  /** Matches the names that an earlier run with another number of partitions may have left. */
  readonly stale: RegExp
}

const ROW_GROUP: Appended<EncodedTable> = {
  split: ({ group: { bytes, ...facts }, ...rest }) => ({ bytes, rest: { ...rest, group: facts } }),
  join: (rest, bytes, keeping) => {
    const table = rest as EncodedTable
    return { ...table, group: { ...table.group, bytes }, keeping } satisfies EncodedTable
  },
}

/** Items come in partition order. A partition without an item (it could not be read) makes a file without rows. Files get
 *  their names when all are complete; files of an earlier run that do not belong to this one are removed then. */
export function writeParquet(schema: ParquetSchema, files: ParquetFiles): Sink<EncodedTable> {
  return {
    kind: 'sink',
    name: 'writeParquet',
    appended: ROW_GROUP,
    writes: files.names.map(name => join(files.folder, name)),
    replaces: { folder: files.folder, names: files.stale },
    drain: async items => {
      const written: ParquetFileWriter[] = []
      try {
        for await (const { chunk, group, keeping } of items) {
          await openUpTo(Math.floor(chunk.partition / files.partitionsPerFile), written, schema, files, keeping)
          const writer = written.at(-1)!
          const { path } = writer
          const start = await writer.append(group, keeping?.at?.path === path ? keeping.at.start : null)
          await keeping?.appended({ path, start })
        }
        await openUpTo(files.names.length - 1, written, schema, files)
        await written.at(-1)?.finish()
        for (const writer of written) await writer.commit()
        await removeStale(files)
      } catch (error) {
        for (const writer of written) await writer.discard()
        throw error
      }
    },
  }
}

/** Finishes the current file and goes on, over files without rows, to number `last`, which is to be kept. */
async function openUpTo(
  last: number,
  written: ParquetFileWriter[],
  schema: ParquetSchema,
  { folder, names }: ParquetFiles,
  keeping?: Keeping,
): Promise<void> {
  while (written.length <= last) {
    await written.at(-1)?.finish()
    const path = join(folder, names[written.length]!)
    const building = written.length === last ? keeping?.building(path) : undefined
    written.push(await ParquetFileWriter.open(path, schema, building))
  }
}

async function removeStale({ folder, names, stale }: ParquetFiles): Promise<void> {
  for (const name of await readdir(folder)) {
    if (stale.test(name) && !names.includes(name)) await rm(join(folder, name))
  }
}
