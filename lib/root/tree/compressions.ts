/** How the baskets of a tree are compressed, as their records say: the setting in the tree is only what was asked for. */
import type { ByteSource, Range } from '../../bytes/source.js'
import { compressionName } from '../../codecs/index.js'
import { DataError } from '../../core/errors.js'
import { MISSING } from '../record.js'
import { basketCompression, basketHeaderBytes } from './basket.js'
import type { BasketIndex } from './basket-index.js'

/** Covers the header of a basket, which holds the names of branch and tree, and the tag behind it: mostly. */
const HEAD_BYTES = 512
const TAG_BYTES = 2

/** In place of a compression: that is no basket. */
const DAMAGED = 'damaged'

/** For each index the compression of its first basket in the file: "ZSTD", "LZMA", "LZ4", "ZLIB", or "none"; where that basket cannot
 *  be read, "beyond the file" or "damaged"; null where there is none in the file. One joined read. */
export async function firstCompressions(
  source: ByteSource,
  indexes: readonly BasketIndex[],
  place: string,
): Promise<(string | null)[]> {
  const found = new Array<string | null>(indexes.length).fill(null)
  const size = await source.size()
  const wanted: { readonly k: number; readonly total: number; readonly range: Range }[] = []
  for (const [k, { seek, bytes }] of indexes.entries()) {
    const basket = seek.findIndex(position => position !== 0)
    if (basket < 0) continue
    const [position, total] = [seek[basket]!, bytes[basket]!]
    const isThere = position > 0 && total > 0 && position + total <= size
    if (isThere) wanted.push({ k, total, range: { position, length: Math.min(total, HEAD_BYTES) } })
    else found[k] = MISSING
  }
  const heads = await source.readv(wanted.map(({ range }) => range))
  for (const [j, { k, total, range }] of wanted.entries()) {
    try {
      const need = Math.min(basketHeaderBytes(heads[j]!, place) + TAG_BYTES, total)
      const head = need > range.length ? await source.readAt(range.position, need) : heads[j]!
      const tag = basketCompression(head, total, place)
      found[k] = tag === null ? 'none' : (compressionName(tag) ?? tag)
    } catch (error) {
      if (!(error instanceof DataError) || error.exception !== 'DeserializationError') throw error
      found[k] = DAMAGED
    }
  }
  return found
}
