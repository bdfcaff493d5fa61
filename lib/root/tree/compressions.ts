/** How the baskets of a tree are compressed, as their records say: the setting in the tree is only what was asked for. */
import type { ByteSource } from '../../bytes/source.js'
import { compressionName } from '../../codecs/index.js'
import { basketCompression, basketHeaderBytes } from './basket.js'
import type { BasketIndex } from './basket-index.js'

/** Covers the header of a basket, which holds the names of branch and tree, and the tag behind it: mostly. */
const HEAD_BYTES = 512
const TAG_BYTES = 2

/** For each index the compression of its first basket in the file: "ZSTD", "LZMA", "LZ4", "ZLIB", or "none"; null where
 *  there is none in the file. One joined read. */
export async function firstCompressions(
  source: ByteSource,
  indexes: readonly BasketIndex[],
  place: string,
): Promise<(string | null)[]> {
  const first = indexes.map(index => index.seek.findIndex(seek => seek !== 0))
  const wanted = first.flatMap((basket, k) => (basket < 0 ? [] : [{ index: indexes[k]!, basket }]))
  const ranges = wanted.map(({ index, basket }) => ({
    position: index.seek[basket]!,
    length: Math.min(index.bytes[basket]!, HEAD_BYTES),
  }))
  const heads = await source.readv(ranges)
  const names: string[] = []
  for (const [k, { position, length }] of ranges.entries()) {
    const total = wanted[k]!.index.bytes[wanted[k]!.basket]!
    const need = Math.min(basketHeaderBytes(heads[k]!, place) + TAG_BYTES, total)
    const head = need > length ? await source.readAt(position, need) : heads[k]!
    const tag = basketCompression(head, total, place)
    names.push(tag === null ? 'none' : (compressionName(tag) ?? tag))
  }
  let next = 0
  return first.map(basket => (basket < 0 ? null : names[next++]!))
}
