/** Answers to requests for many ranges (RFC 9110 14.6, multipart/byteranges): each part with its own header. */
import { parseContentRange } from './content-range.js'
import type { Span } from './layout.js'

/** The answer is not what was asked for, part by part: ranges must be asked for one by one. */
export class NotAsAsked extends Error {}

const MOST_HEADER = 4096

export interface PartsReader {
  /** The answer's next bytes. Throws NotAsAsked. */
  take(piece: Uint8Array): void
  /** No more bytes come. Throws NotAsAsked where parts are missing. */
  end(): void
}

/** Reads the parts as they come: they must be the missing bytes of `asked`, in this order. `put` gets what stands at a position in the
 *  file, before the span's count of what it got grows. `sized` checks the file's size as the parts tell it. */
export function readParts(
  boundary: string,
  asked: readonly Span[],
  put: (position: number, bytes: Uint8Array) => void,
  sized: (total: number | null) => void,
): PartsReader {
  let header = ''
  let part = -1
  let left = 0
  let isOver = false

  /** Eats the part's header out of `piece`; returns where its body begins. */
  const takeHeader = (piece: Buffer, at: number): number => {
    const before = header.length
    header += piece.toString('latin1', at, Math.min(piece.length, at + MOST_HEADER))
    const start = /^[\r\n]*/.exec(header)![0].length
    const delimiter = `--${boundary}`
    const have = Math.min(delimiter.length, header.length - start)
    if (!header.startsWith(delimiter.slice(0, have), start)) throw new NotAsAsked('its parts have another boundary')
    if (header.startsWith('--', start + delimiter.length)) {
      isOver = true
      return piece.length
    }
    const end = header.indexOf('\r\n\r\n', start + have)
    if (end === -1) {
      if (header.length >= MOST_HEADER) throw new NotAsAsked('a part has no header')
      return piece.length
    }
    begin(header.slice(start + delimiter.length, end))
    header = ''
    return at + end + 4 - before
  }

  const begin = (text: string): void => {
    if (!/^[ \t]*\r\n/.test(text)) throw new NotAsAsked('its parts have another boundary')
    const told = parseContentRange(/^content-range:(.*)$/im.exec(text)?.[1])
    const span = asked[++part]
    if (told === null || span === undefined) throw new NotAsAsked('it has parts that were not asked for')
    sized(told.total)
    if (told.position !== span.position + span.got || told.length !== span.length - span.got) {
      throw new NotAsAsked('its parts are not the ranges that were asked for')
    }
    left = told.length
  }

  return {
    take(piece) {
      const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length)
      for (let at = 0; at < bytes.length && !isOver; ) {
        if (left === 0) {
          at = takeHeader(bytes, at)
          continue
        }
        const span = asked[part]!
        const now = bytes.subarray(at, at + left)
        put(span.position + span.got, now)
        span.got += now.length
        left -= now.length
        at += now.length
      }
    },
    end() {
      if (part < asked.length - 1 || left > 0 || !isOver) throw new NotAsAsked('it has fewer parts than were asked for')
    },
  }
}
