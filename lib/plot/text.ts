/** Texts of figures: a little of TeX (`\it{p}_{T}`, `\bf{CMS}`, `fb^{-1}`), set in the fonts of this package. */
import { type Contour, type Face, fontOf } from './font.js'

/** A stretch of one face and height. x: where it begins, from the text's start; rise: above the base line. */
export interface Run {
  readonly text: string
  readonly face: Face
  readonly size: number
  readonly x: number
  readonly rise: number
}

export interface SetText {
  readonly runs: readonly Run[]
  readonly width: number
}

/** Height of capitals, as a part of the font size. */
export const CAP_HEIGHT = 0.716

const SCRIPT_SIZE = 0.7
const SUPER_RISE = 0.36
const SUB_RISE = -0.16

const MARKS: Readonly<Record<string, { face?: Face; rise?: number }>> = {
  '_{': { rise: SUB_RISE },
  '^{': { rise: SUPER_RISE },
  '\\it{': { face: 'Italic' },
  '\\bf{': { face: 'Bold' },
}

interface Style {
  readonly face: Face
  readonly size: number
  readonly rise: number
}

/** Sets a text; size is that of its font. A mark without its closing brace, and a brace alone, stand for themselves. */
export function setText(text: string, size: number): SetText {
  const runs: Run[] = []
  let x = 0
  // A subscript and a superscript that follow each other stand above each other.
  let scriptAt: number | undefined
  let end = 0
  const put = (from: string, style: Style) => {
    if (from === '') return
    // A minus in fb^{-1}, not a hyphen.
    const text = style.rise > 0 ? from.replaceAll(/-(?=\d)/g, '−') : from
    const width = widthOf(text, style.face, style.size)
    runs.push({ text, face: style.face, size: style.size, x, rise: style.rise })
    x += width
    end = Math.max(end, x)
  }
  const walk = (from: string, style: Style) => {
    let plain = ''
    const flush = () => {
      if (plain !== '' && style.rise === 0) {
        x = Math.max(x, end)
        scriptAt = undefined
      }
      put(plain, style)
      plain = ''
    }
    for (let i = 0; i < from.length; i++) {
      const mark = Object.keys(MARKS).find(m => from.startsWith(m, i))
      const close = mark === undefined ? -1 : closing(from, i + mark.length)
      if (mark === undefined || close < 0) {
        plain += from[i]!
        continue
      }
      flush()
      const { face = style.face, rise } = MARKS[mark]!
      const inner = from.slice(i + mark.length, close)
      if (rise === undefined) walk(inner, { ...style, face })
      else {
        if (scriptAt !== undefined) x = scriptAt
        const start = x
        walk(inner, { face, size: style.size * SCRIPT_SIZE, rise: style.rise + rise * style.size })
        scriptAt = start
      }
      i = close
    }
    flush()
  }
  walk(text, { face: 'Regular', size, rise: 0 })
  return { runs, width: end }
}

function closing(text: string, from: number): number {
  let depth = 1
  for (let i = from; i < text.length; i++) {
    if (text[i] === '{') depth++
    else if (text[i] === '}' && --depth === 0) return i
  }
  return -1
}

function widthOf(text: string, face: Face, size: number): number {
  const font = fontOf(face)
  let width = 0
  for (const character of text) width += font.widthOf(font.glyphOf(character))
  return width * size
}

export function textWidth(text: string, size: number): number {
  return setText(text, size).width
}

/** What is left of a text without its marks: for readers that do not see. */
export function plainText(text: string): string {
  return setText(text, 1)
    .runs.map(run => run.text)
    .join('')
}

/** The characters of a text that the fonts lack. */
export function missingCharacters(text: string): string[] {
  const missing = setText(text, 1).runs.flatMap(run => [...run.text].filter(c => fontOf(run.face).glyphOf(c) === 0))
  return [...new Set(missing)]
}

/** The size at which a text is at most `width` wide: `size`, or less. */
export function fittingSize(text: string, size: number, width: number): number {
  return Math.min(size, (size * width) / Math.max(textWidth(text, size), 1e-9))
}

/** Outlines are given in thousandths of the font size, so that whole numbers are fine enough. */
export const GLYPH_UNITS = 1000

export interface PlacedGlyph {
  readonly glyph: number
  /** From the run's start, in glyph units. */
  readonly x: number
}

/** The glyphs of a run that have an outline, and where they stand. */
export function glyphsOf({ text, face }: Run): PlacedGlyph[] {
  const font = fontOf(face)
  let x = 0
  return [...text].flatMap(character => {
    const glyph = font.glyphOf(character)
    const placed = { glyph, x: Math.round(x * GLYPH_UNITS) }
    x += font.widthOf(glyph)
    return font.outlineOf(glyph).length === 0 ? [] : [placed]
  })
}

/** The outline of a glyph as an SVG path in glyph units, y downwards. */
export function glyphPath(face: Face, glyph: number): string {
  const at = (x: number, y: number) => `${Math.round(x * GLYPH_UNITS)} ${Math.round(-y * GLYPH_UNITS)}`
  return fontOf(face)
    .outlineOf(glyph)
    .map(contour => contourPath(contour, at))
    .join('')
}

/** Between two points off the curve lies one on it, in their middle. */
function contourPath(contour: Contour, at: (x: number, y: number) => string): string {
  const n = contour.length
  const first = contour.findIndex(([, , on]) => on)
  const middle = (i: number, j: number): readonly [number, number] => {
    const [a, b] = [contour[i % n]!, contour[j % n]!]
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
  }
  const start = Math.max(first, 0)
  const [x0, y0] = first < 0 ? middle(n - 1, 0) : contour[start]!
  let path = `M${at(x0, y0)}`
  for (let k = first < 0 ? 0 : 1; k <= (first < 0 ? n - 1 : n); k++) {
    const i = (start + k) % n
    const [x, y, on] = contour[i]!
    if (on) {
      if (k < n) path += `L${at(x, y)}`
      continue
    }
    const [nextX, nextY, nextOn] = contour[(i + 1) % n]!
    const [ex, ey] = nextOn ? [nextX, nextY] : middle(i, i + 1)
    path += `Q${at(x, y)} ${at(ex, ey)}`
    if (nextOn) k++
  }
  return `${path}Z`
}

/** Coordinates to a hundredth of a pixel, without what JavaScript prints for -0. */
export function short(value: number): string {
  const rounded = Math.round(value * 100) / 100
  return String(rounded === 0 ? 0 : rounded)
}

/** A name as it is: nothing in it is TeX, and characters that the font lacks are question marks. */
export function plainLabel(text: string): string {
  const plain = text.replaceAll(/[\\{}^]/g, ' ')
  return missingCharacters(plain).reduce((out, character) => out.replaceAll(character, '?'), plain)
}
