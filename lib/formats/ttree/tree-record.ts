/** A TTree (version 20) with its TBranch (13), TBranchElement (10) and TLeaf (2) objects in ROOT's serialisation: what the tree's key in
 *  the file is followed by. */
import { RootBuffer } from '../root-file/buffer.js'
import { TREE_NAME } from '../table-format.js'
import type { Branch } from './branches.js'
import { clusterRanges } from './clusters.js'
import { LEAF_TYPES } from './leaf-types.js'

/** The baskets of a branch, in the order of entries. */
export interface BranchBaskets {
  /** Of the records in the file. */
  readonly bytes: readonly number[]
  readonly firstEntry: readonly number[]
  readonly seek: readonly number[]
  readonly totalBytes: number
  readonly zipBytes: number
  /** The longest one, not compressed. */
  readonly longest: number
  /** The most elements of an entry that the branch counts. */
  readonly most: number
}

export interface TreeContent {
  /** Rows of each cluster, none of them 0. */
  readonly clusters: readonly number[]
  readonly branches: readonly Branch[]
  readonly baskets: readonly BranchBaskets[]
  /** ROOT's number of the compression. */
  readonly compression: number
}

/** The record; origin: the length of its key. */
export function treeRecord(tree: TreeContent, origin: number): Uint8Array {
  return new TreeWriter(tree, origin).write()
}

/** The class of a branch's leaf. */
export function leafClassOf({ content, dtype }: Branch): string {
  return content === 'texts' ? 'TLeafElement' : LEAF_TYPES[dtype].className
}

/** What ROOT sets in a new tree. */
const MOST_ENTRIES = 1e12
const AUTO_SAVE = -300_000_000
const AUTO_FLUSH = -30_000_000
const ESTIMATE = 1_000_000
const SCAN_FIELD = 25
const OFFSETS_LENGTH = 1000
const BASKET_BYTES = 32_000

class TreeWriter {
  private readonly out: RootBuffer
  private readonly tree: TreeContent
  private readonly entries: number
  /** Where each branch's leaf stands. */
  private readonly leafAt: number[] = []

  constructor(tree: TreeContent, origin: number) {
    this.out = new RootBuffer(origin)
    this.tree = tree
    this.entries = tree.clusters.reduce((sum, rows) => sum + rows, 0)
  }

  write(): Uint8Array {
    const { out } = this
    const { branches, baskets, clusters } = this.tree
    const { ends = [], sizes = [], last = AUTO_FLUSH } = clusterRanges(clusters) ?? {}
    const zipBytes = sumOf(baskets, 'zipBytes')
    out.counted(20, () => {
      out.named(TREE_NAME, TREE_NAME)
      out.counted(2, () => out.i16(602, 1, 1)) // TAttLine: ROOT's blue, solid, thin
      out.counted(2, () => out.i16(0, 1001)) // TAttFill: white, solid
      out.counted(2, () => {
        out.i16(1, 1) // TAttMarker: black dots
        out.f32(1)
      })
      out.i64(this.entries, sumOf(baskets, 'totalBytes'), zipBytes, 0, zipBytes)
      out.f64(1) // weight
      out.i32(0, SCAN_FIELD, 0, OFFSETS_LENGTH, ends.length)
      out.i64(MOST_ENTRIES, MOST_ENTRIES, 0, AUTO_SAVE, last, ESTIMATE)
      this.list(ends)
      this.list(sizes)
      this.ioFeatures()
      this.objects(branches.length, k => this.branch(k))
      this.objects(branches.length, k => out.reference(this.leafAt[k]!))
      out.nullPointer() // aliases
      out.i32(0, 0) // an index: values and entries
      for (let k = 0; k < 4; k++) out.nullPointer() // index, friends, user's information, references
    })
    return out.written()
  }

  private branch(k: number): void {
    const { out } = this
    const branch = this.tree.branches[k]!
    if (branch.content !== 'texts') out.pointer('TBranch', () => this.plainBranch(k))
    else
      out.pointer('TBranchElement', () =>
        out.counted(10, () => {
          this.plainBranch(k)
          for (const text of ['string', '', '']) out.string(text) // the class; a parent; a collection's
          out.u32(STRING_CHECKSUM)
          out.i16(STRING_VERSION)
          out.i32(-1, -1, -1, 0) // not a member; a whole object; no maximum
          out.nullPointer()
          out.nullPointer()
        }),
      )
  }

  private plainBranch(k: number): void {
    const { out, entries } = this
    const branch = this.tree.branches[k]!
    const { bytes, firstEntry, seek, totalBytes, zipBytes, longest } = this.tree.baskets[k]!
    const isText = branch.content === 'texts'
    const title = isText ? branch.name : `${this.titleOf(branch)}/${LEAF_TYPES[branch.dtype].letter}`
    out.counted(13, () => {
      out.named(branch.name, title)
      out.counted(2, () => out.i16(0, 1001)) // TAttFill
      const offsets = isText || branch.counter !== null ? OFFSETS_LENGTH : 0
      out.i32(this.tree.compression, Math.max(BASKET_BYTES, longest), offsets, bytes.length)
      out.i64(entries)
      this.ioFeatures()
      out.i32(0, bytes.length + 1, 0) // offset; slots, of which the last says where entries end; split level
      out.i64(entries, 0, totalBytes, zipBytes)
      this.objects(0, () => {})
      this.objects(1, () => this.leaf(k))
      this.objects(0, () => {}) // all baskets are in the file
      out.u8(1)
      for (const value of bytes) out.i32(value)
      out.i32(0)
      this.list(firstEntry, entries)
      this.list(seek, 0)
      out.string('') // baskets are in this file
    })
  }

  private leaf(k: number): void {
    const { out } = this
    const branch = this.tree.branches[k]!
    const { bytes, unsigned } = LEAF_TYPES[branch.dtype]
    const isText = branch.content === 'texts'
    const isCounter = branch.content === 'counts'
    this.leafAt[k] = out.length
    out.pointer(leafClassOf(branch), () =>
      out.counted(1, () => {
        out.counted(2, () => {
          out.named(branch.name, isText ? branch.name : this.titleOf(branch))
          out.i32(branch.width, isText ? 0 : bytes, 0)
          out.u8(isCounter ? 1 : 0)
          out.u8(!isText && unsigned ? 1 : 0)
          if (branch.counter === null) out.nullPointer()
          else out.reference(this.leafAt[branch.counter]!)
        })
        if (isText) out.i32(-1, -1)
        else if (isCounter) out.i32(0, this.tree.baskets[k]!.most)
        else out.raw(Buffer.alloc(2 * bytes)) // no range
      }),
    )
  }

  /** Of a leaf, with the dimensions of what an entry holds. */
  private titleOf({ name, counter, width }: Branch): string {
    const list = counter === null ? '' : `[${this.tree.branches[counter]!.name}]`
    return `${name}${list}${width === 1 ? '' : `[${width}]`}`
  }

  /** A TObjArray. */
  private objects(length: number, write: (k: number) => void): void {
    const { out } = this
    out.counted(3, () => {
      out.object()
      out.string('')
      out.i32(length, 0)
      for (let k = 0; k < length; k++) write(k)
    })
  }

  /** Numbers that are counted elsewhere, behind a byte that says whether there are any. */
  private list(values: readonly number[], ...last: readonly number[]): void {
    this.out.u8(values.length + last.length === 0 ? 0 : 1)
    for (const value of values) this.out.i64(value)
    this.out.i64(...last)
  }

  /** TIOFeatures: a class without a version, so the checksum of its members stands in its place. */
  private ioFeatures(): void {
    this.out.counted(0, () => {
      this.out.u32(IO_FEATURES_CHECKSUM)
      this.out.u8(0)
    })
  }
}

const IO_FEATURES_CHECKSUM = 446770960
/** Of std::string, as ROOT puts it into a branch of texts. */
const STRING_CHECKSUM = 1852773892
const STRING_VERSION = 2

function sumOf(baskets: readonly BranchBaskets[], what: 'totalBytes' | 'zipBytes'): number {
  return baskets.reduce((sum, branch) => sum + branch[what], 0)
}
