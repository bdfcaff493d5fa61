/** A file of some format over one that appears under its name when it is complete. */
import type { Replaced } from '../core/types.js'
import type { AtomicFile } from './atomic-file.js'

/** What of the file below the one above passes on as it is. */
type Below = Pick<AtomicFile, 'path' | 'commit' | 'discard' | 'retract' | 'makeRoom'>

/** What is written, and how it ends, is the format's; what becomes of the finished file is not. */
export abstract class OverFile<File extends Below> {
  protected readonly file: File

  protected constructor(file: File) {
    this.file = file
  }

  /** The final path. */
  get path(): string {
    return this.file.path
  }

  /** Gives the finished file its name. */
  commit(): Promise<void> {
    return this.file.commit()
  }

  /** Removes it, or closes it where it is to be kept. */
  discard(): Promise<void> {
    return this.file.discard()
  }

  /** Removes it again after commit. */
  retract(): Promise<void> {
    return this.file.retract()
  }

  async makeRoom(replaced: Replaced[]): Promise<void> {
    await this.file.makeRoom?.(replaced)
  }
}
