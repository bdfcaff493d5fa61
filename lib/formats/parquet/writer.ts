/** Row groups into a Parquet file: magic, row groups one after the other, footer. Streams, so memory holds one row group. */
import { openAtomic } from '../atomic.js'
import type { AtomicFile } from '../atomic-file.js'
import { OverFile } from '../over-file.js'
import type { TableSchema } from '../table-schema.js'
import { footerBytes, MAGIC, type PlacedRowGroup } from './footer.js'
import { type EncodedRowGroup, emptyRowGroup } from './row-group.js'

const FINISHED: PlacedRowGroup[] = []

/** A Parquet file under construction. It has its name once `close` has settled; `discard` removes it. `finish` and `commit`
 *  are the halves of `close`, for files that should appear together. */
export class ParquetFileWriter extends OverFile<AtomicFile> {
  private readonly schema: TableSchema
  /** Until the file is finished: thousands of files may wait for their names, each with facts of hundreds of columns. */
  private rowGroups: PlacedRowGroup[] = []
  private written = 0

  private constructor(file: AtomicFile, schema: TableSchema) {
    super(file)
    this.schema = schema
  }

  /** building: as `openAtomic` has it. Throws UsageError where the file cannot be created, OutputError where it cannot be
   *  written to. */
  static async open(path: string, schema: TableSchema, building?: string): Promise<ParquetFileWriter> {
    const file = await openAtomic(path, building)
    try {
      await file.write(MAGIC)
    } catch (error) {
      await file.discard()
      throw error
    }
    return new ParquetFileWriter(file, schema)
  }

  get rows(): number {
    return this.written
  }

  /** Row groups without rows leave no trace, unless the file has no other. storedAt: where in this file, which is continued,
   *  the row group's bytes stand; null: nowhere. Returns where they stand now. */
  async append(rowGroup: EncodedRowGroup, storedAt: number | null = null): Promise<number> {
    const start = this.file.size
    if (rowGroup.rows === 0) return start
    const { bytes, ...facts } = rowGroup
    this.rowGroups.push({ ...facts, start })
    this.written += facts.rows
    if (storedAt === start) this.file.skip(bytes.length)
    else await this.file.write(bytes)
    return start
  }

  /** Ends the file, still under its temporary name. A file without rows has the full schema. */
  async finish(): Promise<void> {
    await this.file.write(footerBytes(this.schema, orEmpty(this.rowGroups, this.schema)))
    await this.file.seal()
    this.rowGroups = FINISHED
  }

  async close(): Promise<void> {
    await this.finish()
    await this.commit()
  }
}

/** A whole file in pieces, in memory. */
export function assembleFile(schema: TableSchema, rowGroups: readonly EncodedRowGroup[]): Uint8Array[] {
  const pieces: Uint8Array[] = [MAGIC]
  const placed: PlacedRowGroup[] = []
  let start = MAGIC.length
  for (const { bytes, ...facts } of rowGroups) {
    if (facts.rows === 0) continue
    placed.push({ ...facts, start })
    pieces.push(bytes)
    start += bytes.length
  }
  pieces.push(footerBytes(schema, orEmpty(placed, schema)))
  return pieces
}

/** pyarrow, and with it the reference, writes one row group without rows or pages into an empty file. */
function orEmpty(rowGroups: readonly PlacedRowGroup[], schema: TableSchema): readonly PlacedRowGroup[] {
  return rowGroups.length > 0 ? rowGroups : [{ ...emptyRowGroup(schema, true), start: 0 }]
}
