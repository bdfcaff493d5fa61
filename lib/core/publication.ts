/** Files that belong together get their names together: when all are complete. */
import type { Context, Publication, Publishable, Replaced } from './types.js'

/** For a sink whose files are complete: they get their names now, or, where others belong to them, with those. */
export async function publish(
  files: readonly Publishable[],
  { publication }: Pick<Context, 'publication'>,
): Promise<void> {
  if (publication !== undefined) return publication.add(files)
  const together = new PendingFiles()
  together.add(files)
  await together.commit()
}

export class PendingFiles implements Publication {
  readonly #files: Publishable[] = []

  add(files: readonly Publishable[]): void {
    this.#files.push(...files)
  }

  /** What an earlier run has left under their names goes before the first of them comes: whenever the process is killed, old and new files
   *  do not stand side by side. Where one cannot get its name, all are taken back, what stood there before comes back, and the failure
   *  is thrown. */
  async commit(): Promise<void> {
    const files = this.#files
    const replaced: Replaced[] = []
    let k = 0
    try {
      // A single one takes the place of another at once.
      if (files.length > 1) for (const file of files) await file.makeRoom?.(replaced)
      for (; k < files.length; k++) await files[k]!.commit()
    } catch (error) {
      for (const done of files.slice(0, k)) await done.retract?.().catch(() => {})
      for (const one of replaced) await one.putBack().catch(() => {})
      await this.discard(k)
      throw error
    }
    for (const one of replaced) await one.remove().catch(() => {})
  }

  async discard(from = 0): Promise<void> {
    for (const file of this.#files.slice(from)) await file.discard().catch(() => {})
  }
}
