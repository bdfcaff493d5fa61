/** Reads figures back: where in an SVG points and error bars are, in the units of its axes; pixels of a PNG. */
import { inflateSync } from 'node:zlib'

export interface ReadPoint {
  readonly x: number
  readonly y: number
  /** Ends of its error bars; undefined: it has none. */
  readonly left: number | undefined
  readonly right: number | undefined
  readonly bottom: number | undefined
  readonly top: number | undefined
  readonly hint: string
}

export interface ReadAxis {
  readonly range: readonly [number, number]
  readonly log?: boolean
}

/** The panels of an SVG, from top to bottom, as text. */
export function panelsOf(svg: string): string[] {
  return svg.split('<g class="panel">').slice(1)
}

/** What is written in a figure, in order. */
export function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<g role="img" aria-label="([^"]*)"/g)].map(m =>
    m[1]!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  )
}

/** Left, top, right and bottom of a panel's frame in pixels. */
export function frameOf(panel: string): [number, number, number, number] {
  const found = /class="frame" d="M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)/.exec(panel)
  if (found === null) throw new Error('the panel has no frame')
  return found.slice(1).map(Number) as [number, number, number, number]
}

/** The circles of a series, from its pixels back to the units of the axes. Pixels are rounded to a hundredth. */
export function pointsOf(panel: string, name: string | undefined, x: ReadAxis, y: ReadAxis): ReadPoint[] {
  const [left, top, right, bottom] = frameOf(panel)
  const back = ({ range: [low, high], log }: ReadAxis, part: number) =>
    log === true ? low * (high / low) ** part : low + part * (high - low)
  const ux = (pixel: number) => back(x, (pixel - left) / (right - left))
  const uy = (pixel: number) => back(y, (bottom - pixel) / (bottom - top))
  const label = name === undefined ? '' : ` aria-label="${name}"`
  const start = panel.indexOf(`<g class="points"${label}>\n`)
  if (start < 0) throw new Error(`the panel has no points ${name}`)
  const group = panel.slice(start, panel.indexOf('\n </g>\n', start))
  const bars = [...group.matchAll(/class="errors" d="([^"]*)"/g)].map(m => ({
    across: /M([\d.-]+) ([\d.-]+)H([\d.-]+)/.exec(m[1]!)?.slice(1).map(Number),
    up: /M([\d.-]+) ([\d.-]+)V([\d.-]+)/.exec(m[1]!)?.slice(1).map(Number),
  }))
  const circle = /class="marker" d="M([\d.-]+) ([\d.-]+)a([\d.]+) .*?<title>(.*?)<\/title>/g
  return [...group.matchAll(circle)].map(m => {
    const [px, py] = [Number(m[1]) + Number(m[3]), Number(m[2])]
    const across = bars.find(bar => bar.across?.[1] === py && bar.across[0]! <= px && px <= bar.across[2]!)?.across
    const up = bars.find(bar => bar.up !== undefined && Math.abs(bar.up[0]! - px) < 0.02)?.up
    return {
      ...{ x: ux(px), y: uy(py), hint: m[4]! },
      left: across && ux(across[0]!),
      right: across && ux(across[2]!),
      bottom: up && uy(up[1]!),
      top: up && uy(up[2]!),
    }
  })
}

export interface Png {
  readonly width: number
  readonly height: number
  /** Red, green, blue and opacity at a pixel. */
  at(x: number, y: number): [number, number, number, number]
}

/** Decodes a PNG of 8 bits a channel, with or without opacity, not interlaced. */
export function readPng(bytes: Buffer): Png {
  if (bytes.toString('latin1', 1, 4) !== 'PNG') throw new Error('is no PNG')
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  const channels = { 2: 3, 6: 4 }[bytes[25]!]
  if (bytes[24] !== 8 || channels === undefined || bytes[28] !== 0) throw new Error('is a PNG of another kind')
  const parts: Buffer[] = []
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const size = bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + size))
  }
  const raw = inflateSync(Buffer.concat(parts))
  const stride = width * channels
  const pixels = Buffer.alloc(stride * height)
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)]!
    for (let k = 0; k < stride; k++) {
      const at = row * stride + k
      const left = k < channels ? 0 : pixels[at - channels]!
      const up = row === 0 ? 0 : pixels[at - stride]!
      const corner = k < channels || row === 0 ? 0 : pixels[at - stride - channels]!
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!
      pixels[at] = raw[row * (stride + 1) + 1 + k]! + guess
    }
  }
  return {
    width,
    height,
    at: (x, y) => {
      const at = y * stride + x * channels
      return [pixels[at]!, pixels[at + 1]!, pixels[at + 2]!, channels === 4 ? pixels[at + 3]! : 255]
    },
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
