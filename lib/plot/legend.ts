/** Legends and notes: where there is room among the data. */
import { BLACK } from './colours.js'
import type { Corner, Legend, Mark, Note } from './figure.js'
import { type Frame, frameOf } from './frame.js'
import { MARKER_SIZE, markerPath } from './marks.js'
import { type Box, boxPath, type Item, overlaps } from './scene.js'
import { CAP_HEIGHT, fittingSize, short, textWidth } from './text.js'

const SIZE = 16.5
const ROW = 1.42 * SIZE
const INSET = 16
const SWATCH = 30

export interface Placed {
  readonly items: Item[]
  readonly boxes: readonly Box[]
}

interface Layout {
  readonly titles: readonly string[]
  readonly entries: readonly { readonly name: string; readonly mark: Swatch }[]
  readonly rows: number
  readonly entryWidth: number
  /** Less than 1 where the panel is too narrow. */
  readonly scale: number
  readonly width: number
  readonly height: number
}

function layoutOf(legend: Legend, { panel, box }: Frame): Layout {
  const marks = legend.reversed === true ? panel.marks.toReversed() : panel.marks
  const entries = [
    ...marks.flatMap(mark => ('name' in mark && mark.name !== undefined ? [{ name: mark.name, mark }] : [])),
    ...(legend.extra ?? []).map(entry => ({ name: entry.name, mark: { kind: 'extra', ...entry } as const })),
  ]
  const titles = legend.title ?? []
  const columns = entries.length > 5 ? 2 : 1
  const rows = Math.ceil(entries.length / columns)
  const entryWidth = Math.max(0, ...entries.map(e => SWATCH + 8 + textWidth(e.name, SIZE)))
  const wanted = Math.max(columns * entryWidth + (columns - 1) * GAP, ...titles.map(t => textWidth(t, SIZE)), 1)
  const scale = Math.min(1, (box.right - box.left - 2 * INSET) / wanted)
  return {
    titles,
    entries,
    rows,
    entryWidth,
    scale,
    width: scale * wanted,
    height: scale * (rows + titles.length) * ROW,
  }
}

/** Between two columns. */
const GAP = 18

/** `taken`: what is there already, by notes. */
export function drawLegend(legend: Legend, frame: Frame, taken: readonly Box[]): Item[] {
  const { titles, entries, rows, entryWidth, scale, width, height } = layoutOf(legend, frame)
  if (entries.length === 0 && titles.length === 0) return []
  const { box } = bestPlace(legend.corners, width, height, frame, taken)
  const items: Item[] = titles.map((text, k) => ({
    kind: 'text',
    text,
    x: box.left,
    y: box.top + scale * ((k + 0.5) * ROW + (SIZE * CAP_HEIGHT) / 2),
    size: fittingSize(text, scale * SIZE, width),
    anchor: 'start',
  }))
  entries.forEach((entry, k) => {
    const left = box.left + scale * Math.floor(k / rows) * (entryWidth + GAP)
    const middle = box.top + scale * (titles.length + (k % rows) + 0.5) * ROW
    items.push(...swatch(entry.mark, left, middle, scale))
    const y = middle + (scale * SIZE * CAP_HEIGHT) / 2
    const x = left + scale * (SWATCH + 8)
    items.push({ kind: 'text', text: entry.name, x, y, size: scale * SIZE, anchor: 'start' })
  })
  return [{ kind: 'group', role: 'legend', items }]
}

/** The same frame, with a y axis that leaves room for the legend above the data, where it may and must. Linear axes only. */
export function withRoom(frame: Frame): Frame {
  const { panel, box } = frame
  const { legend } = panel
  if (legend?.stretch !== true || panel.y.log === true) return frame
  const { width, height } = layoutOf(legend, frame)
  if (bestPlace(legend.corners, width, height, frame, []).covered === 0) return frame
  const tops = panel.marks.flatMap(mark => pixelsOf(mark, frame).map(({ top }) => top)).filter(Number.isFinite)
  const used = Math.min(0.8, (height + INSET + 12) / (box.bottom - box.top))
  // The data now reach up to `top`; afterwards they fill what the legend leaves.
  const top = Math.max(box.top, Math.min(...tops))
  const [low, high] = panel.y.range
  const reached = low + ((box.bottom - top) / (box.bottom - box.top)) * (high - low)
  const range = [low, Math.max(high, low + (reached - low) / (1 - used))] as const
  const corners = legend.corners.filter(corner => corner.startsWith('upper'))
  const upper = { ...legend, corners: corners.length === 0 ? (['upper left'] as const) : corners }
  return frameOf({ ...panel, y: { ...panel.y, range }, legend: upper }, box)
}

type Swatch = Mark | ({ readonly kind: 'extra' } & NonNullable<Legend['extra']>[number])

function swatch(mark: Swatch, left: number, y: number, scale: number): Item[] {
  const right = left + scale * SWATCH
  const middle = (left + right) / 2
  const line = `M${short(left)} ${short(y)}H${short(right)}`
  const dot = (shape: Parameters<typeof markerPath>[0], colour: string, open: boolean): Item => {
    const paint = open ? { fill: '#ffffff', stroke: colour, width: 1.6 } : { fill: colour }
    return { kind: 'path', d: markerPath(shape, middle, y, scale * 1.1 * MARKER_SIZE), ...paint }
  }
  switch (mark.kind) {
    case 'points': {
      const bar = `M${short(middle)} ${short(y - 8 * scale)}V${short(y + 8 * scale)}`
      const bars = `${line}${mark.yLow === undefined ? '' : bar}`
      return [
        { kind: 'path', d: bars, stroke: mark.colour, width: 1.6 },
        dot(mark.marker, mark.colour, mark.open === true),
      ]
    }
    case 'curve':
      return [
        {
          kind: 'path',
          d: line,
          stroke: mark.colour,
          width: mark.width ?? 2,
          ...(mark.dash ? { dash: mark.dash } : {}),
        },
      ]
    case 'steps':
    case 'band': {
      const box = { left, right, top: y - 6 * scale, bottom: y + 6 * scale }
      const soft = mark.kind === 'band' ? (mark.opacity ?? 0.3) : 0.35
      const ground: Item = { kind: 'path', d: boxPath(box), fill: mark.colour, opacity: soft }
      if (mark.kind === 'band') return [ground]
      const edge: Item = { kind: 'path', d: boxPath(box), stroke: mark.colour, width: 1.6 }
      return mark.fill === true ? [ground, edge] : [edge]
    }
    case 'extra':
      return mark.marker === undefined
        ? [{ kind: 'path', d: line, stroke: mark.colour, width: 3 }]
        : [dot(mark.marker, mark.colour, mark.open === true)]
    default:
      return []
  }
}

/** The first place that covers nothing, else the one that covers the fewest points. */
function bestPlace(
  corners: readonly Corner[],
  width: number,
  height: number,
  frame: Frame,
  taken: readonly Box[],
): { readonly box: Box; readonly covered: number } {
  const points = frame.panel.marks.flatMap(mark => pixelsOf(mark, frame))
  let best: { box: Box; covered: number } | undefined
  for (const corner of corners) {
    const box = placeAt(corner, width, height, frame.box)
    const wide = { left: box.left - 6, right: box.right + 6, top: box.top - 6, bottom: box.bottom + 6 }
    const covered = points.filter(p => overlaps(p, wide)).length + 1000 * taken.filter(t => overlaps(t, wide)).length
    if (best === undefined || covered < best.covered) best = { box, covered }
  }
  return best!
}

export function placeAt(corner: Corner, width: number, height: number, box: Box): Box {
  const [vertical, horizontal] = corner.split(' ')
  const top = vertical === 'upper' ? box.top + INSET : box.bottom - INSET - height
  const left =
    horizontal === 'left'
      ? box.left + INSET
      : horizontal === 'right'
        ? box.right - INSET - width
        : (box.left + box.right - width) / 2
  return { left, right: left + width, top, bottom: top + height }
}

/** What points, with their error bars, and curves cover. */
function pixelsOf(mark: Mark, frame: Frame): Box[] {
  if (mark.kind === 'points' || mark.kind === 'curve') {
    return Array.from({ length: mark.x.length }, (_, i) => {
      const [x, y] = [mark.x[i]!, mark.y[i]!]
      const of = (errors: ArrayLike<number> | undefined) => errors?.[i] || 0
      if (mark.kind === 'curve') return { left: frame.x(x), right: frame.x(x), top: frame.y(y), bottom: frame.y(y) }
      return {
        left: frame.x(x - of(mark.xLow)),
        right: frame.x(x + of(mark.xHigh)),
        top: frame.y(y + of(mark.yHigh)) - MARKER_SIZE,
        bottom: frame.y(y - of(mark.yLow)) + MARKER_SIZE,
      }
    })
  }
  if (mark.kind !== 'steps') return []
  return Array.from({ length: mark.values.length }, (_, i) => ({
    left: frame.x(mark.edges[i]!),
    right: frame.x(mark.edges[i + 1]!),
    top: frame.y(mark.values[i]!),
    bottom: frame.box.bottom,
  }))
}

export function drawNotes(notes: readonly Note[], frame: Frame): Placed {
  const items: Item[] = []
  const boxes: Box[] = []
  for (const { corner, lines, boxed = false, colour = BLACK, size = SIZE } of notes) {
    const pad = boxed ? 8 : 0
    const row = 1.36 * size
    const width = Math.max(0, ...lines.map(line => textWidth(line, size))) + 2 * pad
    const box = placeAt(corner, width, row * lines.length + 2 * pad, frame.box)
    if (boxed) items.push({ kind: 'path', d: boxPath(box), fill: '#ffffff', stroke: '#a0a0a0', opacity: 0.92 })
    lines.forEach((text, k) => {
      const y = box.top + pad + (k + 0.5) * row + (size * CAP_HEIGHT) / 2
      items.push({ kind: 'text', text, x: box.left + pad, y, size, anchor: 'start', colour })
    })
    boxes.push(box)
  }
  return { items: items.length === 0 ? [] : [{ kind: 'group', role: 'notes', items }], boxes }
}
