/** libzstd alone, as Node 22.15 and later have it: the blocks of some branches' baskets, which are in memory already. What reading
 *  these branches can never be faster than. */
import { readFileSync } from 'node:fs'
import zlib from 'node:zlib'
import { openRootFile, TTree } from '../../lib/root/index.js'
import { middle, type Times } from './times.js'

interface Input {
  readonly paths: readonly string[]
  /** Those that a file lacks are left out. */
  readonly branches: readonly string[]
  readonly repeats: number
}

interface Block {
  readonly bytes: Uint8Array
  readonly length: number
}

/** Bytes before a block: two letters, the method, compressed and uncompressed length in three bytes each. */
const HEADER_BYTES = 9
/** Where a key says how long its object is, and how long itself. */
const OBJECT_LENGTH_AT = 6
const KEY_LENGTH_AT = 14

type Decompress = (bytes: Uint8Array, options: { chunkSize: number; maxOutputLength: number }) => Uint8Array

/** first, again: milliseconds of a pass over all files' blocks; bytes: what they make. */
export async function run({ paths, branches, repeats }: Input): Promise<Times> {
  const decompress = (zlib as unknown as { zstdDecompressSync?: Decompress }).zstdDecompressSync
  if (decompress === undefined) throw new Error(`Node ${process.version} has no Zstandard: 22.15 or later has`)
  const blocks: Block[] = []
  for (const path of paths) blocks.push(...(await blocksOf(path, branches)))
  const pass = (): number => {
    const start = performance.now()
    for (const { bytes, length } of blocks)
      decompress(bytes, { chunkSize: Math.max(length, 64), maxOutputLength: length })
    return performance.now() - start
  }
  const first = pass()
  const again = Array.from({ length: repeats }, pass)
  const bytes = blocks.reduce((sum, block) => sum + block.length, 0)
  return { first, again: middle(again.length === 0 ? [first] : again), bytes }
}

async function blocksOf(path: string, branches: readonly string[]): Promise<Block[]> {
  const bytes = readFileSync(path)
  const file = await openRootFile(path)
  const tree = await file.tree('Events')
  if (!(tree instanceof TTree)) throw new Error(`${path}: no TTree`)
  const blocks = branches
    .filter(name => tree.has(name))
    .flatMap(name => {
      const { seek, bytes: lengths } = tree.baskets(name)
      return Array.from(seek).flatMap((at, k) => blocksIn(bytes, at, lengths[k]!))
    })
  await file.close()
  return blocks
}

function blocksIn(file: Buffer, position: number, length: number): Block[] {
  const blocks: Block[] = []
  const start = position + file.readUInt16BE(position + KEY_LENGTH_AT)
  // Small baskets may be stored as they are.
  if (file.readUInt32BE(position + OBJECT_LENGTH_AT) === position + length - start) return blocks
  for (let at = start; at < position + length; ) {
    if (file.toString('latin1', at, at + 2) !== 'ZS') throw new Error('a block of another compression')
    const [stored, made] = [file.readUIntLE(at + 3, 3), file.readUIntLE(at + 6, 3)]
    const begin = at + HEADER_BYTES
    blocks.push({ bytes: file.subarray(begin, begin + stored), length: made })
    at = begin + stored
  }
  return blocks
}
