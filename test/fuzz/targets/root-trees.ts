/** TTrees in ROOT files: read whole, however damaged. */

import { readFileSync } from 'node:fs'
import { sameBits } from '../../../lib/core/bits.js'
import type { Column } from '../../../lib/core/types.js'
import { openRootFile, type Tree } from '../../../lib/root/index.js'
import { memorySource } from '../../root/memory-source.js'
import { Attempts } from '../../support/attempts.js'
import { rootFile } from '../../support/root-writer.js'
import { byteTarget, fileSeed, type Region, type Seed } from '../edits.js'
import type { Target } from '../target.js'
import { Wrong } from '../target.js'

const FILES = ['kinds', 'objects', 'relatives', 'types', 'mini', 'ntuple', 'photon-ntuple', 'snapshot'].map(
  name => `fixtures/root/${name}.root`,
)
/** Of a file that claims more, the first ones are read: the claim is right in form. */
const MOST_ENTRIES = 100_000

/** Every kind of branch and basket, without compression, so that each byte of the tree's record can be damaged. */
async function plainSeed(): Promise<Seed> {
  const offsets = Int32Array.of(0, 2, 2, 3, 6, 6, 6, 10)
  const values = Float32Array.from({ length: 10 }, (_, i) => i)
  const counts = Int32Array.of(2, 0, 1, 3, 0, 0, 4)
  const bytes = await rootFile([
    {
      path: 'a/b/T',
      entries: 7,
      branches: [
        { name: 'n', dtype: 'int32', values: counts, baskets: [0, 5] },
        { name: 'x', dtype: 'float32', values, counter: 'n', offsets, baskets: [0, 2, 4], embedLast: true },
        { name: 'f', dtype: 'int16', values: new Int16Array(21), width: 3, baskets: [0, 6], embedLast: true },
        { name: 'v', dtype: 'float32', values, vector: 'vector<float>', offsets, baskets: [0, 2, 4], embedLast: true },
        { name: 'e', dtype: 'uint64', values: new BigUint64Array(7) },
      ],
    },
  ])
  return { name: 'plain', bytes }
}

/** Every branch by itself, whole and in part, and all together. Calls `see` with what is read of whole branches. */
async function readAll(bytes: Uint8Array, see?: (tree: Tree, name: string, column: Column) => void): Promise<string> {
  const { failures, attempt } = new Attempts()
  await attempt(async () => {
    const file = await openRootFile(memorySource(bytes))
    await file.keys()
    for (const path of await file.treePaths()) {
      await attempt(async () => {
        const tree = await file.tree(path)
        const stop = Math.min(tree.entries, MOST_ENTRIES)
        for (const name of tree.names) {
          await attempt(async () => {
            tree.describe(name)
            const column = (await tree.read([name], 0, stop)).get(name)!
            see?.(tree, name, column)
            checkForm(tree, name, column, stop)
          })
          await attempt(() => tree.read([name], stop >> 1, stop))
        }
        await attempt(() => tree.read(tree.names.slice(0, 5), stop >> 1, stop))
        await attempt(() => tree.storage(tree.names))
        if ((await tree.clusters()).length < 1) throw new Wrong('no clusters')
      })
    }
    await file.close()
  })
  return failures.length === 0 ? 'right' : failures[0]!
}

/** Whatever the values are: one an entry, lists that ascend and end where the values do. */
function checkForm(tree: Tree, name: string, { values, offsets, width = 1 }: Column, entries: number): void {
  if (offsets === undefined) {
    if (values.length !== entries * width) throw new Wrong(`${name}: ${values.length} values of ${entries} entries`)
    return
  }
  if (offsets.length !== entries + 1 || offsets[0] !== 0)
    throw new Wrong(`${name}: lists of ${tree.path} do not begin at 0`)
  for (let i = 0; i < entries; i++) if (offsets[i + 1]! < offsets[i]!) throw new Wrong(`${name}: lists go back`)
  if (offsets[entries]! * width !== values.length) throw new Wrong(`${name}: lists and values have different ends`)
}

export async function rootTrees(): Promise<Target> {
  return byteTarget([...FILES.map(fileSeed), await plainSeed()], bytes => readAll(bytes)) as Target
}

const TAGS: Readonly<Record<string, number>> = { ZL: 8, XZ: 0, L4: 1, ZS: 1 }
const BLOCK_HEADER_BYTES = 9

/** Adler-32 of a few bytes is weak: a damaged byte of a block of 54 gave other values with the same sum. */
const LEAST_ZLIB_BYTES = 500

/** Content of the compressed blocks that have checksums: ZLIB (Adler-32, of large blocks), xz (CRC-32), LZ4 (xxhash64), and ZSTD where the frame's
 *  descriptor (RFC 8878, 3.1.1.1.1) says so. */
function coveredBlocks(bytes: Buffer): Region[] {
  const regions: Region[] = []
  for (let at = 0; at + BLOCK_HEADER_BYTES < bytes.length; at++) {
    const tag = bytes.toString('latin1', at, at + 2)
    if (TAGS[tag] !== bytes[at + 2] || TAGS[tag] === undefined) continue
    const start = at + BLOCK_HEADER_BYTES
    const stop = start + bytes.readUIntLE(at + 3, 3)
    if (stop > bytes.length || stop < start + 8 || (tag === 'ZL' && stop - start < LEAST_ZLIB_BYTES)) continue
    const isCovered = tag !== 'ZS' || (bytes.readUInt32LE(start) === 0xfd2fb528 && (bytes[start + 4]! & 4) !== 0)
    if (isCovered) regions.push([start, stop])
    at = stop - 1
  }
  return regions
}

/** Damage to compressed data alone: what is read all the same is right. */
export async function rootBlocks(): Promise<Target> {
  const right = new Map<string, Map<string, Column>>()
  const seeds: Seed[] = []
  for (const name of FILES) {
    const bytes = readFileSync(name)
    const regions = coveredBlocks(bytes)
    if (regions.length === 0) continue
    const columns = new Map<string, Column>()
    await readAll(bytes, (tree, branch, column) => columns.set(`${tree.path} ${branch}`, column))
    seeds.push({ name, bytes, regions })
    right.set(name, columns)
  }
  return byteTarget(seeds, (bytes, _, seed) =>
    readAll(bytes, (tree, name, { values, offsets }) => {
      const wanted = right.get(seed.name)!.get(`${tree.path} ${name}`)
      if (wanted === undefined) throw new Wrong(`${name} can be read, which the undamaged file does not allow`)
      const isSame = sameBits(values, wanted.values) && (offsets === undefined || sameBits(offsets, wanted.offsets!))
      if (!isSame) throw new Wrong(`${tree.path} > ${name}: values differ, and no checksum was missed`)
    }),
  ) as Target
}
