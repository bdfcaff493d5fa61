/** A figure as the bytes of a file. The libraries for PDF and PNG are loaded where one of them is asked for. */
import { drawFigure } from './draw.js'
import type { Figure } from './figure.js'
import { svgOf } from './svg.js'

export const FIGURE_FORMATS = ['svg', 'pdf', 'png'] as const
export type FigureFormat = (typeof FIGURE_FORMATS)[number]

/** Pixels of a PNG for one of the SVG: 1200 by 1200 for most figures. */
const PNG_SCALE = 2

/** The same figure gives the same bytes, on every machine. */
export async function renderFigure(figure: Figure, format: FigureFormat): Promise<Buffer> {
  const scene = drawFigure(figure)
  if (format === 'pdf') return (await import('./pdf.js')).pdfOf(scene)
  const svg = svgOf(scene)
  return format === 'svg' ? Buffer.from(svg, 'utf8') : (await import('./png.js')).pngOf(svg, PNG_SCALE)
}
