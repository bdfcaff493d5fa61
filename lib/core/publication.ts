/** Files that belong together get their names together: when all are complete. */
import type { Context, Publication, Publishable } from './types.js'

/** For a sink whose files are complete: they get their names now, or, where others belong to them, with those. */
export async function publish(
  files: readonly Publishable[],
  { publication }: Pick<Context, 'publication'>,
): Promise<void> {
  if (publication !== undefined) publication.add(files)
  else for (const file of files) await file.commit()
}

export class PendingFiles implements Publication {
  readonly #files: Publishable[] = []

  add(files: readonly Publishable[]): void {
    this.#files.push(...files)
  }

  /** Where one cannot get its name, all are taken back, and its failure is thrown. */
  async commit(): Promise<void> {
    for (const [k, file] of this.#files.entries()) {
      try {
        await file.commit()
      } catch (error) {
        for (const done of this.#files.slice(0, k)) await done.retract?.().catch(() => {})
        await this.discard(k)
        throw error
      }
    }
  }

  async discard(from = 0): Promise<void> {
    for (const file of this.#files.slice(from)) await file.discard().catch(() => {})
  }
}
