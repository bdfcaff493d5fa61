/** Small charts, as SVG in the page's colours. */

const WIDTH = 420
const HEIGHT = 230
const LEFT = 52
const RIGHT = 10
const TOP = 22
const BOTTOM = 38
const SVG = 'http://www.w3.org/2000/svg'

export interface Steps {
  readonly kind: 'steps'
  /** Part of the class: which colour. */
  readonly name: string
  /** One a bin. */
  readonly values: readonly number[]
}

export interface Points {
  readonly kind: 'points'
  readonly name: string
  /** One a bin; NaN: none. */
  readonly values: readonly { readonly value: number; readonly low: number; readonly high: number }[]
}

export interface ChartOptions {
  /** What it shows, in words. */
  readonly label: string
  readonly x: string
  readonly y: string
  /** Bins + 1. */
  readonly edges: readonly number[]
  readonly series: readonly (Steps | Points)[]
  /** Default: 0 to what the series reach. */
  readonly top?: number
  readonly width?: number
  readonly height?: number
}

export function chart(options: ChartOptions): SVGElement {
  const { label, edges, series, width = WIDTH, height = HEIGHT } = options
  const svg = make('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label, class: 'chart' })
  const [low, high] = [edges[0]!, edges.at(-1)!]
  const top = options.top ?? niceTop(Math.max(0, ...series.flatMap(reach)))
  const x = (value: number) => LEFT + ((value - low) / (high - low || 1)) * (width - LEFT - RIGHT)
  const y = (value: number) => height - BOTTOM - (Math.max(0, value) / top) * (height - BOTTOM - TOP)
  for (const tick of ticks(0, top, 4)) {
    add(svg, 'line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: y(tick), y2: y(tick) })
    add(svg, 'text', { class: 'tick', x: LEFT - 6, y: y(tick) + 4, 'text-anchor': 'end' }, shortText(tick))
  }
  for (const tick of ticks(low, high, 6)) {
    add(svg, 'line', { class: 'axis', x1: x(tick), x2: x(tick), y1: height - BOTTOM, y2: height - BOTTOM + 4 })
    add(svg, 'text', { class: 'tick', x: x(tick), y: height - BOTTOM + 17, 'text-anchor': 'middle' }, shortText(tick))
  }
  add(svg, 'line', { class: 'axis', x1: LEFT, x2: width - RIGHT, y1: height - BOTTOM, y2: height - BOTTOM })
  add(svg, 'text', { class: 'name', x: width - RIGHT, y: height - 5, 'text-anchor': 'end' }, options.x)
  add(svg, 'text', { class: 'name', x: 2, y: 12 }, options.y)
  for (const one of series) {
    if (one.kind === 'steps') add(svg, 'path', { class: `steps ${one.name}`, d: stepsPath(one, edges, x, y) })
    else drawPoints(svg, one, edges, x, y)
  }
  return svg
}

type Scale = (value: number) => number

function stepsPath({ values }: Steps, edges: readonly number[], x: Scale, y: Scale): string {
  const base = y(0).toFixed(1)
  const steps = values.map((value, k) => {
    const at = y(value).toFixed(1)
    return `L${x(edges[k]!).toFixed(1)} ${at}L${x(edges[k + 1]!).toFixed(1)} ${at}`
  })
  return `M${x(edges[0]!).toFixed(1)} ${base}${steps.join('')}L${x(edges.at(-1)!).toFixed(1)} ${base}`
}

function drawPoints(svg: SVGElement, { name, values }: Points, edges: readonly number[], x: Scale, y: Scale): void {
  for (const [k, { value, low, high }] of values.entries()) {
    if (!Number.isFinite(value)) continue
    const [from, to] = [x(edges[k]!), x(edges[k + 1]!)]
    const middle = (from + to) / 2
    const group = add(svg, 'g', { class: `points ${name}` })
    add(group, 'line', { x1: from, x2: to, y1: y(value), y2: y(value) })
    if (Number.isFinite(low)) add(group, 'line', { x1: middle, x2: middle, y1: y(low), y2: y(high) })
    add(group, 'circle', { cx: middle, cy: y(value), r: 2.6 })
  }
}

function reach(one: Steps | Points): number[] {
  return one.kind === 'steps'
    ? [...one.values]
    : one.values.map(({ value, high }) => (Number.isFinite(high) ? high : value)).filter(Number.isFinite)
}

/** A little above. */
function niceTop(value: number): number {
  if (!(value > 0)) return 1
  const step = tickStep(1.08 * value, 4)
  return Math.ceil((1.04 * value) / step) * step
}

function tickStep(span: number, many: number): number {
  const rough = span / many
  const size = 10 ** Math.floor(Math.log10(rough))
  return size * ([1, 2, 2.5, 5].find(nice => nice * size >= rough) ?? 10)
}

export function ticks(low: number, high: number, many: number): number[] {
  const step = tickStep(high - low || 1, many)
  const out: number[] = []
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) out.push(k * step)
  return out
}

function shortText(value: number): string {
  if (Math.abs(value) >= 10_000) return value.toExponential(1).replace('e+', 'e').replace('.0e', 'e')
  return String(Number(value.toPrecision(4)))
}

function make(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}

function add(
  to: Element,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  text?: string,
): SVGElement {
  const element = make(name, attributes)
  if (text !== undefined) element.textContent = text
  return to.appendChild(element)
}
