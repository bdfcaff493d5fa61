/** Digests of every branch's values, by which two readers, or two files, can be compared. */
import { createHash, type Hash } from 'node:crypto'
import { DataError } from '../core/errors.js'
import type { BranchInfo, Column, DType } from '../core/types.js'
import type { RNTuple, Tree } from '../root/index.js'

/** Uncompressed bytes of branches that are read together: bounds the memory of a digest. */
const DIGEST_BYTES = 16 * 1024 * 1024

/** `length` values; SHA-1 sums in hexadecimal of the little-endian values, and of the offsets as little-endian int64. An
 *  array of fixed size says its length in place of offsets; lists of such arrays say both. */
export type BranchDigest =
  | { dtype: string; length: number; sha1: string; offsets?: string | { regular: number }; width?: number }
  /** No numbers; of texts with the sums of their bytes. */
  | { unsupported: string; length?: number; sha1?: string; offsets?: string }

export interface TreeDigest {
  entries: number
  branches: Record<string, BranchDigest>
}

export interface NtupleDigest {
  entries: number
  /** By their paths. */
  fields: Record<string, BranchDigest>
}

/** Digests of all branches of a TTree, or of all fields of an RNTuple. */
export async function digestTree(tree: Tree): Promise<TreeDigest | NtupleDigest> {
  if (tree.kind === 'TTree') {
    const branches = await digests(tree, tree.names, name => tree.branch(name)!.dtype)
    for (const [name, one] of Object.entries(branches)) {
      // "x[1]" is an array, too.
      const isArray = !('unsupported' in one) && one.offsets === undefined && tree.describe(name).shape.length > 0
      if (isArray) one.offsets = { regular: 1 }
    }
    return { entries: tree.entries, branches }
  }
  const ntuple = tree as RNTuple
  const fields = await digests(tree, ntuple.fields, name => ntuple.uprootType(name))
  return { entries: tree.entries, fields }
}

/** The branch, or the DataError that says why it cannot be read. */
export function branchOf(tree: Tree, name: string): BranchInfo | DataError {
  try {
    return tree.branch(name)!
  } catch (error) {
    if (error instanceof DataError) return error
    throw error
  }
}

async function digests(
  tree: Tree,
  names: readonly string[],
  typeOf: (name: string) => DType,
): Promise<Record<string, BranchDigest>> {
  const found: Record<string, BranchDigest> = {}
  let group: string[] = []
  let bytes = 0
  const readGroup = async () => {
    for (const [name, one] of await digestGroup(tree, group, bytes, typeOf)) found[name] = one
    group = []
    bytes = 0
  }
  for (const name of names) {
    const info = branchOf(tree, name)
    // Set now, so that the branches keep the tree's order.
    found[name] = { unsupported: info instanceof DataError ? info.exception : 'unread' }
    if (info instanceof DataError) continue
    if (group.length > 0 && bytes + info.totalBytes > DIGEST_BYTES) await readGroup()
    group.push(name)
    bytes += info.totalBytes
  }
  await readGroup()
  return found
}

/** Of branches of so many bytes. Values that cannot be had are told branch by branch; a truncated file is none to be compared. */
async function digestGroup(
  tree: Tree,
  names: readonly string[],
  bytes: number,
  typeOf: (name: string) => DType,
): Promise<[string, BranchDigest][]> {
  const sums = new Map(names.map(name => [name, new Sum(typeOf(name))]))
  // A branch that is longer than what is read together is read in several ranges.
  const ranges = Math.max(Math.ceil(bytes / DIGEST_BYTES), 1)
  try {
    for (let k = 0; k < ranges; k++) {
      const [start, stop] = [k, k + 1].map(n => Math.floor((tree.entries * n) / ranges)) as [number, number]
      for (const [name, column] of await tree.read(names, start, stop)) sums.get(name)!.add(column)
    }
  } catch (error) {
    if (!(error instanceof DataError) || error.exception === 'OSError') throw error
    if (names.length === 1) return [[names[0]!, { unsupported: error.exception }]]
    const found: [string, BranchDigest][] = []
    for (const name of names) found.push(...(await digestGroup(tree, [name], bytes / names.length, typeOf)))
    return found
  }
  return [...sums].map(([name, sum]) => [name, sum.digest()])
}

/** The digest of a column that comes in consecutive parts. */
class Sum {
  readonly #dtype: DType
  readonly #values: Hash = createHash('sha1')
  readonly #offsets: Hash = createHash('sha1')
  #first: Column | null = null
  #length = 0

  /** dtype: what the values are told as. */
  constructor(dtype: DType) {
    this.#dtype = dtype
  }

  add(column: Column): void {
    const { values, offsets } = column
    const widened = this.#dtype === 'int64' && column.dtype !== 'int64'
    this.#values.update(bytesOf(widened ? BigInt64Array.from(values as Uint32Array, BigInt) : values))
    if (offsets !== undefined) {
      const own = this.#first === null ? offsets : offsets.subarray(1)
      const before = this.#length / (column.width ?? 1)
      this.#offsets.update(bytesOf(BigInt64Array.from(own, offset => BigInt(offset + before))))
    }
    this.#first ??= { ...column, values: values.subarray(0, 0) }
    this.#length += values.length
  }

  digest(): BranchDigest {
    const { offsets, width = 1 } = this.#first!
    const sha1 = this.#values.digest('hex')
    const common = { dtype: this.#dtype, length: this.#length, sha1 }
    if (this.#first!.text === true) {
      return { unsupported: 'text', length: this.#length, sha1, offsets: this.#offsets.digest('hex') }
    }
    if (offsets !== undefined) {
      const lists = { ...common, offsets: this.#offsets.digest('hex') }
      return width === 1 ? lists : { ...lists, width }
    }
    return width === 1 ? common : { ...common, offsets: { regular: width } }
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
