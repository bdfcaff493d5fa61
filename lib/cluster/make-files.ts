/** Files of sinks made by the worker that has all of their items, at the place of the output: only their names and sizes go back to the
 *  driver, which gives them their final names. Where a file cannot be made its items go back, as without all this. */
import { constants } from 'node:fs'
import { type FileHandle, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, sep } from 'node:path'
import { hideAccessIn, joinAddress } from '../bytes/address.js'
import { Adler32 } from '../bytes/adler32.js'
import { attemptName } from '../bytes/temporary-name.js'
import { uploadFile } from '../bytes/upload.js'
import type { Chunk, MadeFile, MakingPlace } from '../core/types.js'
import type { Cut } from '../graph/cut.js'
import type { ChunkResult } from '../graph/segment.js'
import { type MakingLeaf, makingLeaves, type WholeFile, wholeFiles } from './part-groups.js'

export class FileMaker {
  readonly #place: MakingPlace
  readonly #leaves: readonly MakingLeaf[]
  #seesOutput = false
  #failure: string | null = null

  private constructor(place: MakingPlace, leaves: readonly MakingLeaf[]) {
    this.#place = place
    this.#leaves = leaves
  }

  /** null: there is nothing that could be made. */
  static open(cut: Cut, place: MakingPlace | null): FileMaker | null {
    const leaves = makingLeaves(cut)
    return place === null || leaves.length === 0 ? null : new FileMaker(place, leaves)
  }

  /** Why this worker makes no files, for the driver's log; null: it makes them. */
  get refusal(): string | null {
    return this.#seesOutput ? this.#failure : 'does not see the output folder'
  }

  /** For one group: to be called with its results so far after each chunk; puts stand-ins in the place of items whose file is there. */
  async group(chunks: readonly Chunk[]): Promise<(results: ChunkResult[]) => Promise<void>> {
    // Each time: a network file system may show late what has been put there.
    this.#seesOutput ||= await seesOutput(this.#place)
    const due = wholeFiles(this.#leaves, chunks)
    return async results => {
      for (const whole of due) {
        if (whole.members.at(-1) === results.length - 1 && this.refusal === null) await this.#make(whole, results)
      }
    }
  }

  async #make({ id, making, file, members }: WholeFile, results: ChunkResult[]): Promise<void> {
    const items = members.map(k => results[k]!.items.get(id))
    // Something of it could not be read: a later run may want the rest again.
    if (items.includes(undefined)) return
    try {
      const made = await this.#write(making.pathOf(file), await making.piecesOf(items), members.length)
      for (const [k, at] of members.entries()) {
        const standIn = making.standIn(items[k], made)
        results[at] = { ...results[at]!, items: new Map([...results[at]!.items, [id, standIn]]) }
      }
    } catch (error) {
      // It costs time to fail, and the next one would.
      this.#failure = `cannot write to the output (${hideAccessIn((error as Error).message)})`
    }
  }

  async #write(path: string, pieces: readonly Uint8Array[], chunks: number): Promise<MadeFile> {
    const { output, target, temporary, run, marker } = this.#place
    const name = relative(output, path).split(sep).join('/')
    const folder = temporary ?? dirname(name)
    const at = `${folder}/${attemptName(run, basename(name))}`
    if (marker !== null) await writeNew(join(target, at), pieces)
    else await send(pieces, basename(at), joinAddress(target, ...at.split('/')))
    const sum = new Adler32()
    let bytes = 0
    for (const piece of pieces) {
      sum.update(piece)
      bytes += piece.length
    }
    return { path: name, at, bytes, adler32: sum.digest(), chunks }
  }
}

async function writeNew(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  try {
    await writeFile(path, pieces, { flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(path, { force: true }).catch(() => {})
    throw error
  }
}

/** By way of a file here that is gone when this process is, however it ends: on Linux it never has a name. */
async function send(pieces: readonly Uint8Array[], name: string, url: string): Promise<void> {
  const nameless = await openNameless(tmpdir())
  const local = join(tmpdir(), name)
  const file = nameless ?? (await open(local, 'wx'))
  try {
    for (const piece of pieces) await file.writeFile(piece)
    await uploadFile(nameless === null ? local : `/proc/${process.pid}/fd/${file.fd}`, url)
  } finally {
    await file.close()
    if (nameless === null) await rm(local, { force: true })
  }
}

/** open(2): a file without a name in the folder of the path. Its first bit; the other one is O_DIRECTORY. */
const TMPFILE = 0o20000000

/** null: the system, or the file system of the folder, knows no such files. */
async function openNameless(folder: string): Promise<FileHandle | null> {
  if (process.platform !== 'linux') return null
  const flags = TMPFILE | constants.O_DIRECTORY | constants.O_RDWR
  return open(folder, flags, 0o600).catch(() => null)
}

/** A folder of the same name elsewhere is another one. */
async function seesOutput({ target, marker }: MakingPlace): Promise<boolean> {
  if (marker === null) return true
  const content = await readFile(join(target, marker.name), 'utf8').catch(() => null)
  return content === marker.content
}
