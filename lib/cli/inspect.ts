/** `tnp-pipe inspect FILE[:TREE]`: what a ROOT file holds, as a table, or as JSON with digests of every branch's values
 *  (`--digest`), by which two readers, or two files, can be compared. */
import { createHash } from 'node:crypto'
import { nameOfPlace } from '../bytes/address.js'
import { DataError } from '../core/errors.js'
import type { BranchInfo, Column } from '../core/types.js'
import { openRootFile, type RootFile, type Tree } from '../root/index.js'

/** Uncompressed bytes of branches that are read together: bounds the memory of a digest, except for a larger single branch. */
const DIGEST_BYTES = 64 * 1024 * 1024

/** `length` values; SHA-1 sums in hexadecimal of the little-endian values, and of the offsets as little-endian int64. An
 *  array of fixed size says its length in place of offsets. */
export type BranchDigest =
  | { dtype: string; length: number; sha1: string; offsets?: string | { regular: number } }
  | { unsupported: string }

export interface TreeDigest {
  entries: number
  branches: Record<string, BranchDigest>
}

/** The text that the command prints. `target`: a ROOT file, or one tree of it as `file.root:dir/tree`. Throws DataError as
 *  openRootFile and RootFile.tree do. */
export async function inspect(target: string, { digest }: { readonly digest: boolean }): Promise<string> {
  const { path, tree } = splitTarget(target)
  const file = await openRootFile(path)
  try {
    const paths = tree === null ? await allTrees(file) : [tree]
    if (!digest) return await describeFile(file, paths)
    const digests: Record<string, TreeDigest> = {}
    for (const one of paths) digests[`${nameOfPlace(path)}:${one}`] = await digestTree(await file.tree(one))
    return `${JSON.stringify(digests, null, 1)}\n`
  } finally {
    await file.close()
  }
}

/** The tree is what follows the last ":" behind ".root"; without ".root", the last ":" that no "/" follows. */
function splitTarget(target: string): { path: string; tree: string | null } {
  const match = /^(.+\.root):([^:]+)$/.exec(target) ?? /^(.+):([^:/\\]+)$/.exec(target)
  return match === null ? { path: target, tree: null } : { path: match[1]!, tree: match[2]! }
}

/** Paths of all trees. A file that has RNTuples in place of trees is refused by the reader, in its words. */
async function allTrees(file: RootFile): Promise<string[]> {
  const paths = await file.treePaths()
  if (paths.length > 0) return paths
  const other = (await file.keys()).find(key => key.className.endsWith('RNTuple'))
  return other === undefined ? [] : [other.path]
}

/** The branch, or the DataError that says why it cannot be read. */
function branchOf(tree: Tree, name: string): BranchInfo | DataError {
  try {
    return tree.branch(name)!
  } catch (error) {
    if (error instanceof DataError) return error
    throw error
  }
}

/** Digests of all branches of a tree. */
export async function digestTree(tree: Tree): Promise<TreeDigest> {
  const branches: Record<string, BranchDigest> = {}
  let group: string[] = []
  let bytes = 0
  const readGroup = async () => {
    const columns = await tree.read(group, 0, tree.entries)
    for (const [name, column] of columns) branches[name] = digestColumn(column)
    group = []
    bytes = 0
  }
  for (const name of tree.names) {
    const info = branchOf(tree, name)
    // Set now, so that the branches keep the tree's order.
    branches[name] = { unsupported: info instanceof DataError ? info.exception : 'unread' }
    if (info instanceof DataError) continue
    if (group.length > 0 && bytes + info.totalBytes > DIGEST_BYTES) await readGroup()
    group.push(name)
    bytes += info.totalBytes
  }
  await readGroup()
  return { entries: tree.entries, branches }
}

function digestColumn({ dtype, values, offsets, width = 1 }: Column): BranchDigest {
  const common = { dtype, length: values.length, sha1: sha1(values) }
  if (offsets !== undefined) return { ...common, offsets: sha1(BigInt64Array.from(offsets, BigInt)) }
  return width === 1 ? common : { ...common, offsets: { regular: width } }
}

function sha1({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return createHash('sha1')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')
}

async function describeFile(file: RootFile, paths: readonly string[]): Promise<string> {
  const size = humanBytes(await file.source.size())
  const sections = [`${file.name}: ${size}, ROOT version ${file.version}, UUID ${file.uuid}\n`]
  for (const path of paths) sections.push(await describeTree(await file.tree(path)))
  const others = (await file.keys()).filter(key => key.className !== 'TTree')
  if (others.length > 0)
    sections.push(
      aligned(
        others.map(key => [`${key.path};${key.cycle}`, key.className]),
        '',
      ),
    )
  return sections.join('\n')
}

async function describeTree(tree: Tree): Promise<string> {
  const storage = await tree.storage(tree.names)
  const rows = [['branch', 'type', 'baskets', 'compression', 'stored', 'expanded']]
  let stored = 0
  let expanded = 0
  for (const name of tree.names) {
    const info = branchOf(tree, name)
    const { parts, compression: found } = storage.get(name)!
    const baskets = String(parts)
    const compression = found ?? 'in the tree'
    if (info instanceof DataError) {
      rows.push([name, 'cannot be read', baskets, compression, '', ''])
      continue
    }
    stored += info.zipBytes
    expanded += info.totalBytes
    rows.push([name, typeText(info), baskets, compression, humanBytes(info.zipBytes), humanBytes(info.totalBytes)])
  }
  const sizes = `${humanBytes(stored)} stored, ${humanBytes(expanded)} expanded`
  const branches = `${tree.names.length} ${tree.names.length === 1 ? 'branch' : 'branches'}`
  const counts = `${tree.entries} entries, ${branches}`
  return `${tree.path};${tree.cycle}: ${counts}, ${sizes}\n${aligned(rows, '  ')}`
}

/** float32, float32[3], float32[nElectron]. */
function typeText({ dtype, counter, width }: BranchInfo): string {
  if (counter !== null) return `${dtype}[${counter}]`
  return width === 1 ? dtype : `${dtype}[${width}]`
}

/** Rows of cells as lines; columns beginning with a number are set to the right. */
function aligned(rows: readonly (readonly string[])[], indent: string): string {
  const widths = rows[0]!.map((_, k) => Math.max(...rows.map(row => row[k]!.length)))
  const right = widths.map((_, k) => k > 1 && rows.slice(1).every(row => /^(\d.*)?$/.test(row[k]!)))
  const line = (row: readonly string[]) =>
    row.map((cell, k) => (right[k] ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!))).join('  ')
  return rows.map(row => `${indent}${line(row).trimEnd()}\n`).join('')
}

function humanBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let k = 0
  for (; value >= 1000 && k < units.length - 1; k++) value /= 1000
  return `${k === 0 ? value : value.toPrecision(3)} ${units[k]}`
}
