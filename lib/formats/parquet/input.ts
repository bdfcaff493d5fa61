/** A Parquet file as input: its columns as a layout, and ranges of rows as typed arrays. What workflows on ntuples read where
 *  their input is the output of an earlier run. The format is read by hyparquet; only the way into columns is ours. */
import {
  type AsyncBuffer,
  type ColumnData,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
} from 'hyparquet'
import { openSource } from '../../bytes/open.js'
import type { ByteSource } from '../../bytes/source.js'
import { DataError, nearestHint } from '../../core/errors.js'
import { newReadCost } from '../../core/read-cost.js'
import type { BranchInfo, Column, Layout, ReadCost } from '../../core/types.js'
import { decompressors } from './decompressors.js'
import { fillColumn } from './fill-column.js'
import { PageGuard } from './page-guard.js'
import { footerOf, type StoredColumn, storedColumns } from './stored-columns.js'

type Decode = NonNullable<Compressors[keyof Compressors]>

const MAGIC = 'PAR1'
/** Magic at both ends, and the length of the footer. */
const SMALLEST_FILE = 12

/** An open Parquet file. As a Layout it knows its top-level columns; columns of lists are known, but not read. */
export class ParquetInput implements Layout {
  readonly source: ByteSource
  readonly entries: number
  readonly names: readonly string[]
  /** Parquet files have none. */
  readonly uuid = null
  readonly #columns: ReadonlyMap<string, StoredColumn>
  readonly #metadata: FileMetaData
  readonly #file: AsyncBuffer
  readonly #compressors: Compressors
  /** Of the reading that goes on. */
  #cost = newReadCost()
  #guard: PageGuard | null = null

  /** Use openParquet. */
  constructor(source: ByteSource, file: AsyncBuffer, metadata: FileMetaData) {
    this.source = source
    this.#file = {
      byteLength: file.byteLength,
      slice: (start, stop) => quiet(this.#slice(file, start, stop)),
    }
    this.#compressors = this.#watched(decompressors)
    this.#metadata = metadata
    this.#columns = storedColumns(metadata)
    this.entries = Number(metadata.num_rows)
    this.names = [...this.#columns.keys()]
  }

  get counters() {
    return this.source.counters
  }

  has(name: string): boolean {
    return this.#columns.has(name)
  }

  /** undefined: no such column. Throws DataError 'NotImplementedError' for texts, times, records and the like. */
  branch(name: string): BranchInfo | undefined {
    const column = this.#columns.get(name)
    if (column === undefined) return undefined
    const { dtype, isList, totalBytes, zipBytes } = column
    if (dtype === null) {
      const problem = `column ${JSON.stringify(name)} is ${column.stored}; only numbers and booleans can be read.`
      throw new DataError('NotImplementedError', `${this.source.name}: ${problem}`)
    }
    return { name, dtype, counter: isList ? name : null, width: 1, totalBytes, zipBytes }
  }

  /** Columns of rows [start, stop), by name. Throws DataError: 'KeyError' for a column that is not there,
   *  'NotImplementedError' for one that cannot be read, 'ValueError' for a range outside [0, entries] and for nulls (a null
   *  boolean is false: a missing link fails), 'DeserializationError' for a damaged file. */
  async read(
    names: readonly string[],
    start: number,
    stop: number,
    { cost = newReadCost() }: { readonly cost?: ReadCost } = {},
  ): Promise<Map<string, Column>> {
    const place = this.source.name
    if (!(start >= 0 && start <= stop && stop <= this.entries)) {
      throw new DataError('ValueError', `${place}: rows [${start}, ${stop}) wanted, the file has [0, ${this.entries}).`)
    }
    const wanted = names.map(name => this.#readable(name))
    const columns = new Map<string, Column>()
    const began = performance.now()
    const { waiting, decompressing } = cost
    const { bytes, requests } = this.counters
    this.#cost = cost
    // One after the other: of a large row group, only one column's compressed bytes are held at a time.
    for (const { name, dtype } of wanted) {
      const pieces = stop > start ? await this.#decode(name, start, stop) : []
      columns.set(name, fillColumn(dtype, pieces, start, stop, `${place} > ${name}`))
      cost.columnBytes += columns.get(name)!.values.byteLength
    }
    cost.bytes += this.counters.bytes - bytes
    cost.requests += this.counters.requests - requests
    const others = cost.waiting - waiting + cost.decompressing - decompressing
    cost.placing += (performance.now() - began) / 1000 - others
    return columns
  }

  async close(): Promise<void> {
    await this.source.close()
  }

  async #wait(read: () => ArrayBuffer | Promise<ArrayBuffer>): Promise<ArrayBuffer> {
    const began = performance.now()
    try {
      return await read()
    } finally {
      this.#cost.waiting += (performance.now() - began) / 1000
    }
  }

  async #slice(file: AsyncBuffer, start: number, stop: number | undefined): Promise<ArrayBuffer> {
    const bytes = await this.#wait(() => file.slice(start, stop))
    this.#guard?.slice(start, bytes)
    return bytes
  }

  /** The codecs, with what they take and what comes of them. */
  #watched(codecs: Compressors): Compressors {
    const watch = (decode: Decode) => (input: Uint8Array, length: number) => {
      const began = performance.now()
      const page = decode(input, length)
      this.#cost.decompressing += (performance.now() - began) / 1000
      this.#cost.unpackedBytes += page.length
      this.#guard?.unpacked(input, page)
      return page
    }
    return Object.fromEntries(Object.entries(codecs).map(([name, decode]) => [name, watch(decode)]))
  }

  #readable(name: string): BranchInfo {
    const info = this.branch(name)
    if (info === undefined) {
      const problem = `column ${JSON.stringify(name)} not found.${nearestHint(name, this.names)}`
      throw new DataError('KeyError', `${this.source.name}: ${problem}`)
    }
    if (info.counter === null) return info
    const problem = `column ${JSON.stringify(name)} has a list a row, one value a row is wanted.`
    throw new DataError('NotImplementedError', `${this.source.name}: ${problem} Write the ntuples with "flat": true.`)
  }

  async #decode(column: string, rowStart: number, rowEnd: number): Promise<ColumnData[]> {
    const pieces: ColumnData[] = []
    const metadata = footerOf(this.#columns.get(column)!, this.#metadata)
    this.#guard = new PageGuard(metadata)
    try {
      await parquetRead({
        file: this.#file,
        metadata,
        columns: [column],
        rowStart,
        rowEnd,
        useOffsetIndex: true,
        utf8: false,
        compressors: this.#compressors,
        // Errors thrown in here would be lost: the pieces are only kept, and looked at afterwards.
        onChunk: piece => pieces.push(piece),
      })
      return pieces
    } catch (cause) {
      throw damaged(this.source.name, cause)
    } finally {
      this.#guard = null
    }
  }
}

/** hyparquet asks for several ranges and waits for one after the other: where one fails, it turns its back on the rest, whose failures,
 *  and those of what it hangs on them, would end the program. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  const then = promise.then.bind(promise)
  return Object.defineProperty(promise, 'then', {
    value: (...handlers: Parameters<typeof then>) => quiet(then(...handlers)),
  })
}

/** Opens a Parquet file by its path. Throws DataError: FileNotFoundError and its kin for a path that cannot be opened, 'OSError'
 *  for a file too short to be one, 'ValueError' for a file that is not Parquet, 'DeserializationError' for a damaged footer. */
export async function openParquet(path: string): Promise<ParquetInput> {
  const source = await openSource(path)
  try {
    const byteLength = await source.size()
    if (byteLength < SMALLEST_FILE) {
      throw new DataError('OSError', `${path}: ${byteLength} bytes are too few for a Parquet file. It is truncated.`)
    }
    const end = Buffer.from(await source.readAt(byteLength - MAGIC.length, MAGIC.length)).toString('latin1')
    if (end !== MAGIC) {
      throw new DataError(
        'ValueError',
        `${path}: not a Parquet file, or truncated (it ends in ${JSON.stringify(end)}).`,
      )
    }
    const file: AsyncBuffer = {
      byteLength,
      slice: async (start, stop = byteLength) => bufferOf(await source.readAt(start, stop - start)),
    }
    const metadata = await metadataOf(file, path)
    try {
      return new ParquetInput(source, file, metadata)
    } catch (cause) {
      // hyparquet takes what it finds in the footer.
      throw damaged(path, cause)
    }
  } catch (error) {
    await source.close()
    throw error
  }
}

async function metadataOf(file: AsyncBuffer, path: string): Promise<FileMetaData> {
  try {
    return await parquetMetadataAsync(file, { geoparquet: false })
  } catch (cause) {
    throw damaged(path, cause)
  }
}

function damaged(path: string, cause: unknown): DataError {
  if (cause instanceof DataError) return cause
  return new DataError('DeserializationError', `${path}: cannot be decoded: ${(cause as Error).message}.`, { cause })
}

/** The bytes as an ArrayBuffer of their own, which they are already unless their source pools memory. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes
  const whole = byteOffset === 0 && byteLength === buffer.byteLength
  return (whole ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)) as ArrayBuffer
}
