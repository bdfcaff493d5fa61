/** What a partial costs without a cluster: packing and encoding in a worker, decoding and merging in the driver; its bytes. */
import { decodeResult, encodeResult, loadEncoder } from '../../lib/cluster/results.js'
import type { Chunk } from '../../lib/core/types.js'
import { addEntries, newHist } from '../../lib/hist/index.js'
import { AXES, Merger, makeEntries, type PartialKind, packed, resultOf } from '../cluster/partials.js'
import { firstAndAgain, type Times } from './times.js'

interface Input {
  readonly kind: PartialKind
  readonly bytes: number
  readonly repeats: number
}

const CHUNK = { dataset: 'toy', file: 'toy.root', tree: 'Events' } as Chunk

export async function run({ kind, bytes, repeats }: Input): Promise<Times> {
  await loadEncoder()
  const timeOf = async (work: () => unknown) => (await firstAndAgain(repeats, work)).again
  const made = makeEntries(kind, bytes, 1)
  const partial = packed(made)
  const piece = Buffer.concat(encodeResult(resultOf(CHUNK, partial)))
  const result = decodeResult(piece)
  const merger = new Merger()
  const plain = newHist(AXES)
  return {
    bytes: piece.length,
    pack: await timeOf(() => packed(made)),
    encode: await timeOf(() => encodeResult(resultOf(CHUNK, partial))),
    decode: await timeOf(() => decodeResult(piece)),
    merge: await timeOf(() => merger.add(result)),
    mergePlain: made instanceof Uint8Array ? 0 : await timeOf(() => addEntries(plain, made)),
  }
}
