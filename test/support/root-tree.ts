/** TTree (version 20) with its TBranch (13), and TLeaf (2) objects, as the test-only writer stores them. */
import type { DType } from '../../lib/core/types.js'
import { type StoredBasket, writeEmbedded } from './root-basket.js'
import { RootBuffer } from './root-buffer.js'
import type { BranchSpec, TreeSpec } from './root-writer.js'

/** Letter of the leaf's class and of its title; size in bytes; of fMinimum and fMaximum too. */
const LEAVES: Record<DType, readonly [className: string, letter: string, size: number]> = {
  bool: ['TLeafO', 'O', 1],
  int8: ['TLeafB', 'B', 1],
  uint8: ['TLeafB', 'b', 1],
  int16: ['TLeafS', 'S', 2],
  uint16: ['TLeafS', 's', 2],
  int32: ['TLeafI', 'I', 4],
  uint32: ['TLeafI', 'i', 4],
  int64: ['TLeafL', 'L', 8],
  uint64: ['TLeafL', 'l', 8],
  float32: ['TLeafF', 'F', 4],
  float64: ['TLeafD', 'D', 8],
}

/** The tree's record; origin: the length of its key, which references within the record count from. */
export function serializeTree(
  tree: TreeSpec,
  name: string,
  baskets: readonly (readonly StoredBasket[])[],
  origin: number,
): RootBuffer {
  const out = new RootBuffer(origin)
  const { total, zipped } = sizes(baskets.flat())
  out.counted(20, () => {
    out.named(name, '')
    out.counted(2, () => out.raw(Buffer.of(0x02, 0x5a, 0, 1, 0, 1))) // TAttLine
    out.counted(2, () => out.raw(Buffer.of(0, 0, 0x03, 0xe9))) // TAttFill
    out.counted(2, () => out.raw(Buffer.of(0, 1, 0, 1, 0x3f, 0x80, 0, 0))) // TAttMarker
    out.i64(tree.entries, total, zipped, 0, 0)
    out.f64(1)
    out.i32(0, 25, 0, 1000, 0)
    out.i64(1e12, 1e12, 0, -3e8, -3e7, 1e6)
    out.u8(0, 0) // no cluster ranges
    ioFeatures(out)
    const writers = new Map(tree.branches.map(branch => [branch.name, () => writeLeaf(out, branch, tree, writers)]))
    out.array(tree.branches.length, () => {
      for (const [k, branch] of tree.branches.entries()) {
        const write = () => writeBranch(out, branch, tree, baskets[k]!, writers)
        if (branch.vector === undefined) out.pointer(`branch ${branch.name}`, 'TBranch', write)
        else
          out.pointer(`branch ${branch.name}`, 'TBranchElement', () =>
            out.counted(branch.isFirstVersion === true ? 1 : 10, () => writeElement(out, branch, write)),
          )
      }
    })
    out.array(tree.branches.length, () => {
      for (const branch of tree.branches) writers.get(branch.name)!()
    })
    out.i32(0, 0, 0, 0, 0, 0, 0) // fAliases to fBranchRef: none
  })
  return out
}

type LeafWriters = ReadonlyMap<string, () => void>

function writeBranch(
  out: RootBuffer,
  branch: BranchSpec,
  tree: TreeSpec,
  baskets: readonly StoredBasket[],
  leaves: LeafWriters,
): void {
  const onDisk = baskets.filter(basket => basket.seek !== 0).length
  const { total, zipped } = sizes(baskets)
  const slots = baskets.length + 1
  out.counted(13, () => {
    out.named(branch.name, `${branch.name}${dimension(branch)}/${LEAVES[branch.dtype][1]}`)
    out.counted(2, () => out.raw(Buffer.of(0, 0, 0x03, 0xe9))) // TAttFill
    out.i32(0, 32000, branch.offsets === undefined ? 0 : 1000, onDisk)
    out.i64(tree.entries)
    ioFeatures(out)
    out.i32(0, slots, 0)
    out.i64(tree.entries, 0, total, zipped)
    out.array(0, () => {})
    out.array(1, () => leaves.get(branch.name)!())
    const last = baskets.at(-1)
    const embedded = last?.seek === 0
    const leavesEmpty = embedded && branch.leavesEmpty === true
    const none = Buffer.alloc(0)
    const inside = !embedded ? [] : leavesEmpty ? [last, { ...last, entries: 0, values: none, offsets: none }] : [last]
    out.array(embedded ? onDisk + inside.length : 0, () => {
      if (!embedded) return
      for (let k = 0; k < onDisk; k++) out.i32(0)
      for (const [k, basket] of inside.entries()) {
        out.pointer(`basket ${k} of ${branch.name}`, 'TBasket', () =>
          writeEmbedded(out, branch.name, tree.path.split('/').at(-1)!, basket),
        )
      }
    })
    const starts = baskets.map(basket => basket.start)
    out.u8(1)
    out.i32(...baskets.map(basket => basket.bytes), 0)
    out.u8(1)
    out.i64(...starts, embedded ? 0 : tree.entries)
    out.u8(1)
    out.i64(...baskets.map(basket => basket.seek), 0)
    out.string('')
  })
}

/** What TBranchElement adds to a TBranch. */
function writeElement(out: RootBuffer, { vector, isFirstVersion }: BranchSpec, writeBase: () => void): void {
  writeBase()
  if (isFirstVersion === true) {
    out.string(vector!)
    out.i32(0, -1, 0, -1) // fClassVersion, fID, fType, fStreamerType
    return
  }
  for (const text of [vector!, '', '']) out.string(text)
  out.u32(0) // fCheckSum
  out.u16(6)
  out.i32(-1, 0, -1, 0, 0, 0) // fID, fType, fStreamerType, fMaximum, fBranchCount, fBranchCount2
}

function writeVectorLeaf(out: RootBuffer, { name }: BranchSpec): void {
  out.pointer(`leaf ${name}`, 'TLeafElement', () => {
    out.counted(1, () => {
      out.counted(2, () => {
        out.named(name, name)
        out.i32(1, 0, 0)
        out.u8(0, 0)
        out.i32(0)
      })
      out.i32(-1, -1) // fID, fType
    })
  })
}

function writeLeaf(out: RootBuffer, branch: BranchSpec, tree: TreeSpec, leaves: LeafWriters): void {
  if (branch.vector !== undefined) {
    writeVectorLeaf(out, branch)
    return
  }
  const [className, letter, size] = LEAVES[branch.dtype]
  const counts = tree.branches.some(other => other.counter === branch.name)
  out.pointer(`leaf ${branch.name}`, className, () => {
    out.counted(1, () => {
      out.counted(2, () => {
        out.named(branch.name, `${branch.name}${dimension(branch)}`)
        out.i32(branch.width ?? 1, size, 0)
        out.u8(counts ? 1 : 0, letter !== 'O' && letter === letter.toLowerCase() ? 1 : 0)
        if (branch.counter === undefined) out.i32(0)
        else leaves.get(branch.counter)!()
      })
      out.raw(Buffer.alloc(size)) // fMinimum
      out.raw(counts ? maximum(branch, size) : Buffer.alloc(size))
    })
  })
}

/** The largest count: jsroot and ROOT make their buffers that long. */
function maximum(branch: BranchSpec, size: number): Buffer {
  const bytes = Buffer.alloc(size)
  let most = 0
  for (const value of branch.values as Int32Array) if (value > most) most = value
  bytes.writeUIntBE(most, 0, size)
  return bytes
}

/** Bytes with keys, as they are in memory and on disk. */
function sizes(baskets: readonly StoredBasket[]): { total: number; zipped: number } {
  let [total, zipped] = [0, 0]
  for (const { keyBytes, values, offsets, bytes } of baskets) {
    total += keyBytes + values.length + offsets.length
    zipped += bytes
  }
  return { total, zipped }
}

function dimension(branch: BranchSpec): string {
  if (branch.vector !== undefined) return ''
  const lists = branch.counter === undefined ? '' : `[${branch.counter}]`
  return branch.width === undefined ? lists : `${lists}[${branch.width}]`
}

/** TIOFeatures: a class without a version, so version 0 and the checksum of its layout. */
function ioFeatures(out: RootBuffer): void {
  out.counted(0, () => out.raw(Buffer.of(0x1a, 0xa1, 0x2f, 0x10, 0)))
}
