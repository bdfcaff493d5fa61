/** Bytes of results that stand outside the journal: in the output files that sinks are building, or, until a sink has them, in
 *  a file of their own ("spilled"). Everything is in one folder:
 *
 *    <hash of pass and path>   an output file under construction
 *    spill-<n>                 bytes of one result that arrived before its turn */
import { createHash } from 'node:crypto'
import { type FileHandle, open, readdir, unlink, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { crc32 } from '../core/crc32.js'
import { makeLocalFolderSync } from '../core/make-folder.js'
import { journalError } from './error.js'
import { readAt } from './records.js'

/** Bytes of one leaf of one result. */
export interface Part {
  readonly leaf: string
  /** The output file, from the output folder; or the number of the spill file. */
  readonly at: string | number
  readonly start: number
  readonly length: number
  readonly crc: number
}

export interface FoundPart {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** They stand in the file under construction. */
  readonly inPlace: boolean
}

export class PartStore {
  private readonly folder: string
  private readonly output: string
  private made = false
  private nextSpill = 0

  constructor(folder: string, output: string) {
    this.folder = folder
    this.output = output
  }

  /** The name under which a pass builds an output file. */
  building(pass: string, path: string): string {
    this.make()
    return this.buildingFrom(pass, this.name(path))
  }

  /** An output file as parts name it, so that the output folder may be moved. */
  name(path: string): string {
    return relative(this.output, path)
  }

  pathOf(name: string): string {
    return join(this.output, name)
  }

  /** Writes bytes to a file of their own. */
  async spill(bytes: readonly { readonly leaf: string; readonly bytes: Uint8Array }[]): Promise<Part[]> {
    this.make()
    const at = this.nextSpill++
    let start = 0
    const parts = bytes.map(({ leaf, bytes: { length }, bytes: b }) => {
      const part = { leaf, at, start, length, crc: crc32(b) }
      start += length
      return part
    })
    const path = this.spillPath(at)
    try {
      await writeFile(
        path,
        bytes.map(b => b.bytes),
      )
    } catch (cause) {
      throw journalError(path, cause)
    }
    return parts
  }

  async removeSpill(at: number): Promise<void> {
    await unlink(this.spillPath(at)).catch(() => {})
  }

  /** null: the bytes are not there, or not what they were. */
  async find(pass: string, part: Part): Promise<FoundPart | null> {
    if (typeof part.at === 'number') return found(await readPart(this.spillPath(part.at), part), false)
    const building = await readPart(this.buildingFrom(pass, part.at), part)
    // The file has its name where the run was stopped after the dataset was complete.
    return found(building, true) ?? found(await readPart(this.pathOf(part.at), part), false)
  }

  /** Removes spill files but those numbered so; new ones get other numbers. */
  async keepSpills(wanted: ReadonlySet<number>): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      const number = Number(/^spill-(\d+)$/.exec(name)?.[1] ?? Number.NaN)
      if (Number.isNaN(number)) continue
      if (wanted.has(number)) this.nextSpill = Math.max(this.nextSpill, number + 1)
      else await this.removeSpill(number)
    }
  }

  private make(): void {
    if (this.made) return
    try {
      makeLocalFolderSync(this.folder)
    } catch (cause) {
      throw journalError(this.folder, cause)
    }
    this.made = true
  }

  private buildingFrom(pass: string, name: string): string {
    const hash = createHash('sha256').update(`${pass}\n${name}`).digest('hex')
    return join(this.folder, hash.slice(0, 32))
  }

  private spillPath(at: number): string {
    return join(this.folder, `spill-${at}`)
  }
}

function found(bytes: Uint8Array<ArrayBuffer> | null, inPlace: boolean): FoundPart | null {
  return bytes === null ? null : { bytes, inPlace }
}

async function readPart(path: string, { start, length, crc }: Part): Promise<Uint8Array<ArrayBuffer> | null> {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch {
    return null
  }
  try {
    const bytes = await readAt(file, { start, length })
    return crc32(bytes) === crc ? bytes : null
  } catch {
    return null
  } finally {
    await file.close()
  }
}
