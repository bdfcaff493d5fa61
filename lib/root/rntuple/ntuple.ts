/** An RNTuple: its fields under the names that branches have, and entry ranges of them as columns. */
import type { ByteSource } from '../../bytes/source.js'
import { byteSize } from '../../core/dtype.js'
import { DataError, nearestHint } from '../../core/errors.js'
import type { BranchInfo, Column, DType } from '../../core/types.js'
import { checkRange } from '../entries.js'
import { ReadAhead } from '../read-ahead.js'
import type { ReadBuffers } from '../read-buffers.js'
import type { BranchDescription, BranchStorage, ReadOptions, Tree } from '../tree-interface.js'
import type { Clusters } from './clusters.js'
import type { Description } from './description.js'
import { EarlyBytes } from './early-bytes.js'
import { eachFirstPages, firstTags } from './first-pages.js'
import type { Member, StoredColumn } from './member.js'
import { type Names, namesOf } from './names.js'
import { PageCache } from './page-cache.js'
import { likelyRanges, readMembers } from './read-members.js'

/** Bytes of half-used pages that are kept for the next range. */
const MAX_CACHE_BYTES = 64 * 1024 * 1024

/** How a field is stored: estimates where there is more than one group of clusters. */
export interface FieldStorage extends BranchStorage {
  /** Of the columns, as the specification has them: "SplitReal32". */
  readonly columns: readonly string[]
}

export class RNTuple implements Tree {
  readonly kind = 'RNTuple'
  readonly path: string
  readonly cycle: number
  readonly title: string
  readonly entries: number
  readonly names: readonly string[]
  /** Of the binary format. */
  readonly version: string
  readonly #description: Description
  readonly #source: ByteSource
  readonly #buffers: ReadBuffers
  readonly #place: string
  readonly #names: Names
  readonly #clusters: Clusters
  readonly #cache = new PageCache(MAX_CACHE_BYTES)
  readonly #infos = new Map<string, BranchInfo>()
  /** By the first entry of the range. */
  readonly #ahead = new Map<number, EarlyBytes>()

  /** Use openRNTuple. */
  constructor(
    source: ByteSource,
    buffers: ReadBuffers,
    { path, cycle, place, version }: { path: string; cycle: number; place: string; version: string },
    description: Description,
    clusters: Clusters,
  ) {
    this.#source = source
    this.#buffers = buffers
    this.#description = description
    this.#place = place
    this.#clusters = clusters
    this.#names = namesOf(description.schema)
    this.path = path
    this.cycle = cycle
    this.version = version
    this.title = description.header.title
    this.entries = description.entries
    this.names = this.#names.branches
  }

  /** Who wrote it: "ROOT v6.37.01". */
  get writer(): string {
    return this.#description.header.writer
  }

  /** Paths of all fields that have a name, also of those that cannot be read: "Electron.pt". */
  get fields(): readonly string[] {
    return [...this.#names.paths.keys()]
  }

  close(): void {
    for (const ahead of this.#ahead.values()) ahead.release()
    this.#ahead.clear()
  }

  has(name: string): boolean {
    return this.#names.has(name)
  }

  branch(name: string): BranchInfo | undefined {
    const known = this.#infos.get(name)
    if (known !== undefined) return known
    const member = this.#names.member(name, this.#place)
    if (member === undefined) return undefined
    const info = this.#infoOf(name, member)
    this.#infos.set(name, info)
    return info
  }

  describe(name: string): BranchDescription {
    const { field, shape } = this.#member(name)
    return { title: field.description || name, shape }
  }

  /** C++'s type of the field. */
  typeName(name: string): string {
    const id = this.#names.field(name)
    return id === undefined ? '' : this.#description.schema.field(id).typeName
  }

  /** The type that uproot gives the field: lengths of lists are int64 there, whatever type the file says, and characters uint8. */
  uprootType(name: string): DType {
    const { values, dtype } = this.#member(name)
    if (values.length === 0) return 'int64'
    return values.every(({ type }) => type.name === 'Char') ? 'uint8' : dtype
  }

  async storage(names: readonly string[]): Promise<Map<string, FieldStorage>> {
    const storage = new Map<string, FieldStorage>()
    const tags = await firstTags(this.#source, this.#clusters, names, name => this.#columns(name))
    for (const name of names) {
      const columns = this.#columns(name)
      let parts = 0
      eachFirstPages(this.#clusters, columns, (pages, _, share) => (parts += pages.count / share))
      const types = columns.map(({ type }) => type.name)
      storage.set(name, { parts: Math.round(parts), compression: tags.get(name) ?? null, columns: types })
    }
    return storage
  }

  async compressions(names: readonly string[]): Promise<Map<string, string | null>> {
    return firstTags(this.#source, this.#clusters, names, name => this.#columns(name))
  }

  clusters(): Promise<readonly number[]> {
    return this.#clusters.edges()
  }

  async read(
    names: readonly string[],
    start: number,
    stop: number,
    options: ReadOptions = {},
  ): Promise<Map<string, Column>> {
    checkRange(start, stop, this.entries, this.#place)
    const members = this.#members(names)
    const ahead = this.#ahead.get(start) ?? null
    this.#ahead.delete(start)
    const clusters = await this.#clusters.load(start, stop)
    const early = ahead ?? (this.#source.latencyMs > 0 ? this.#early(members, start, stop) : null)
    const access = { source: this.#source, buffers: this.#buffers, cache: this.#cache }
    return readMembers(access, members, clusters, start, stop, options, early, this.#place)
  }

  readAhead(names: readonly string[], start: number, stop: number): boolean {
    this.#ahead.get(start)?.release()
    this.#ahead.delete(start)
    if (!ReadAhead.hasRoom()) return false
    try {
      checkRange(start, stop, this.entries, this.#place)
      this.#ahead.set(start, this.#early(this.#members(names), start, stop))
    } catch (error) {
      if (!(error instanceof DataError)) throw error
    }
    return true
  }

  #early(members: ReadonlyMap<string, Member>, start: number, stop: number): EarlyBytes {
    const ranges = this.#clusters.load(start, stop).then(clusters => likelyRanges(members, clusters, start, stop))
    return new EarlyBytes(this.#source, this.#buffers, ranges)
  }

  #members(names: readonly string[]): Map<string, Member> {
    return new Map(names.map(name => [name, this.#member(name)]))
  }

  #member(name: string): Member {
    const member = this.#names.member(name, this.#place)
    if (member !== undefined) return member
    const problem = `field ${JSON.stringify(name)} not found.${nearestHint(name, this.names)}`
    throw new DataError('KeyError', `${this.#place}: ${problem}`)
  }

  #infoOf(name: string, member: Member): BranchInfo {
    const { dtype, width, values, ends, isText } = member
    let zipBytes = 0
    let totalBytes = 0
    eachFirstPages(this.#clusters, values.length === 0 ? ends : values, (pages, _, share) => {
      for (const length of pages.lengths) zipBytes += length / share
      totalBytes += (pages.starts[pages.count]! * byteSize(dtype)) / share
    })
    const counter = this.#names.counter(name, member)
    const text = isText === true ? { text: isText } : {}
    return { name, dtype, counter, width, ...text, totalBytes: Math.round(totalBytes), zipBytes: Math.round(zipBytes) }
  }

  /** Those of a field, also of one that cannot be read. */
  #columns(name: string): readonly StoredColumn[] {
    const id = this.#names.field(name)
    if (id === undefined) this.#member(name)
    try {
      const { values, ends } = this.#member(name)
      return [...ends, ...values]
    } catch (error) {
      if (error instanceof DataError) return []
      throw error
    }
  }
}
