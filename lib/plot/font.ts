/** Glyph outlines and widths out of the TrueType files in fonts/: figures carry outlines, so that they look the same where the
 *  font is not installed. Reads what those files have: one cmap of format 4, simple and composite glyphs, no hints, no kerning.
 *  Source: OpenType specification 1.9 (cmap, glyf, hmtx, loca). */
import { readFileSync } from 'node:fs'
import { BugError } from '../core/errors.js'
import { placeOf } from '../core/places.js'

export type Face = 'Regular' | 'Bold' | 'Italic'

export interface Font {
  /** The whole file. */
  readonly bytes: Buffer
  /** Number of the character's glyph, 0 where there is none. */
  glyphOf(character: string): number
  /** Width in parts of the font size. */
  widthOf(glyph: number): number
  /** Closed outlines in parts of the font size; y goes up, the base line is 0. */
  outlineOf(glyph: number): readonly Contour[]
}

/** Points of quadratic curves: [x, y, on the curve]. */
export type Contour = readonly (readonly [number, number, boolean])[]

const fonts = new Map<Face, Font>()

/** One of the faces; read once. */
export function fontOf(face: Face): Font {
  const known = fonts.get(face)
  if (known !== undefined) return known
  const font = readFont(readFileSync(placeOf(`lib/plot/fonts/Arimo-${face}.ttf`)))
  fonts.set(face, font)
  return font
}

function readFont(bytes: Buffer): Font {
  const tables = new Map<string, number>()
  for (let k = 0; k < bytes.readUInt16BE(4); k++) {
    const at = 12 + 16 * k
    tables.set(bytes.toString('latin1', at, at + 4), bytes.readUInt32BE(at + 8))
  }
  const table = (name: string) => {
    const at = tables.get(name)
    if (at === undefined) throw new BugError(`font: no table ${name}`)
    return at
  }
  const unitsPerEm = bytes.readUInt16BE(table('head') + 18)
  const longOffsets = bytes.readInt16BE(table('head') + 50) === 1
  const widths = bytes.readUInt16BE(table('hhea') + 34)
  const glyphs = readCharacters(bytes, table('cmap'))
  const loca = table('loca')
  const offset = (glyph: number) =>
    longOffsets ? bytes.readUInt32BE(loca + 4 * glyph) : 2 * bytes.readUInt16BE(loca + 2 * glyph)
  const outline = (glyph: number): Contour[] => {
    const at = table('glyf') + offset(glyph)
    if (offset(glyph + 1) === offset(glyph)) return []
    return bytes.readInt16BE(at) >= 0 ? simpleGlyph(bytes, at) : compositeGlyph(bytes, at, outline)
  }
  const scaled = new Map<number, readonly Contour[]>()
  return {
    bytes,
    glyphOf: character => glyphs.get(character.codePointAt(0)!) ?? 0,
    widthOf: glyph => bytes.readUInt16BE(table('hmtx') + 4 * Math.min(glyph, widths - 1)) / unitsPerEm,
    outlineOf: glyph => {
      let found = scaled.get(glyph)
      if (found === undefined) {
        found = outline(glyph).map(contour =>
          contour.map(([x, y, on]) => [x / unitsPerEm, y / unitsPerEm, on] as const),
        )
        scaled.set(glyph, found)
      }
      return found
    },
  }
}

/** Code point -> glyph. */
function readCharacters(bytes: Buffer, cmap: number): Map<number, number> {
  const at = cmap + bytes.readUInt32BE(cmap + 8)
  if (bytes.readUInt16BE(at) !== 4) throw new BugError('font: wanted a cmap of format 4')
  const segments = bytes.readUInt16BE(at + 6) / 2
  const ends = at + 14
  const starts = ends + 2 * segments + 2
  const deltas = starts + 2 * segments
  const ranges = deltas + 2 * segments
  const glyphs = new Map<number, number>()
  for (let k = 0; k < segments; k++) {
    const [start, end] = [bytes.readUInt16BE(starts + 2 * k), bytes.readUInt16BE(ends + 2 * k)]
    const delta = bytes.readUInt16BE(deltas + 2 * k)
    const range = bytes.readUInt16BE(ranges + 2 * k)
    for (let code = start; code <= end && code < 0xffff; code++) {
      const direct = range === 0 ? code : bytes.readUInt16BE(ranges + 2 * k + range + 2 * (code - start))
      if (direct !== 0) glyphs.set(code, (direct + delta) & 0xffff)
    }
  }
  return glyphs
}

const ON_CURVE = 1
const REPEAT = 8

function simpleGlyph(bytes: Buffer, at: number): Contour[] {
  const contours = bytes.readInt16BE(at)
  const ends = Array.from({ length: contours }, (_, k) => bytes.readUInt16BE(at + 10 + 2 * k))
  const points = ends.at(-1)! + 1
  let pos = at + 10 + 2 * contours
  pos += 2 + bytes.readUInt16BE(pos)
  const flags: number[] = []
  while (flags.length < points) {
    const flag = bytes[pos++]!
    const times = flag & REPEAT ? bytes[pos++]! + 1 : 1
    for (let k = 0; k < times; k++) flags.push(flag)
  }
  const coordinates = (short: number, same: number) => {
    let value = 0
    return flags.map(flag => {
      if (flag & short) value += flag & same ? bytes[pos++]! : -bytes[pos++]!
      else if (!(flag & same)) {
        value += bytes.readInt16BE(pos)
        pos += 2
      }
      return value
    })
  }
  const xs = coordinates(2, 16)
  const ys = coordinates(4, 32)
  return ends.map((end, k) => {
    const first = k === 0 ? 0 : ends[k - 1]! + 1
    return Array.from({ length: end - first + 1 }, (_, i) => {
      const p = first + i
      return [xs[p]!, ys[p]!, (flags[p]! & ON_CURVE) !== 0] as const
    })
  })
}

const WORDS = 1
const OFFSETS = 2
const SCALE = 8
const MORE = 32
const TWO_SCALES = 64
const MATRIX = 128

/** Letters with accents: other glyphs, moved. */
function compositeGlyph(bytes: Buffer, at: number, outline: (glyph: number) => Contour[]): Contour[] {
  const parts: Contour[] = []
  let pos = at + 10
  for (let flags = MORE; flags & MORE; ) {
    flags = bytes.readUInt16BE(pos)
    const glyph = bytes.readUInt16BE(pos + 2)
    if (!(flags & OFFSETS)) throw new BugError('font: a glyph is placed by points')
    const wide = (flags & WORDS) !== 0
    const [dx, dy] = wide
      ? [bytes.readInt16BE(pos + 4), bytes.readInt16BE(pos + 6)]
      : [bytes.readInt8(pos + 4), bytes.readInt8(pos + 5)]
    pos += wide ? 8 : 6
    const fraction = (k: number) => bytes.readInt16BE(pos + 2 * k) / 16384
    let [xx, xy, yx, yy] = [1, 0, 0, 1]
    if (flags & SCALE) {
      xx = yy = fraction(0)
      pos += 2
    } else if (flags & TWO_SCALES) {
      xx = fraction(0)
      yy = fraction(1)
      pos += 4
    } else if (flags & MATRIX) {
      ;[xx, xy, yx, yy] = [fraction(0), fraction(1), fraction(2), fraction(3)]
      pos += 8
    }
    for (const contour of outline(glyph)) {
      parts.push(contour.map(([x, y, on]) => [xx * x + yx * y + dx, xy * x + yy * y + dy, on] as const))
    }
  }
  return parts
}
