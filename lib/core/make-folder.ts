/** Folders, with those above them. Node's own `recursive` never ends below a file system that has no room for folders, such as /proc, and
 *  calls a read-only one "no such file or directory". */
import { mkdirSync, statSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

type Mode = { readonly mode?: number }

/** How often what the file system says may not be so when one looks: that there is something in its place, or no parent. Somebody else
 *  makes and removes them meanwhile. Where a file is in its place, or in /proc, it stays so. */
const MOST_MISSED = 50

/** Makes the folder where it is not there. Throws what the file system says: EROFS, EACCES, ENOTDIR, ENOSPC ... */
export async function makeLocalFolder(path: string, options: Mode = {}): Promise<void> {
  const way = new Way(path)
  while (way.next !== undefined) {
    try {
      await mkdir(way.next, options)
      way.made()
    } catch (error) {
      if (await isFolder(way.next)) way.made()
      else way.failed(error as NodeJS.ErrnoException, await isFolder(dirname(way.next)))
    }
  }
}

/** The same at once. */
export function makeLocalFolderSync(path: string, options: Mode = {}): void {
  const way = new Way(path)
  while (way.next !== undefined) {
    try {
      mkdirSync(way.next, options)
      way.made()
    } catch (error) {
      if (isFolderSync(way.next)) way.made()
      else way.failed(error as NodeJS.ErrnoException, isFolderSync(dirname(way.next)))
    }
  }
}

/** The folders that are still to be made, the next one last. */
class Way {
  readonly #missing: string[]
  #missed = 0

  constructor(path: string) {
    this.#missing = [resolve(path)]
  }

  get next(): string | undefined {
    return this.#missing.at(-1)
  }

  made(): void {
    this.#missing.pop()
  }

  /** On to the folder above, where that is what is missing; the same again, where it is not missing any more. */
  failed(error: NodeJS.ErrnoException, isThereAbove: boolean): void {
    const above = dirname(this.next!)
    if (error.code === 'ENOENT' && !isThereAbove && above !== this.next) this.#missing.push(above)
    else if (!['ENOENT', 'EEXIST'].includes(error.code!) || ++this.#missed > MOST_MISSED) throw error
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
}

function isFolderSync(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
