/** The marks of a panel in pixels. */
import { colourAt, inkOn } from './colours.js'
import type { Band, ColourMap, Curve, Mark, MarkerShape, Points, Steps } from './figure.js'
import type { Frame } from './frame.js'
import { type Box, boxPath, type Item } from './scene.js'
import { fittingSize, short, textWidth } from './text.js'

export const MARKER_SIZE = 4.2
const LINE_WIDTH = 2

/** Pixels beyond the frame to which lines are drawn at most: numbers stay small there, and the clip cuts them off. */
const MARGIN = 50

export function drawMark(mark: Mark, frame: Frame): Item {
  const name = 'name' in mark && mark.name !== undefined ? { name: mark.name } : {}
  if (mark.kind === 'points') return { kind: 'group', role: mark.kind, ...name, items: drawPoints(mark, frame) }
  return { kind: 'group', role: mark.kind, ...name, clip: frame.box, items: itemsOf(mark, frame) }
}

function itemsOf(mark: Exclude<Mark, Points>, frame: Frame): Item[] {
  switch (mark.kind) {
    case 'steps':
      return drawSteps(mark, frame)
    case 'curve':
      return drawCurve(mark, frame)
    case 'band':
      return drawBand(mark, frame)
    case 'line': {
      const d = `M${short(frame.box.left)} ${short(frame.y(mark.y))}H${short(frame.box.right)}`
      return [{ kind: 'path', d, stroke: mark.colour, width: 1.3, ...(mark.dash ? { dash: mark.dash } : {}) }]
    }
    case 'map':
      return drawMap(mark, frame)
  }
}

/** First all error bars, then the markers: those are whole, also on the edge of the panel. */
function drawPoints(points: Points, frame: Frame): Item[] {
  const { colour, marker, size = MARKER_SIZE, open = false } = points
  const bars: Item[] = []
  const markers: Item[] = []
  for (let i = 0; i < points.x.length; i++) {
    const [vx, vy] = [points.x[i]!, points.y[i]!]
    if (!Number.isFinite(vx) || !Number.isFinite(vy)) continue
    const [x, y] = [frame.x(vx), clampY(frame.y(vy), frame)]
    const side = (errors: ArrayLike<number> | undefined, sign: number, base: number) => base + sign * (errors?.[i] || 0)
    const left = frame.x(side(points.xLow, -1, vx))
    const right = frame.x(side(points.xHigh, 1, vx))
    const bottom = clampY(frame.y(side(points.yLow, -1, vy)), frame)
    const top = clampY(frame.y(side(points.yHigh, 1, vy)), frame)
    const d =
      (left < right ? `M${short(left)} ${short(y)}H${short(right)}` : '') +
      (top < bottom ? `M${short(x)} ${short(bottom)}V${short(top)}` : '')
    if (d !== '') bars.push({ kind: 'path', role: 'errors', d, stroke: colour, width: 1.6 })
    if (!within(vx, frame.panel.x.range)) continue
    if (!within(vy, frame.panel.y.range)) {
      markers.push(beyond(points, i, x, vy, frame))
      continue
    }
    const paint = open ? { fill: '#ffffff', stroke: colour, width: 1.6 } : { fill: colour }
    markers.push({ kind: 'path', role: 'marker', d: markerPath(marker, x, y, size), ...paint, hint: hintOf(points, i) })
  }
  return [{ kind: 'group', role: 'bars', clip: frame.box, items: bars }, ...markers]
}

function within(value: number, [low, high]: readonly [number, number]): boolean {
  const slack = 1e-9 * (high - low)
  return value >= low - slack && value <= high + slack
}

/** A small arrow at the edge of the panel: the point is there, outside of the axis's range. */
function beyond(points: Points, i: number, x: number, value: number, { box, panel }: Frame): Item {
  const above = value > panel.y.range[1]
  const y = above ? box.top + 6 : box.bottom - 6
  const d = markerPath(above ? 'triangle' : 'down-triangle', x, y, 3.4)
  return {
    kind: 'path',
    role: 'beyond',
    d,
    fill: '#ffffff',
    stroke: points.colour,
    width: 1.4,
    hint: hintOf(points, i),
  }
}

function clampY(y: number, { box }: Frame): number {
  return Math.min(box.bottom + MARGIN, Math.max(box.top - MARGIN, y))
}

function hintOf(points: Points, i: number): string {
  const four = (value: number | undefined) => (value === undefined ? '' : String(Number(value.toPrecision(4))))
  const [x, y] = [points.x[i]!, points.y[i]!]
  const [xLow, xHigh] = [points.xLow?.[i], points.xHigh?.[i]]
  const where = xLow === undefined || xHigh === undefined ? four(x) : `${four(x - xLow)} to ${four(x + xHigh)}`
  const errors = points.yLow === undefined ? '' : ` +${four(points.yHigh?.[i])} −${four(points.yLow[i])}`
  return `${where}: ${four(y)}${errors}`
}

/** A marker of about the same area in every form. */
export function markerPath(shape: MarkerShape, x: number, y: number, r: number): string {
  if (shape === 'circle') {
    const arc = (to: number) => `a${short(r)} ${short(r)} 0 1 0 ${short(to)} 0`
    return `M${short(x - r)} ${short(y)}${arc(2 * r)}${arc(-2 * r)}Z`
  }
  const corners = POLYGONS[shape].split(', ').map(corner => corner.split(' ').map(Number))
  return `M${corners.map(([dx, dy]) => `${short(x + dx! * r)} ${short(y + dy! * r)}`).join('L')}Z`
}

/** Corners, for a radius of 1. */
const POLYGONS: Readonly<Record<Exclude<MarkerShape, 'circle'>, string>> = {
  square: '-.9 -.9, .9 -.9, .9 .9, -.9 .9',
  triangle: '0 -1.25, 1.15 .85, -1.15 .85',
  'down-triangle': '0 1.25, 1.15 -.85, -1.15 -.85',
  diamond: '0 -1.35, 1.1 0, 0 1.35, -1.1 0',
  cross:
    '-.4 -1.15, .4 -1.15, .4 -.4, 1.15 -.4, 1.15 .4, .4 .4, .4 1.15, -.4 1.15, -.4 .4, -1.15 .4, -1.15 -.4, -.4 -.4',
  x: '0 -.4, .85 -1.2, 1.2 -.85, .4 0, 1.2 .85, .85 1.2, 0 .4, -.85 1.2, -1.2 .85, -.4 0, -1.2 -.85, -.85 -1.2',
}

function drawSteps({ edges, values, colour, fill = false }: Steps, frame: Frame): Item[] {
  const base = short(frame.box.bottom + MARGIN)
  let line = `M${short(frame.x(edges[0]!))} ${base}`
  for (let i = 0; i < values.length; i++) {
    line += `V${short(clampY(frame.y(values[i]!), frame))}H${short(frame.x(edges[i + 1]!))}`
  }
  line += `V${base}`
  const outline: Item = { kind: 'path', d: line, stroke: colour, width: LINE_WIDTH }
  return fill ? [{ kind: 'path', d: `${line}Z`, fill: colour, opacity: 0.35 }, outline] : [outline]
}

/** Where a value is not a number the curve has a gap. */
function drawCurve({ x, y, colour, dash, width = LINE_WIDTH }: Curve, frame: Frame): Item[] {
  let d = ''
  let inside = false
  for (let i = 0; i < x.length; i++) {
    const known = Number.isFinite(x[i]!) && Number.isFinite(y[i]!)
    if (known) d += `${inside ? 'L' : 'M'}${short(frame.x(x[i]!))} ${short(clampY(frame.y(y[i]!), frame))}`
    inside = known
  }
  return d === '' ? [] : [{ kind: 'path', d, stroke: colour, width, ...(dash ? { dash } : {}) }]
}

function drawBand({ x, low, high, colour, opacity = 0.3 }: Band, frame: Frame): Item[] {
  const at = (i: number, y: number) => `${short(frame.x(x[i]!))} ${short(clampY(frame.y(y), frame))}`
  const upper = Array.from({ length: x.length }, (_, i) => at(i, high[i]!))
  const lower = Array.from({ length: x.length }, (_, i) => at(i, low[i]!)).reverse()
  return [{ kind: 'path', d: `M${[...upper, ...lower].join('L')}Z`, fill: colour, opacity }]
}

const CELL_TEXT = 15

/** Cells with their texts; a cell without a value is crossed out. */
function drawMap({ xEdges, yEdges, values, scale, texts }: ColourMap, frame: Frame): Item[] {
  const rows = yEdges.length - 1
  const [low, high] = scale.range
  const cells: Item[] = []
  const words: Item[] = []
  const size = texts === undefined ? 0 : cellTextSize(texts, xEdges, yEdges, frame)
  for (let i = 0; i < xEdges.length - 1; i++) {
    for (let j = 0; j < rows; j++) {
      const cell = i * rows + j
      const value = values[cell]!
      const box: Box = {
        left: frame.x(xEdges[i]!),
        right: frame.x(xEdges[i + 1]!),
        bottom: frame.y(yEdges[j]!),
        top: frame.y(yEdges[j + 1]!),
      }
      if (Number.isNaN(value)) {
        // Why it has none, where that is known, or a line across.
        const reason = texts?.[cell] ?? []
        cells.push({ kind: 'path', role: 'empty', d: boxPath(box), fill: '#ececec' })
        if (reason.length > 0 && size >= MIN_CELL_TEXT) words.push(...cellWords(reason, box, size, EMPTY_INK))
        else {
          const cross = `M${short(box.left)} ${short(box.bottom)}L${short(box.right)} ${short(box.top)}`
          cells.push({ kind: 'path', d: cross, stroke: '#a0a0a0' })
        }
        continue
      }
      const colour = colourAt(scale.stops, (value - low) / (high - low))
      cells.push({ kind: 'path', role: 'cell', d: boxPath(box), fill: colour, stroke: colour, width: 0.5 })
      if (size >= MIN_CELL_TEXT) words.push(...cellWords(texts![cell]!, box, size, inkOn(colour)))
    }
  }
  return [...cells, ...words]
}

const MIN_CELL_TEXT = 7
const EMPTY_INK = '#8b0000'

/** One size for all cells: what fits the narrowest. */
function cellTextSize(
  texts: readonly (readonly string[])[],
  xEdges: ArrayLike<number>,
  yEdges: ArrayLike<number>,
  frame: Frame,
): number {
  const sides = (edges: ArrayLike<number>, scale: (v: number) => number) =>
    Math.min(...Array.from({ length: edges.length - 1 }, (_, i) => Math.abs(scale(edges[i + 1]!) - scale(edges[i]!))))
  const lines = Math.max(1, ...texts.map(t => t.length))
  const height = sides(yEdges, frame.y) / (1.25 * lines + 0.3)
  const widest = texts.flat().reduce((a, b) => (textWidth(a, 1) > textWidth(b, 1) ? a : b), '')
  return Math.min(height, fittingSize(widest, CELL_TEXT, sides(xEdges, frame.x) - 4))
}

function cellWords(lines: readonly string[], box: Box, size: number, colour: string): Item[] {
  const step = 1.25 * size
  const first = (box.top + box.bottom) / 2 - ((lines.length - 1) * step) / 2 + 0.36 * size
  return lines.map((text, k) => ({
    kind: 'text',
    text,
    x: (box.left + box.right) / 2,
    y: first + k * step,
    size,
    anchor: 'middle',
    colour,
  }))
}
