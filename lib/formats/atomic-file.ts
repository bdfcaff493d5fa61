/** A file that appears under its name when it is complete. */

import type { Replaced } from '../core/types.js'

export interface AtomicFile {
  /** The final path. */
  readonly path: string
  /** Bytes written so far. */
  readonly size: number
  /** Throws OutputError where the disk is full or fails; the file is then good for discard alone. */
  write(bytes: Uint8Array): Promise<void>
  /** The same, leaving holes for long runs of zeros: they read as zeros, and take neither time nor disk space. */
  writeSparse(bytes: Uint8Array): Promise<void>
  /** Puts bytes in the place of others that have been written: what a format says in front and knows last. */
  overwrite(position: number, bytes: Uint8Array): Promise<void>
  /** The next bytes are in the file already: it is one that an earlier run began. */
  skip(bytes: number): void
  /** Closes the file under its temporary name: many finished files can wait for one commit without being open. What an
   *  earlier run had written behind is cut off. */
  seal(): Promise<void>
  /** Gives the file its name, replacing what had it. `sync` waits until the bytes are on the disk. */
  commit(options?: { readonly sync?: boolean }): Promise<void>
  /** Removes what was written, or closes it where it is to be kept. Does nothing after commit, and may be called twice. */
  discard(): Promise<void>
  /** Removes it again after commit, or gives it its temporary name back where it is to be kept. */
  retract(): Promise<void>
  /** See Publishable. */
  makeRoom?(replaced: Replaced[]): Promise<void>
}
