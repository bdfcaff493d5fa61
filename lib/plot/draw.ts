/** From the description of a figure to a drawing. */
import { BLACK, colourAt } from './colours.js'
import type { ColourBar, Figure, FigureLabels } from './figure.js'
import { drawFrame, type Frame, frameOf, LABEL_SIZE, TICK_SIZE } from './frame.js'
import { drawLegend, drawNotes, withRoom } from './legend.js'
import { drawMark } from './marks.js'
import { type Box, boxPath, type Item, type Scene } from './scene.js'
import { CAP_HEIGHT, fittingSize, plainText, short, textWidth } from './text.js'
import { ticksOf } from './ticks.js'

const MARGIN = { left: 88, right: 22, top: 44, bottom: 68 }
const BAR_MARGIN = 122
/** Where the base line of y labels is. */
const Y_LABEL = 26

export function drawFigure(figure: Figure): Scene {
  const { width, height, title, panels, colourBar, labels } = figure
  const right = width - (colourBar === undefined ? MARGIN.right : BAR_MARGIN)
  const whole: Box = { left: MARGIN.left, right, top: MARGIN.top, bottom: height - MARGIN.bottom }
  const shares = panels.reduce((sum, panel) => sum + panel.height, 0)
  let top = whole.top
  const frames = panels.map(given => {
    const bottom = top + ((whole.bottom - whole.top) * given.height) / shares
    const frame = withRoom(frameOf(given, { left: whole.left, right, top, bottom }))
    top = bottom
    return frame
  })
  return {
    width,
    height,
    title: plainText(title),
    items: [
      { kind: 'path', role: 'ground', d: boxPath({ left: 0, top: 0, right: width, bottom: height }), fill: '#ffffff' },
      ...frames.map(frame => drawPanel(frame)),
      ...(colourBar === undefined ? [] : [drawColourBar(colourBar, whole)]),
      ...drawLabels(labels, whole),
    ],
  }
}

function drawPanel(frame: Frame): Item {
  const { panel } = frame
  const notes = drawNotes(panel.notes ?? [], frame)
  return {
    kind: 'group',
    role: 'panel',
    items: [
      ...panel.marks.map(mark => drawMark(mark, frame)),
      ...drawFrame(frame, Y_LABEL),
      ...notes.items,
      ...(panel.legend === undefined ? [] : drawLegend(panel.legend, frame, notes.boxes)),
    ],
  }
}

const EXPERIMENT_SIZE = 28
const STATUS_SIZE = 20
const RIGHT_SIZE = 18.5

/** Above the frame. Texts that would run into each other become smaller. */
function drawLabels({ experiment, status, right }: FigureLabels, box: Box): Item[] {
  const y = box.top - 10
  const [bold, italic] = [`\\bf{${experiment}}`, `\\it{${status}}`]
  const first = experiment === '' ? 0 : textWidth(bold, EXPERIMENT_SIZE) + 9
  const wanted = first + textWidth(italic, STATUS_SIZE) + 20 + textWidth(right, RIGHT_SIZE)
  const scale = Math.min(1, (box.right - box.left) / wanted)
  const items: Item[] = []
  if (experiment !== '') {
    items.push({ kind: 'text', text: bold, x: box.left, y, size: scale * EXPERIMENT_SIZE, anchor: 'start' })
  }
  if (status !== '') {
    items.push({
      kind: 'text',
      text: italic,
      x: box.left + scale * first,
      y,
      size: scale * STATUS_SIZE,
      anchor: 'start',
    })
  }
  if (right !== '') items.push({ kind: 'text', text: right, x: box.right, y, size: scale * RIGHT_SIZE, anchor: 'end' })
  return [{ kind: 'group', role: 'labels', items }]
}

/** Slices of the colour bar: finer than eyes tell apart. */
const SLICES = 128

function drawColourBar({ label, scale }: ColourBar, frame: Box): Item {
  const box: Box = { ...frame, left: frame.right + 16, right: frame.right + 38 }
  const height = box.bottom - box.top
  const items: Item[] = []
  for (let k = 0; k < SLICES; k++) {
    const bottom = box.bottom - (height * k) / SLICES
    // Half a pixel more, so that no light shines through between two of them.
    const top = box.bottom - (height * (k + 1)) / SLICES - (k < SLICES - 1 ? 0.5 : 0)
    items.push({ kind: 'path', d: boxPath({ ...box, top, bottom }), fill: colourAt(scale.stops, (k + 0.5) / SLICES) })
  }
  const [low, high] = scale.range
  const ticks = ticksOf({ label: '', range: scale.range }, height / 55)
  const at = (value: number) => box.bottom - (height * (value - low)) / (high - low)
  const marks = ticks.map(tick => `M${short(box.right)} ${short(at(tick.at))}h${tick.text === '' ? -4 : -8}`)
  items.push({ kind: 'path', d: marks.join(''), stroke: BLACK, width: 1.2 })
  items.push({ kind: 'path', d: boxPath(box), stroke: BLACK, width: 1.2 })
  for (const tick of ticks.filter(t => t.text !== '')) {
    const y = at(tick.at) + (TICK_SIZE * CAP_HEIGHT) / 2
    items.push({ kind: 'text', text: tick.text, x: box.right + 6, y, size: TICK_SIZE, anchor: 'start' })
  }
  const size = fittingSize(label, LABEL_SIZE, height)
  items.push({
    kind: 'text',
    text: label,
    x: frame.right + BAR_MARGIN - 12,
    y: box.top,
    size,
    anchor: 'end',
    upwards: true,
  })
  return { kind: 'group', role: 'colour-bar', items }
}
