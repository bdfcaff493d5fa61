/** The footer of a Parquet file with everything in it, for those who copy row groups without decoding them. */
import { openSource } from '../../bytes/open.js'
import type { ByteSource } from '../../bytes/source.js'
import { DataError } from '../../core/errors.js'
import { MAGIC } from './footer.js'
import { schemaNodes } from './schema-difference.js'
import { fieldOf, integerOf, readThrift, structOf, structsOf, type ThriftStruct } from './thrift-tree.js'

/** Fields of parquet.thrift: of FileMetaData, RowGroup, ColumnChunk and ColumnMetaData. */
export const FILE = { NUM_ROWS: 3, ROW_GROUPS: 4, ENCRYPTION: 8 } as const
export const ROW_GROUP = { COLUMNS: 1, NUM_ROWS: 3, FILE_OFFSET: 5, ORDINAL: 7 } as const
export const CHUNK = { FILE_PATH: 1, FILE_OFFSET: 2, METADATA: 3, INDEXES: [4, 5, 6, 7], ENCRYPTION: [8, 9] } as const
export const COLUMN = {
  COMPRESSED: 7,
  DATA_PAGE: 9,
  INDEX_PAGE: 10,
  DICTIONARY_PAGE: 11,
  BLOOM_FILTER: [14, 15],
} as const

export interface StoredFooter {
  /** The struct FileMetaData. */
  readonly metadata: ThriftStruct
  /** Columns and their types in words, as schemaNodes gives them. */
  readonly nodes: ReadonlyMap<string, string>
}

const SMALLEST_FILE = 12
const TAIL_BYTES = 8

/** Opens the file, reads its footer, and closes it when `use` is done. Throws DataError where the file cannot be read, is not
 *  Parquet, is encrypted, or its footer is damaged or tells of columns where there are none. */
export async function withFooter<T>(
  path: string,
  use: (source: ByteSource, footer: StoredFooter) => Promise<T>,
): Promise<T> {
  const source = await openSource(path)
  try {
    const size = await source.size()
    const tail =
      size < SMALLEST_FILE ? Buffer.alloc(TAIL_BYTES) : Buffer.from(await source.readAt(size - 8, TAIL_BYTES))
    const length = tail.readUInt32LE(0)
    if (!tail.subarray(4).equals(MAGIC) || length + SMALLEST_FILE > size) {
      throw new DataError('ValueError', `${path}: not a Parquet file, or truncated. Leave it out or write it again.`)
    }
    const start = size - TAIL_BYTES - length
    const footer = parsed(path, await source.readAt(start, length))
    checkCopyable(path, footer.metadata, start)
    return await use(source, footer)
  } finally {
    await source.close()
  }
}

function parsed(path: string, bytes: Uint8Array): StoredFooter {
  try {
    const metadata = readThrift(bytes)
    return { metadata, nodes: schemaNodes(metadata) }
  } catch (cause) {
    throw damaged(path, (cause as Error).message, cause)
  }
}

/** end: where the footer begins, and the columns must have ended. */
function checkCopyable(path: string, metadata: ThriftStruct, end: number): void {
  const chunks = structsOf(metadata, FILE.ROW_GROUPS).flatMap(group => structsOf(group, ROW_GROUP.COLUMNS))
  const encrypted = fieldOf(metadata, FILE.ENCRYPTION) ?? chunks.find(c => CHUNK.ENCRYPTION.some(id => fieldOf(c, id)))
  if (encrypted !== undefined) throw new DataError('NotImplementedError', `${path}: is encrypted. Decrypt it first.`)
  for (const chunk of chunks) {
    if (fieldOf(chunk, CHUNK.FILE_PATH) !== undefined) {
      throw new DataError('NotImplementedError', `${path}: its columns are in other files. Merge those files.`)
    }
    const { start, length } = chunkPlace(chunk, path)
    if (start + length > end)
      throw damaged(path, `a column ends at byte ${start + length}, the footer begins at ${end}`)
  }
}

export interface ChunkPlace {
  readonly metadata: ThriftStruct
  readonly dataPage: number
  readonly dictionaryPage: number | null
  /** The first of the two. */
  readonly start: number
  /** In bytes, as stored. */
  readonly length: number
}

/** Where a ColumnChunk's bytes are. Throws DataError where it does not say. */
export function chunkPlace(chunk: ThriftStruct, path: string): ChunkPlace {
  const metadata = structOf(chunk, CHUNK.METADATA) ?? []
  const dataPage = integerOf(metadata, COLUMN.DATA_PAGE) ?? -1
  const length = integerOf(metadata, COLUMN.COMPRESSED) ?? -1
  if (dataPage < 0 || length < 0) throw damaged(path, 'a column without its place')
  const dictionary = integerOf(metadata, COLUMN.DICTIONARY_PAGE) ?? 0
  // Some writers say 0 for "no dictionary".
  const dictionaryPage = dictionary > 0 && dictionary < dataPage ? dictionary : null
  return { metadata, dataPage, dictionaryPage, start: dictionaryPage ?? dataPage, length }
}

function damaged(path: string, problem: string, cause?: unknown): DataError {
  return new DataError('DeserializationError', `${path}: damaged footer: ${problem}. Write the file again.`, { cause })
}
