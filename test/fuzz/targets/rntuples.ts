/** RNTuples: with checksums over all that counts, so that what is read all the same is right; and nonsense under right checksums. */
import { readFileSync } from 'node:fs'
import { matchesXxh3, xxh3 } from '../../../lib/codecs/xxh3.js'
import { sameBits } from '../../../lib/core/bits.js'
import type { Column } from '../../../lib/core/types.js'
import { openRootFile } from '../../../lib/root/index.js'
import { memorySource } from '../../root/memory-source.js'
import { applyEdits, type Edit, type Region, randomEdits, shrinkEdits } from '../edits.js'
import { pick, type Target, Wrong } from '../target.js'

interface Sample {
  readonly name: string
  readonly bytes: Buffer
  readonly path: string
  readonly columns: ReadonlyMap<string, Column>
  /** Its pages have checksums. */
  readonly isCovered: boolean
  /** Its envelopes, where they are not compressed. */
  readonly envelopes: readonly Region[]
}

/** uproot writes pages without checksums. */
const FILES: readonly (readonly [file: string, path: string, isCovered: boolean])[] = [
  ['nano-data-2-records.root', 'Events', false],
  ['nano-data-2-lists.root', 'Events', false],
  ['encodings.root', 'encodings', true],
  ['old-data.root', 'Events', true],
  ['types.root', 'types', true],
  ['mini.root', '', true],
  ['ntuple.root', '', false],
  ['cms-records.root', '', true],
  ['cms-projections.root', '', true],
  ['array-lists.root', 'lists', true],
]
const MOST_ENTRIES = 100_000

async function sample([file, given, isCovered]: (typeof FILES)[number]): Promise<Sample> {
  const name = `fixtures/rntuple/${file}`
  const bytes = readFileSync(name)
  const open = await openRootFile(memorySource(bytes))
  const path = given === '' ? (await open.treePaths())[0]! : given
  const tree = await open.tree(path)
  const columns = new Map<string, Column>()
  for (const branch of tree.names) {
    // Texts and lists of lists are known, not read.
    const column = await tree.read([branch], 0, tree.entries).catch(() => null)
    if (column !== null) columns.set(branch, column.get(branch)!)
  }
  return { name, bytes, path, columns, isCovered, envelopes: envelopesOf(bytes) }
}

/** Places of the envelopes of a file that is not compressed: type and length in the first 8 bytes, xxh3 in the last. */
function envelopesOf(bytes: Buffer): Region[] {
  const found: Region[] = []
  for (let at = 100; at + 16 < bytes.length; at++) {
    if (bytes[at + 1] !== 0 || bytes[at]! < 1 || bytes[at]! > 3 || bytes[at + 7] !== 0) continue
    const end = at + Number(bytes.readBigUInt64LE(at) >> 16n)
    if (end < at + 48 || end > bytes.length) continue
    if (matchesXxh3(bytes.subarray(at, end - 8), bytes, end - 8)) found.push([at, end])
  }
  return found
}

async function read(bytes: Buffer, { path, columns }: Sample, isCovered: boolean): Promise<string> {
  const tree = await (await openRootFile(memorySource(bytes))).tree(path)
  await tree.clusters()
  await tree.storage(tree.names)
  const stop = Math.min(tree.entries, MOST_ENTRIES)
  const names = [...columns.keys()].filter(name => tree.has(name))
  const got = await tree.read(names, 0, stop)
  await tree.read(names, stop >> 1, stop)
  if (!isCovered) return 'read'
  for (const [name, { values, offsets }] of got) {
    const wanted = columns.get(name)!
    const isSame = sameBits(values, wanted.values) && (offsets === undefined || sameBits(offsets, wanted.offsets!))
    if (!isSame) throw new Wrong(`${path} > ${name}: values differ, and no checksum was missed`)
  }
  return 'right'
}

/** rehash: the envelopes' checksums are made right again. */
type NtupleCase = { readonly seed: string; readonly edits: readonly Edit[]; readonly rehash: boolean }

export async function rntuples(): Promise<Target> {
  const samples = await Promise.all(FILES.map(sample))
  const plain = samples.filter(({ envelopes }) => envelopes.length > 0)
  const target: Target<NtupleCase> = {
    make: random => {
      const rehash = random.chance(0.5)
      const { name, bytes, envelopes } = pick(random, rehash ? plain : samples)
      const inside = envelopes.map(([start, stop]): Region => [start + 8, stop - 12])
      return { seed: name, edits: randomEdits(random, bytes, rehash ? inside : undefined), rehash }
    },
    run: async ({ seed, edits, rehash }) => {
      const found = samples.find(({ name }) => name === seed)!
      const bytes = applyEdits(found.bytes, edits)
      if (rehash) {
        for (const [start, stop] of found.envelopes) {
          bytes.writeBigUInt64LE(xxh3(bytes.subarray(start, stop - 8)), stop - 8)
        }
      }
      return read(bytes, found, found.isCovered && !rehash)
    },
    *shrink({ edits, ...rest }) {
      for (const fewer of shrinkEdits(edits)) yield { ...rest, edits: fewer }
    },
  }
  return target as Target
}
