/** Panels' frames and axes: from data to pixels, marks inwards on all four sides, numbers, labels. */
import { BLACK } from './colours.js'
import type { AxisSpec, Panel, Tick } from './figure.js'
import { type Box, boxPath, type Item } from './scene.js'
import { CAP_HEIGHT, fittingSize, short, textWidth } from './text.js'
import { leadingDigit, ticksOf } from './ticks.js'

export const TICK_SIZE = 17
export const LABEL_SIZE = 21
const LONG_TICK = 9
const SHORT_TICK = 5
/** Between two numbers, in pixels. */
const NUMBER_GAP = 5

/** A panel with its place. */
export interface Frame {
  readonly panel: Panel
  readonly box: Box
  readonly x: (value: number) => number
  readonly y: (value: number) => number
}

export function frameOf(panel: Panel, box: Box): Frame {
  const x = scaleOf(panel.x, box.left, box.right)
  const y = scaleOf(panel.y, box.bottom, box.top)
  return { panel, box, x, y }
}

/** Values that a logarithmic axis cannot show lie far beyond its lower end. */
function scaleOf({ range: [low, high], log }: AxisSpec, from: number, to: number): (value: number) => number {
  if (log !== true) return value => from + ((value - low) / (high - low)) * (to - from)
  const length = Math.log(high / low)
  return value => (value > 0 ? from + (Math.log(value / low) / length) * (to - from) : from - 10 * (to - from))
}

/** Frame, marks and numbers; `labelX` is where the middle of the y label's base line stands. */
export function drawFrame(frame: Frame, labelX: number): Item[] {
  const { panel, box } = frame
  const xTicks = ticksOf(panel.x, (box.right - box.left) / 75)
  const height = box.bottom - box.top
  const yTicks = ticksOf(panel.y, Math.max(2, height / (height < 200 ? 38 : 42)))
  const lines: string[] = []
  for (const tick of xTicks) {
    const at = short(frame.x(tick.at))
    const length = lengthOf(tick)
    lines.push(`M${at} ${short(box.bottom)}v${-length}M${at} ${short(box.top)}v${length}`)
  }
  for (const tick of yTicks) {
    const at = short(frame.y(tick.at))
    const length = lengthOf(tick)
    lines.push(`M${short(box.left)} ${at}h${length}M${short(box.right)} ${at}h${-length}`)
  }
  return [
    { kind: 'path', role: 'ticks', d: lines.join(''), stroke: BLACK, width: 1.2 },
    { kind: 'path', role: 'frame', d: boxPath(box), stroke: BLACK, width: 1.6 },
    ...(panel.x.bare === true ? [] : xNumbers(frame, xTicks)),
    ...(panel.y.bare === true ? [] : yNumbers(frame, yTicks)),
    ...(panel.x.bare === true ? [] : [xLabel(frame)]),
    ...(panel.y.label === '' ? [] : [yLabel(frame, labelX)]),
  ]
}

function lengthOf(tick: Tick): number {
  return tick.text === '' ? SHORT_TICK : LONG_TICK
}

/** Numbers that would touch another are left out: first those that begin with 3 and 4, then 2 and 5, last the powers of ten.
 *  Those that were asked for become smaller instead. */
function xNumbers(frame: Frame, ticks: readonly Tick[]): Item[] {
  const numbers = ticks.filter(tick => tick.text !== '')
  const size = frame.panel.x.ticks === undefined ? TICK_SIZE : sizeForAll(frame, numbers)
  const placed: { tick: Tick; from: number; to: number }[] = []
  const order = frame.panel.x.log === true ? (t: Tick) => [1, 2, 5, 3, 4].indexOf(leadingDigit(t.at)) : () => 0
  for (const tick of [...numbers].sort((a, b) => order(a) - order(b))) {
    const half = (textWidth(tick.text, size) + NUMBER_GAP) / 2
    const at = frame.x(tick.at)
    if (placed.some(p => at - half < p.to - 1e-6 && at + half > p.from + 1e-6)) continue
    placed.push({ tick, from: at - half, to: at + half })
  }
  const y = frame.box.bottom + 9 + TICK_SIZE * CAP_HEIGHT
  return placed
    .sort((a, b) => a.from - b.from)
    .map(({ tick }) => ({ kind: 'text', text: tick.text, x: frame.x(tick.at), y, size, anchor: 'middle' }))
}

/** The size at which no two neighbours touch. */
function sizeForAll(frame: Frame, numbers: readonly Tick[]): number {
  const sizes = numbers.slice(1).map((tick, k) => {
    const before = numbers[k]!
    const room = frame.x(tick.at) - frame.x(before.at) - NUMBER_GAP
    return (2 * room) / (textWidth(tick.text, 1) + textWidth(before.text, 1))
  })
  return Math.min(TICK_SIZE, ...sizes)
}

function yNumbers(frame: Frame, ticks: readonly Tick[]): Item[] {
  const { box, panel } = frame
  let last = Number.POSITIVE_INFINITY
  return ticks.flatMap((tick): Item[] => {
    if (tick.text === '') return []
    const y = frame.y(tick.at)
    if (panel.y.openEnd === true && y < box.top + TICK_SIZE * 0.6) return []
    if (last - y < TICK_SIZE) return []
    last = y
    const base = y + (TICK_SIZE * CAP_HEIGHT) / 2
    return [{ kind: 'text', text: tick.text, x: box.left - 8, y: base, size: TICK_SIZE, anchor: 'end' }]
  })
}

/** At the right end of the axis, as CMS has it. */
function xLabel({ panel, box }: Frame): Item {
  const size = fittingSize(panel.x.label, LABEL_SIZE, box.right - box.left)
  return { kind: 'text', text: panel.x.label, x: box.right, y: box.bottom + 53, size, anchor: 'end' }
}

/** At the upper end; in the middle where the panel has no room for it. */
function yLabel({ panel, box }: Frame, x: number): Item {
  const height = box.bottom - box.top
  const size = fittingSize(panel.y.label, LABEL_SIZE, height - 6)
  const tight = textWidth(panel.y.label, size) > 0.6 * height
  return {
    kind: 'text',
    text: panel.y.label,
    x,
    y: tight ? (box.top + box.bottom) / 2 : box.top,
    size,
    anchor: tight ? 'middle' : 'end',
    upwards: true,
  }
}
