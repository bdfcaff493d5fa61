/** A ROOT file that is written from front to back, in constant memory, and has its name once it is complete. */
import { BugError } from '../../core/errors.js'
import { openAtomic } from '../atomic.js'
import type { AtomicFile } from '../atomic-file.js'
import { OverFile } from '../over-file.js'
import type { Place } from './head.js'
import { type Content, type LayoutOptions, type RecordName, type RecordOptions, RootFileLayout } from './layout.js'

/** As AtomicFile: `finish` and `commit` are the halves of completing it, `discard` removes it. */
export class RootFileWriter extends OverFile<AtomicFile> {
  /** Until the file is finished: thousands of files may wait for their names. */
  private open: RootFileLayout | null

  private constructor(file: AtomicFile, layout: RootFileLayout) {
    super(file)
    this.open = layout
  }

  /** building: as `openAtomic` has it. Until the file is finished its header is zeros, which no reader takes for one. Throws
   *  UsageError where the file cannot be created, OutputError where it cannot be written to. */
  static async open(path: string, options: LayoutOptions, building?: string): Promise<RootFileWriter> {
    const file = await openAtomic(path, building)
    const layout = new RootFileLayout(options)
    try {
      await file.write(new Uint8Array(layout.headBytes))
    } catch (error) {
      await file.discard()
      throw error
    }
    return new RootFileWriter(file, layout)
  }

  private get layout(): RootFileLayout {
    if (this.open === null) throw new BugError(`${this.path}: nothing more can be put into a finished file`)
    return this.open
  }

  /** Where the next record begins. */
  get end(): number {
    return this.layout.end
  }

  /** Writes a record with its key. */
  async record(name: RecordName, object: Content, options?: RecordOptions): Promise<Place> {
    const { content, seek, bytes } = this.layout.record(name, object, options)
    for (const piece of content) await this.file.write(piece)
    return { seek, bytes }
  }

  /** Writes records that have been made elsewhere, and placed (placeKeys) at `end`. identity: stands for their content. storedAt: where in
   *  this file, which is continued, they stand already; null: nowhere. */
  async embed(records: Uint8Array, identity: string | Uint8Array, storedAt: number | null = null): Promise<number> {
    const start = this.layout.embed(records.length, identity)
    if (storedAt === start) this.file.skip(records.length)
    else await this.file.write(records)
    return start
  }

  /** Ends the file, still under its temporary name. */
  async finish(): Promise<void> {
    for (const piece of this.layout.close()) await this.file.write(piece)
    await this.file.overwrite(0, this.layout.head())
    this.open = null
    await this.file.seal()
  }
}
