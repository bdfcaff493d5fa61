/** The journal of a run: what each chunk gave, written down as it arrives. A run that is continued takes results from it in
 *  place of running their chunks. Bytes that sinks append to output files are not in the journal but in these files, which are
 *  kept below its folder; the journal says where. */
import { existsSync } from 'node:fs'
import { type FileHandle, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { crc32 } from '../core/crc32.js'
import { UsageError } from '../core/errors.js'
import type { Appended, Chunk, MadeFile, StoredAt } from '../core/types.js'
import type { ChunkResult } from '../graph/segment.js'
import { encodeBody } from '../run/body.js'
import { bodyOf, encodeEntry, type Head, headOf, keyOf } from './entry.js'
import { JOURNAL_FILE, PARTS_FOLDER, removeContent } from './folder.js'
import type { Identity } from './identity.js'
import type { Lock } from './lock.js'
import { MadeLedger, madeOf } from './made.js'
import type { Part, PartStore } from './parts.js'
import { type Known, unreadable } from './read.js'
import { RecordWriter } from './record-writer.js'
import { readAt } from './records.js'

/** A pass over a dataset, and the leaves of its graph whose items' bytes go into files. */
export interface Pass {
  readonly key: string
  readonly appended: ReadonlyMap<string, Appended<unknown>>
}

/** Is a file that a worker made still there, as it was made? */
export type IsThere = (file: MadeFile) => Promise<boolean>

export interface Found {
  readonly known: Map<string, Known>
  readonly end: number
  readonly afterStopped: boolean
  readonly isThere?: IsThere | undefined
}

export class Journal {
  /** A run before this one was stopped, so it may have left files under temporary names. */
  readonly afterStopped: boolean
  /** Results taken from the journal so far, and results added to it. */
  resumed = 0
  added = 0
  private readonly folder: string
  private readonly file: FileHandle
  private readonly lock: Lock
  private readonly known: Map<string, Known>
  private readonly parts: PartStore
  private readonly made: MadeLedger
  private readonly records: RecordWriter

  /** Use openJournal. */
  constructor(folder: string, file: FileHandle, lock: Lock, parts: PartStore, found: Found) {
    this.folder = folder
    this.file = file
    this.lock = lock
    this.parts = parts
    this.known = found.known
    this.made = new MadeLedger(found.known, found.isThere)
    this.records = new RecordWriter(join(folder, JOURNAL_FILE), file, found.end)
    this.afterStopped = found.afterStopped
  }

  /** Writes down what its results belong to: the first record. */
  begin(identity: Identity): Promise<void> {
    return this.records.write([serialize(identity)])
  }

  /** Chunks in the journal. */
  get done(): number {
    return this.known.size + this.added
  }

  /** Where files are that workers have made: those that the journal needs, and those that it has given up. */
  get madeFiles(): Pick<MadeLedger, 'at' | 'forgotten'> {
    return this.made
  }

  /** Not where a file with its rows is no longer there. */
  async has(pass: Pass, chunk: Chunk): Promise<boolean> {
    const known = this.known.get(keyOf(pass.key, chunk))
    return known !== undefined && (await this.made.areThere(known.made))
  }

  /** The journalled result of a chunk, ready for sinks; null where there is none, or where bytes of it are no longer there: the
   *  chunk is to be run then. Throws UsageError where the journal has another chunk in its place. */
  async take(pass: Pass, chunk: Chunk): Promise<ChunkResult | null> {
    const key = keyOf(pass.key, chunk)
    const known = this.known.get(key)
    if (known === undefined) return null
    const payload = await readAt(this.file, known.place).catch(cause => {
      throw unreadable(join(this.folder, JOURNAL_FILE), cause)
    })
    const { head } = headOf(payload)
    if (JSON.stringify(head.chunk) !== JSON.stringify(chunk)) {
      const message = `has other chunks than this run (${describe(pass, head.chunk)} in the journal, ${describe(pass, chunk)} now). Run again without --resume.`
      throw new UsageError([{ place: join(this.folder, JOURNAL_FILE), message }])
    }
    if (!(await this.made.areThere(known.made))) return null
    const result = await this.assemble(pass, bodyOf(payload), known.parts)
    if (result !== null) this.resumed++
    else if (known.made.length === 0) this.known.delete(key)
    else {
      // Of its other files some chunks may be with their sinks already.
      const message = `${describe(pass, chunk)}: its rows are damaged. Run again without --resume.`
      throw new UsageError([{ place: join(this.folder, PARTS_FOLDER), message }])
    }
    return result
  }

  /** Writes down what a chunk gave, or has it written down once sinks have appended its bytes, where that is next. Returns the
   *  result for the sinks. Throws OutputError where it cannot be written. */
  async add(pass: Pass, result: ChunkResult, isNext: boolean): Promise<ChunkResult> {
    const present = [...pass.appended.keys()].filter(leaf => result.items.has(leaf))
    const made = present.flatMap(leaf => madeOf(result.items.get(leaf)))
    const leaves = made.length === 0 ? present : present.filter(leaf => madeOf(result.items.get(leaf)).length === 0)
    this.made.add(made)
    const head = { pass: pass.key, chunk: result.chunk, made }
    if (leaves.length === 0) {
      await this.records.write(encodeEntry({ ...head, parts: [] }, encodeBody(result)))
      this.added++
      return result
    }
    const split = leaves.map(leaf => ({ leaf, ...pass.appended.get(leaf)!.split(result.items.get(leaf)) }))
    const rest = withItems(result, new Map(split.map(s => [s.leaf, s.rest])))
    if (isNext) {
      // Encoded now: folds may change what they are given.
      const body = [Buffer.concat(encodeBody(rest))]
      return this.forSinks(pass, rest, split, [], async parts => {
        await this.records.write(encodeEntry({ ...head, parts }, body))
        this.added++
      })
    }
    const spilled = await this.parts.spill(split)
    await this.records.write(encodeEntry({ ...head, parts: spilled }, encodeBody(rest)))
    this.added++
    return this.forSinks(pass, rest, split, [], parts => this.move(head, parts, spilled))
  }

  /** Ends the run's use of the journal. It is removed where the run is complete or nothing was done; true: it was kept. */
  async close(complete: boolean): Promise<boolean> {
    await this.records.idle()
    // Its folder may be gone.
    const keep = !complete && this.done > 0 && existsSync(join(this.folder, JOURNAL_FILE))
    await this.file.close().catch(() => {})
    // What cannot be removed is left: the outputs are what they are.
    if (!keep) await removeContent(this.folder).catch(() => {})
    await this.lock.release()
    if (!keep) await rmdir(this.folder).catch(() => {})
    return keep
  }

  private async assemble(pass: Pass, body: ChunkResult, parts: readonly Part[]): Promise<ChunkResult | null> {
    if (parts.length === 0) return body
    const split: Split[] = []
    const inPlace: Part[] = []
    for (const part of parts) {
      const found = await this.parts.find(pass.key, part)
      if (found === null) return null
      if (found.inPlace) inPlace.push(part)
      split.push({ leaf: part.leaf, bytes: found.bytes, rest: body.items.get(part.leaf) })
    }
    return this.forSinks(pass, body, split, inPlace, now =>
      this.move({ pass: pass.key, chunk: body.chunk, made: [] }, now, parts),
    )
  }

  /** The result with the items that its sinks take; `stored` is called when all of their bytes have been appended. */
  private forSinks(
    pass: Pass,
    rest: ChunkResult,
    split: readonly Split[],
    inPlace: readonly Part[],
    stored: (parts: readonly Part[]) => Promise<void>,
  ): ChunkResult {
    const parts: Part[] = []
    const items = split.map(({ leaf, bytes, rest }): [string, unknown] => {
      const before = inPlace.find(p => p.leaf === leaf)
      const keeping = {
        building: (path: string) => this.parts.building(pass.key, path),
        at: before === undefined ? null : { path: this.parts.pathOf(before.at as string), start: before.start },
        appended: async ({ path, start }: StoredAt) => {
          const at = this.parts.name(path)
          // A sink may have told the bytes where they stand, so that they differ from those that were kept.
          const crc = before?.at === at && before.start === start ? before.crc : crc32(bytes)
          parts.push({ leaf, at, start, length: bytes.length, crc })
          if (parts.length === split.length) await stored(parts)
        },
      }
      return [leaf, pass.appended.get(leaf)!.join(rest, bytes, keeping)]
    })
    return withItems(rest, new Map(items))
  }

  /** Writes down where bytes stand now. */
  private async move(head: Omit<Head, 'parts'>, now: readonly Part[], before: readonly Part[]): Promise<void> {
    const same = now.every(({ leaf, at, start }) =>
      before.some(p => p.leaf === leaf && p.at === at && p.start === start),
    )
    if (same) return
    await this.records.write(encodeEntry({ ...head, parts: now }, []))
    for (const at of new Set(before.map(p => p.at))) if (typeof at === 'number') await this.parts.removeSpill(at)
  }
}

interface Split {
  readonly leaf: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly rest: unknown
}

function withItems(result: ChunkResult, changed: ReadonlyMap<string, unknown>): ChunkResult {
  return { ...result, items: new Map([...result.items, ...changed]) }
}

function describe(pass: Pass, { file, start, stop }: Chunk): string {
  return `${pass.key}: ${file} [${start}, ${stop ?? 'end'})`
}
