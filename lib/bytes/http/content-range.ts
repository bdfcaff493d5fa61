/** The header that tells which bytes an answer holds (RFC 9110 14.4). */
import type { Range } from '../source.js'

export interface ContentRange extends Range {
  /** Of the whole file; null where the server does not say. */
  readonly total: number | null
}

/** Of `bytes 0-99/1000`; null for anything else. */
export function parseContentRange(header: string | undefined): ContentRange | null {
  const found = /^\s*bytes\s+(\d{1,16})\s*-\s*(\d{1,16})\s*\/\s*(\d{1,16}|\*)\s*$/i.exec(header ?? '')
  if (found === null) return null
  const [position, last] = [Number(found[1]), Number(found[2])]
  if (last < position) return null
  return { position, length: last - position + 1, total: found[3] === '*' ? null : Number(found[3]) }
}

/** The size in `bytes *\/1000`, with which servers refuse a range (416); null for anything else. */
export function refusedSize(header: string | undefined): number | null {
  const found = /^\s*bytes\s+\*\/(\d{1,16})\s*$/i.exec(header ?? '')
  return found === null ? null : Number(found[1])
}

/** `bytes=0-99,200-299`. Ranges are never empty. */
export function rangeHeader(ranges: readonly Range[]): string {
  return `bytes=${ranges.map(({ position, length }) => `${position}-${position + length - 1}`).join(',')}`
}

/** The boundary of `multipart/byteranges; boundary=x`; null for anything else. */
export function boundaryOf(contentType: string | undefined): string | null {
  const found = /^\s*multipart\/byteranges\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(
    contentType ?? '',
  )
  return found?.[1] ?? found?.[2] ?? null
}
