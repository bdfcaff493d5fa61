/** Several Parquet files of one schema as one: their row groups are copied as they are stored, and only the footer is made
 *  anew. Memory holds a piece of a column and the footers, whatever the sizes; encodings and codecs stay. */
import type { ByteSource } from '../../bytes/source.js'
import { type Problem, UsageError } from '../../core/errors.js'
import { openAtomic } from '../atomic.js'
import type { AtomicFile } from '../atomic-file.js'
import { MAGIC } from './footer.js'
import { schemaDifferences } from './schema-difference.js'
import { CHUNK, COLUMN, chunkPlace, FILE, ROW_GROUP, type StoredFooter, withFooter } from './stored-footer.js'
import {
  integerOf,
  structsOf,
  THRIFT,
  type ThriftField,
  type ThriftStruct,
  thriftBytes,
  withFields,
} from './thrift-tree.js'

const COPY_BYTES = 8 * 2 ** 20
const MAX_LISTED = 20

export interface Merged {
  readonly rows: number
  readonly rowGroups: number
}

/** Writes `target` with the row groups of `sources` in their order, which for outputs of runs means one for each file, also
 *  for files without rows. Schema and key-value metadata are those of the first. Throws DataError where a file cannot be
 *  read or is not Parquet, UsageError with every column that differs from the first file's, both before anything is written;
 *  indexes and Bloom filters, which are optional, are left out. */
export async function mergeParquet(sources: readonly string[], target: string): Promise<Merged> {
  const first = await checkedSchemas(sources)
  const file = await openAtomic(target)
  try {
    await file.write(MAGIC)
    const rowGroups: Uint8Array[] = []
    let rows = 0
    for (const path of sources) {
      await withFooter(path, async (source, { metadata }) => {
        for (const group of structsOf(metadata, FILE.ROW_GROUPS)) {
          rowGroups.push(thriftBytes(await copyRowGroup(source, group, file, rowGroups.length)))
          rows += integerOf(group, ROW_GROUP.NUM_ROWS) ?? 0
        }
      })
    }
    await file.write(footerOf(first, rowGroups, rows))
    await file.commit()
    return { rows, rowGroups: rowGroups.length }
  } catch (error) {
    await file.discard()
    throw error
  }
}

/** The footer of the first file, once all are known to have its schema. */
async function checkedSchemas(sources: readonly string[]): Promise<ThriftStruct> {
  let first: StoredFooter | undefined
  const problems: Problem[] = []
  for (const path of sources) {
    const footer = await withFooter(path, async (_, footer) => footer)
    first ??= footer
    for (const { column, got, wanted } of schemaDifferences(footer.nodes, first.nodes)) {
      const message = `column "${column}" differs from ${sources[0]} (got ${got}, wanted ${wanted}). Merge files of one method and one kind of dataset.`
      problems.push({ place: path, message })
    }
  }
  if (problems.length > MAX_LISTED) {
    const more = problems.length - MAX_LISTED
    throw new UsageError([...problems.slice(0, MAX_LISTED), { place: 'schema', message: `${more} more differences.` }])
  }
  if (problems.length > 0) throw new UsageError(problems)
  return first!.metadata
}

/** Copies the columns' bytes to the end of `file`; returns the row group's footer entry for there. */
async function copyRowGroup(
  source: ByteSource,
  group: ThriftStruct,
  file: AtomicFile,
  ordinal: number,
): Promise<ThriftStruct> {
  const start = file.size
  const columns: ThriftStruct[] = []
  for (const chunk of structsOf(group, ROW_GROUP.COLUMNS)) columns.push(await copyChunk(source, chunk, file))
  const isEmpty = file.size === start
  return withFields(group, {
    [ROW_GROUP.COLUMNS]: {
      id: ROW_GROUP.COLUMNS,
      type: THRIFT.LIST,
      value: { itemType: THRIFT.STRUCT, items: columns },
    },
    [ROW_GROUP.FILE_OFFSET]: integer(ROW_GROUP.FILE_OFFSET, isEmpty ? 0 : start),
    // Readers need ordinals for encryption alone, and they do not go beyond 16 bits.
    [ROW_GROUP.ORDINAL]: ordinal < 2 ** 15 ? { ...integer(ROW_GROUP.ORDINAL, ordinal), type: THRIFT.I16 } : undefined,
  })
}

async function copyChunk(source: ByteSource, chunk: ThriftStruct, file: AtomicFile): Promise<ThriftStruct> {
  const { metadata, dataPage, dictionaryPage, start, length } = chunkPlace(chunk, source.name)
  const shift = length === 0 ? -dataPage : file.size - start
  for (let done = 0; done < length; done += COPY_BYTES) {
    await file.write(await source.readAt(start + done, Math.min(COPY_BYTES, length - done)))
  }
  const hasDictionary = dictionaryPage !== null && length > 0
  const moved = withFields(metadata, {
    [COLUMN.DATA_PAGE]: integer(COLUMN.DATA_PAGE, dataPage + shift),
    [COLUMN.INDEX_PAGE]: undefined,
    [COLUMN.DICTIONARY_PAGE]: hasDictionary ? integer(COLUMN.DICTIONARY_PAGE, dictionaryPage + shift) : undefined,
    ...leftOut(COLUMN.BLOOM_FILTER),
  })
  return withFields(chunk, {
    [CHUNK.FILE_OFFSET]: integer(CHUNK.FILE_OFFSET, 0),
    [CHUNK.METADATA]: { id: CHUNK.METADATA, type: THRIFT.STRUCT, value: moved },
    ...leftOut(CHUNK.INDEXES),
  })
}

function leftOut(ids: readonly number[]): Record<number, undefined> {
  return Object.fromEntries(ids.map(id => [id, undefined]))
}

function integer(id: number, value: number): ThriftField {
  return { id, type: THRIFT.I64, value: BigInt(value) }
}

function footerOf(first: ThriftStruct, rowGroups: readonly Uint8Array[], rows: number): Uint8Array {
  const list = { itemType: THRIFT.STRUCT, items: rowGroups }
  const metadata = thriftBytes(
    withFields(first, {
      [FILE.NUM_ROWS]: integer(FILE.NUM_ROWS, rows),
      [FILE.ROW_GROUPS]: { id: FILE.ROW_GROUPS, type: THRIFT.LIST, value: list },
    }),
  )
  const end = Buffer.alloc(8)
  end.writeUInt32LE(metadata.length)
  end.set(MAGIC, 4)
  return Buffer.concat([metadata, end])
}
