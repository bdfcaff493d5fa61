/** Input files that another program replaces or writes to while a run reads them: workers that open them at different times would see different
 *  ones, and outputs would be of both. Files at servers are not looked at again. */
import { stat } from 'node:fs/promises'
import { isRemote } from '../bytes/address.js'
import type { Dataset } from '../config/index.js'
import { OutputError } from '../core/errors.js'
import { mapBounded } from '../preprocess/bounded.js'

/** Looked at at a time: a network file system may take its time. */
const STATUSES = 32

interface Status {
  readonly size: number
  readonly modified: number
}

export class InputFiles {
  readonly #began: ReadonlyMap<string, Status>
  /** One was found that is another one: no run can continue this one. */
  haveChanged = false

  private constructor(began: ReadonlyMap<string, Status>) {
    this.#began = began
  }

  /** As they are when the run begins. Those that are not here are not looked at. */
  static async lookAt(datasets: readonly Dataset[]): Promise<InputFiles> {
    const paths = [...new Set(datasets.flatMap(({ files }) => files.map(file => file.path)))]
    const statuses = await mapBounded(paths, STATUSES, undefined, statusOf)
    const found = paths.flatMap((path, k): [string, Status][] => (statuses[k] == null ? [] : [[path, statuses[k]]]))
    return new InputFiles(new Map(found))
  }

  /** Throws OutputError for one of the dataset's that is another one now. Those that are gone have been read. */
  async check({ name, files }: Dataset): Promise<void> {
    const paths = [...new Set(files.map(file => file.path))].filter(path => this.#began.has(path))
    const statuses = await mapBounded(paths, STATUSES, undefined, statusOf)
    for (const [k, path] of paths.entries()) {
      const [began, now] = [this.#began.get(path)!, statuses[k]]
      if (now == null || (now.size === began.size && now.modified === began.modified)) continue
      const what = `${describe(began)} when the run began, ${describe(now)} now`
      this.haveChanged = true
      throw new OutputError(
        `${path}: was changed while it was read (${what}): no outputs of dataset "${name}" are written. Run again.`,
      )
    }
  }
}

async function statusOf(path: string): Promise<Status | null> {
  if (isRemote(path)) return null
  const found = await stat(path).catch(() => null)
  return found?.isFile() ? { size: found.size, modified: found.mtimeMs } : null
}

function describe({ size, modified }: Status): string {
  return `${size} bytes of ${new Date(modified).toISOString()}`
}
