/** Several Parquet files of one schema as one: their row groups are copied as they are stored, and only the footer is made
 *  anew. Memory holds a piece of a column and the footers, whatever the sizes; encodings and codecs stay. */
import { openSource } from '../../bytes/open.js'
import type { ByteSource } from '../../bytes/source.js'
import { DataError, type Problem, UsageError } from '../../core/errors.js'
import { type AtomicFile, openAtomic } from '../atomic.js'
import { MAGIC } from './footer.js'
import { schemaDifferences, schemaNodes } from './schema-difference.js'
import {
  fieldOf,
  integerOf,
  readThrift,
  structOf,
  structsOf,
  THRIFT,
  type ThriftField,
  type ThriftStruct,
  thriftBytes,
  withFields,
} from './thrift-tree.js'

/** Fields of parquet.thrift. */
const FILE = { NUM_ROWS: 3, ROW_GROUPS: 4, ENCRYPTION: 8 }
const ROW_GROUP = { COLUMNS: 1, NUM_ROWS: 3, FILE_OFFSET: 5, ORDINAL: 7 }
const CHUNK = { FILE_PATH: 1, FILE_OFFSET: 2, METADATA: 3, INDEXES: [4, 5, 6, 7], ENCRYPTION: [8, 9] }
const COLUMN = { COMPRESSED: 7, DATA_PAGE: 9, INDEX_PAGE: 10, DICTIONARY_PAGE: 11, BLOOM_FILTER: [14, 15] }

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
      await withFooter(path, async (source, metadata) => {
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
  let first: { metadata: ThriftStruct; nodes: Map<string, string> } | undefined
  const problems: Problem[] = []
  for (const path of sources) {
    const { metadata, nodes } = await withFooter(path, async (_, metadata) => {
      checkCopyable(path, metadata)
      return { metadata, nodes: schemaNodes(metadata) }
    })
    first ??= { metadata, nodes }
    for (const { column, got, wanted } of schemaDifferences(nodes, first.nodes)) {
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

function checkCopyable(path: string, metadata: ThriftStruct): void {
  const chunks = structsOf(metadata, FILE.ROW_GROUPS).flatMap(group => structsOf(group, ROW_GROUP.COLUMNS))
  const encrypted = fieldOf(metadata, FILE.ENCRYPTION) ?? chunks.find(c => CHUNK.ENCRYPTION.some(id => fieldOf(c, id)))
  if (encrypted !== undefined) throw new DataError('NotImplementedError', `${path}: is encrypted. Decrypt it first.`)
  if (chunks.some(chunk => fieldOf(chunk, CHUNK.FILE_PATH) !== undefined)) {
    throw new DataError('NotImplementedError', `${path}: its columns are in other files. Merge those files.`)
  }
}

/** Opens the file, reads its footer, and closes it when `use` is done. */
async function withFooter<T>(
  path: string,
  use: (source: ByteSource, metadata: ThriftStruct) => Promise<T>,
): Promise<T> {
  const source = await openSource(path)
  try {
    const size = await source.size()
    const tail = size < 12 ? Buffer.alloc(8) : Buffer.from(await source.readAt(size - 8, 8))
    const length = tail.readUInt32LE(0)
    if (!tail.subarray(4).equals(MAGIC) || length + 12 > size) {
      throw new DataError('ValueError', `${path}: not a Parquet file, or truncated. Leave it out or write it again.`)
    }
    return await use(source, parsed(path, await source.readAt(size - 8 - length, length)))
  } finally {
    await source.close()
  }
}

function parsed(path: string, footer: Uint8Array): ThriftStruct {
  try {
    return readThrift(footer)
  } catch (cause) {
    const problem = `${path}: damaged footer: ${(cause as Error).message}. Write the file again.`
    throw new DataError('DeserializationError', problem, { cause })
  }
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
  const metadata = structOf(chunk, CHUNK.METADATA)
  const dataPage = metadata && integerOf(metadata, COLUMN.DATA_PAGE)
  const length = metadata && integerOf(metadata, COLUMN.COMPRESSED)
  if (metadata === undefined || dataPage === undefined || length === undefined || length < 0) {
    throw new DataError('DeserializationError', `${source.name}: damaged footer: a column without its place.`)
  }
  const dictionary = integerOf(metadata, COLUMN.DICTIONARY_PAGE) ?? 0
  // Some writers say 0 for "no dictionary".
  const start = dictionary > 0 && dictionary < dataPage ? dictionary : dataPage
  const shift = length === 0 ? -start : file.size - start
  for (let done = 0; done < length; done += COPY_BYTES) {
    await file.write(await source.readAt(start + done, Math.min(COPY_BYTES, length - done)))
  }
  const moved = withFields(metadata, {
    [COLUMN.DATA_PAGE]: integer(COLUMN.DATA_PAGE, dataPage + shift),
    [COLUMN.INDEX_PAGE]: undefined,
    [COLUMN.DICTIONARY_PAGE]: start === dictionary ? integer(COLUMN.DICTIONARY_PAGE, dictionary + shift) : undefined,
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
