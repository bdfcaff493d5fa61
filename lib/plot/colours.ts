/** Colours that people with any kind of colour vision tell apart. */

/** M. A. Petroff, "Accessible color sequences for data visualization", arXiv:2107.02270: ten colours, as CMS recommends them. */
export const PETROFF = [
  '#3f90da',
  '#ffa90e',
  '#bd1f01',
  '#94a4a2',
  '#832db6',
  '#a96b59',
  '#e76300',
  '#b9ac70',
  '#717581',
  '#92dadd',
] as const

export const BLACK = '#000000'
export const GREY = '#717581'

/** Colours of a map: stops from its lower to its upper end. */
export type ColourStops = readonly string[]

/** matplotlib's viridis (S. van der Walt, N. Smith; CC0): brightness rises evenly. */
export const VIRIDIS: ColourStops = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
]

/** Blue to white to orange, for what may lie on either side of a value in the middle. C. Brewer's PuOr, turned round
 *  (Apache 2.0, colorbrewer2.org). */
export const DIVERGING: ColourStops = [
  '#542788',
  '#8073ac',
  '#b2abd2',
  '#d8daeb',
  '#f7f7f7',
  '#fee0b6',
  '#fdb863',
  '#e08214',
  '#b35806',
]

/** The colour at `part` (0 to 1; beyond it the ends' colours) of the stops, as #rrggbb. */
export function colourAt(stops: ColourStops, part: number): string {
  const at = Math.min(1, Math.max(0, part)) * (stops.length - 1)
  const k = Math.min(stops.length - 2, Math.floor(at))
  const [from, to] = [channels(stops[k]!), channels(stops[k + 1]!)]
  const mixed = from.map((c, i) => Math.round(c + (to[i]! - c) * (at - k)))
  return `#${mixed.map(c => c.toString(16).padStart(2, '0')).join('')}`
}

/** Black or white, whichever is read more easily on the colour (relative luminance of WCAG 2). */
export function inkOn(colour: string): string {
  const [r, g, b] = channels(colour).map(c =>
    c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b! > 0.179 ? BLACK : '#ffffff'
}

function channels(colour: string): number[] {
  return [1, 3, 5].map(k => Number.parseInt(colour.slice(k, k + 2), 16))
}
