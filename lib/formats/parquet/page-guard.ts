/** A look at the pages of a column before hyparquet decodes them. It takes their word for how often a value is repeated and how many
 *  values there are: of a damaged page without a checksum, 2^31 and more, until memory ends, and with it the program.
 *
 *      slice (the bytes of pages)  ->  headers, levels and runs that stand there uncompressed
 *      decompressed page           ->  levels and runs of a page that was compressed, known by its first bytes */
import type { DataReader, FileMetaData, PageHeader } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'

/** Runs may be longer than the page by this: some writers fill up. */
const SLACK = 1 << 16
/** Bytes by which a compressed page is known again. */
const KNOWN_BY = 24

/** How a page begins. */
interface PageFacts {
  /** Values, nulls among them. */
  readonly values: number
  /** Definition levels come first, with their length. */
  readonly hasLevels: boolean
  readonly coding: 'dictionary' | 'runs' | 'other'
}

interface ChunkRange {
  readonly start: number
  readonly end: number
  readonly rows: number
  readonly isCompressed: boolean
}

export class PageGuard {
  readonly #ranges: readonly ChunkRange[]
  readonly #isNullable: boolean
  readonly #isBoolean: boolean
  readonly #compressed = new Map<string, PageFacts>()

  /** metadata: of one flat column, as footerOf gives it. */
  constructor({ schema, row_groups }: FileMetaData) {
    const { repetition_type: repetition, type } = schema[1]!
    this.#isNullable = repetition === 'OPTIONAL'
    this.#isBoolean = type === 'BOOLEAN'
    this.#ranges = row_groups.flatMap(({ columns: [chunk], num_rows: rows }) => {
      const meta = chunk?.meta_data
      if (meta === undefined) return []
      const start = Number(meta.dictionary_page_offset || meta.data_page_offset)
      const end = start + Number(meta.total_compressed_size)
      return [{ start, end, rows: Number(rows), isCompressed: meta.codec !== 'UNCOMPRESSED' }]
    })
  }

  /** bytes: of the file, from `start` on. Throws Error where what they say of themselves cannot be. */
  slice(start: number, bytes: ArrayBuffer): void {
    const range = this.#ranges.find(one => one.start <= start && start < one.end)
    if (range === undefined) return
    const reader = { view: new DataView(bytes), offset: 0 }
    const end = Math.min(bytes.byteLength, range.end - start)
    while (reader.offset < end - 1) {
      const header = headerAt(reader)
      const at = reader.offset
      const size = header?.compressed_page_size
      // hyparquet says what is wrong with a header.
      if (header === null || !(size! >= 0) || at + size! > bytes.byteLength) return
      this.#page(header, new Uint8Array(bytes, at, size), range)
      reader.offset += size!
    }
  }

  /** page: what has been made of `compressed`. Throws as slice does. */
  unpacked(compressed: Uint8Array, page: Uint8Array): void {
    const facts = this.#compressed.get(keyOf(compressed))
    if (facts !== undefined) checkRuns(page, facts)
  }

  #page({ type, ...header }: PageHeader, bytes: Uint8Array, { rows, isCompressed }: ChunkRange): void {
    const page = type === 'DATA_PAGE' ? header.data_page_header : header.data_page_header_v2
    if (type === 'DICTIONARY_PAGE' || page === undefined) return
    const { num_values: values, encoding } = page
    if (!(values >= 0 && values <= rows)) throw new Error(`a page of ${values} values in ${rows} rows`)
    const coding = encoding.endsWith('_DICTIONARY')
      ? 'dictionary'
      : encoding === 'RLE' && this.#isBoolean
        ? 'runs'
        : 'other'
    if ('is_compressed' in page) {
      const levels = page.definition_levels_byte_length
      if (this.#isNullable) checkHybrid(bytes, 0, 1, values)
      const data = bytes.subarray(levels + page.repetition_levels_byte_length)
      this.#data(data, { values, hasLevels: false, coding }, isCompressed && page.is_compressed !== false)
    } else this.#data(bytes, { values, hasLevels: this.#isNullable, coding }, isCompressed)
  }

  #data(bytes: Uint8Array, facts: PageFacts, isCompressed: boolean): void {
    if (!facts.hasLevels && facts.coding === 'other') return
    if (isCompressed) this.#compressed.set(keyOf(bytes), facts)
    else checkRuns(bytes, facts)
  }
}

function headerAt(reader: DataReader): PageHeader | null {
  try {
    return parquetHeader(reader)
  } catch {
    return null
  }
}

function keyOf(compressed: Uint8Array): string {
  const { buffer, byteOffset, length } = compressed
  return `${length} ${Buffer.from(buffer, byteOffset, Math.min(length, KNOWN_BY)).toString('latin1')}`
}

/** bytes: of an uncompressed page, without the levels of version 2. */
function checkRuns(bytes: Uint8Array, { values, hasLevels, coding }: PageFacts): void {
  const at = hasLevels ? checkCounted(bytes, 0, values) : 0
  if (coding === 'runs') checkCounted(bytes, at, values)
  else if (coding === 'dictionary' && at < bytes.length) checkHybrid(bytes, at + 1, bytes[at]!, values)
}

/** Runs of one bit behind their length in bytes. Gives where they end. */
function checkCounted(bytes: Uint8Array, at: number, values: number): number {
  if (at + 4 > bytes.length) return bytes.length
  const end = at + 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true)
  checkHybrid(bytes, at + 4, 1, values)
  return end
}

/** The hybrid of runs and packed bits (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE) from byte `at` on. Like
 *  hyparquet it goes on until there are as many values, also where that is behind the end that is given for them. */
function checkHybrid(bytes: Uint8Array, at: number, width: number, values: number): void {
  for (let seen = 0; seen < values && at < bytes.length; ) {
    let header = 0
    for (let shift = 0; at < bytes.length; shift += 7) {
      const byte = bytes[at++]!
      header += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    // As hyparquet takes them: of the lowest 32 bits.
    const count = (header % 2 ** 32) >>> 1
    if (header % 2 === 1) {
      seen += 8 * count
      // a byte is taken where there are no values, too
      at += Math.max(1, count * width)
    } else {
      if (seen + count > values + SLACK) throw new Error(`a run of ${count} values in a page of ${values}`)
      seen += count
      at += (width + 7) >> 3
    }
  }
}
