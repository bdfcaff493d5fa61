/** The files of one table, one file a partition (or a group of partitions). */
import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { removeFile } from '../bytes/places.js'
import { BugError } from '../core/errors.js'
import type { NtupleFormat } from '../core/ntuple-format.js'
import { publish } from '../core/publication.js'
import type { Appended, Chunk, Keeping, MadeFile, MadeFiles, Making, Replaced, Sink } from '../core/types.js'
import { readError } from '../core/write-error.js'
import { setAside, type TableFiles, type TableSchema, type TableWriter, tableFiles } from '../formats/index.js'
import { type EncodedTable, FORMAT_TITLES } from './encode-table.js'

export interface PartFiles {
  readonly folder: string
  /** File names; partition p goes into file floor(p / partitionsPerFile). */
  readonly names: readonly string[]
  readonly partitions: number
  readonly partitionsPerFile: number
  /** Partitions of which no items will come. */
  readonly excluded?: readonly number[]
  /** Matches the names that an earlier run with another number of partitions, or another format, may have left. */
  readonly stale: RegExp
  readonly format: NtupleFormat
}

/** Where files come from and what they are called. */
interface Writing {
  readonly files: PlacedFiles
  readonly format: TableFiles
  /** Begun, in their order; the last one may be open. */
  readonly written: PartFile[]
}

interface PlacedFiles extends PartFiles {
  readonly paths: readonly string[]
}

/** One after the other, each a text of its own: pieces that V8 has put together by reference, as `join` gives them, take 200 bytes more,
 *  and there may be ten thousand of them. */
function pathsOf({ folder, names }: PartFiles): string[] {
  const before = join(folder, sep)
  return names.map(name => [before, name].join(''))
}

/** Comes in place of an item whose rows are in a file that a worker has made. */
export interface MadeTable {
  readonly chunk: Chunk
  readonly length: number
  readonly made: MadeFile
}

const GROUP: Appended<EncodedTable> = {
  split: ({ group: { bytes, ...facts }, ...rest }) => ({ bytes, rest: { ...rest, group: facts } }),
  join: (rest, bytes, keeping) => {
    const table = rest as EncodedTable
    return { ...table, group: { ...table.group, bytes }, keeping } satisfies EncodedTable
  },
}

/** A file under construction: a TableWriter's, or one that a worker has made. */
interface PartFile {
  readonly path: string
  finish(): Promise<void>
  commit(): Promise<void>
  discard(): Promise<void>
  retract(): Promise<void>
  makeRoom(replaced: Replaced[]): Promise<void>
}

/** Items come in partition order. A partition without an item (it could not be read) makes a file without rows. Files get
 *  their names when all are complete; files of an earlier run that do not belong to this one are removed then. */
export function writeTable(schema: TableSchema, given: PartFiles): Sink<EncodedTable> {
  const files = { ...given, paths: pathsOf(given) }
  return {
    kind: 'sink',
    name: `write${FORMAT_TITLES[files.format]}`,
    appended: GROUP,
    making: makingOf(schema, files),
    writes: files.paths,
    replaces: { folder: files.folder, names: files.stale },
    drain: async (items, ctx) => {
      const writing: Writing = { files, format: await tableFiles(files.format, schema), written: [] }
      const { written } = writing
      try {
        for await (const item of items as AsyncIterable<EncodedTable | MadeTable>) {
          const number = Math.floor(item.chunk.partition / files.partitionsPerFile)
          if ('made' in item) await take(item.made, number, ctx.made, writing)
          else await append(item, number, writing)
        }
        await openUpTo(files.names.length - 1, writing)
        await written.at(-1)?.finish()
        const stale = {
          makeRoom: (replaced: Replaced[]) => setStaleAside(files, replaced),
          commit: async () => {},
          discard: async () => {},
        }
        await publish([...written, stale], ctx)
      } catch (error) {
        for (const file of written) await file.discard()
        throw error
      }
    },
  }
}

function makingOf(
  schema: TableSchema,
  { paths, partitions, partitionsPerFile, excluded = [], format }: PlacedFiles,
): Making<EncodedTable> {
  const without = new Set(excluded)
  return {
    fileOf: ({ partition }) => Math.floor(partition / partitionsPerFile),
    partitionsOf: file => {
      const first = file * partitionsPerFile
      const count = Math.min(partitionsPerFile, partitions - first)
      return Array.from({ length: count }, (_, k) => first + k).filter(p => !without.has(p))
    },
    pathOf: file => paths[file]!,
    piecesOf: async items => (await tableFiles(format, schema)).assembleFile(items.map(item => item.group)),
    standIn: ({ chunk, length }, made) => ({ chunk, length, made }) satisfies MadeTable,
  }
}

async function append({ group, keeping }: EncodedTable, number: number, writing: Writing): Promise<void> {
  await openUpTo(number, writing, keeping)
  const file = writing.written.at(-1)!
  if (file instanceof Taken) throw mixed(file)
  const { path } = file
  const start = await (file as TableWriter).append(group, keeping?.at?.path === path ? keeping.at.start : null)
  await keeping?.appended({ path, start })
}

/** Each of the file's items names it: the first one brings it. */
async function take(made: MadeFile, number: number, keeper: MadeFiles | undefined, writing: Writing): Promise<void> {
  const { written, files } = writing
  if (written.length > number) {
    const last = written.at(-1)!
    if (!(last instanceof Taken) || last.file.at !== made.at) throw mixed(last)
    return
  }
  if (keeper === undefined) throw new BugError(`${made.path}: a worker made it, and nobody takes it`)
  await openUpTo(number - 1, writing)
  await written.at(-1)?.finish()
  written.push(new Taken(files.paths[number]!, made, keeper))
}

function mixed({ path }: { readonly path: string }): BugError {
  return new BugError(`${path}: some of its rows are in a file that a worker made, others are not`)
}

class Taken implements PartFile {
  readonly path: string
  readonly file: MadeFile
  readonly #keeper: MadeFiles
  constructor(path: string, file: MadeFile, keeper: MadeFiles) {
    this.path = path
    this.file = file
    this.#keeper = keeper
  }
  async finish(): Promise<void> {}
  commit(): Promise<void> {
    return this.#keeper.commit(this.file, this.path)
  }
  discard(): Promise<void> {
    return this.#keeper.discard(this.file)
  }
  retract(): Promise<void> {
    return removeFile(this.path)
  }
  async makeRoom(replaced: Replaced[]): Promise<void> {
    await this.#keeper.makeRoom?.(this.file, this.path, replaced)
  }
}

/** Finishes the current file and goes on, over files without rows, to number `last`, which is to be kept. */
async function openUpTo(last: number, { files, format, written }: Writing, keeping?: Keeping): Promise<void> {
  while (written.length <= last) {
    await written.at(-1)?.finish()
    const path = files.paths[written.length]!
    const building = written.length === last ? keeping?.building(path) : undefined
    written.push(await format.open(path, building))
  }
}

/** Under the names of files that this run writes: such leftovers are found. */
async function setStaleAside({ folder, names, stale }: PartFiles, replaced: Replaced[]): Promise<void> {
  const ours = new Set(names)
  const found = await readdir(folder).catch(cause => {
    throw readError(folder, cause)
  })
  for (const name of found) {
    if (stale.test(name) && !ours.has(name)) await setAside(join(folder, name), replaced, names[0])
  }
}
