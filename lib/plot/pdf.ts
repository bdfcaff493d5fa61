/** A drawing as PDF, by pdfkit, which is loaded here only. Texts are texts in embedded fonts: they can be searched and copied. */
import type PDFDocument from 'pdfkit'
import { placeOf } from '../core/places.js'
import { type Face, fontOf } from './font.js'
import { boxPath, type Item, type Path, type Scene, type TextItem } from './scene.js'
import { setText } from './text.js'

type Document = InstanceType<typeof PDFDocument>

/** Points a pixel: 72 points and 96 pixels an inch. */
const POINTS = 0.75

const NO_DATE = new Date(0)

/** One page of the drawing's size. The same drawing gives the same bytes: the file bears no date. */
export async function pdfOf(scene: Scene): Promise<Buffer> {
  const library: { default: typeof PDFDocument } = await import(placeOf('lib/plot/libraries/pdfkit.mjs').href)
  const doc = new library.default({
    size: [scene.width * POINTS, scene.height * POINTS],
    margin: 0,
    // pdfkit takes bytes as well, and would otherwise look for Helvetica.
    font: fontOf('Regular').bytes as unknown as string,
    info: { Title: scene.title, Creator: 'tnp-pipe', CreationDate: NO_DATE },
  })
  // pdfkit makes the file's number from the date, and cannot do without one. What is not enumerable it does not write.
  Object.defineProperty(doc.info, 'CreationDate', { value: NO_DATE, enumerable: false })
  for (const face of ['Regular', 'Bold', 'Italic'] satisfies Face[]) doc.registerFont(face, fontOf(face).bytes)
  const parts: Buffer[] = []
  const done = new Promise<void>((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  doc.scale(POINTS)
  for (const item of scene.items) draw(doc, item)
  doc.end()
  await done
  return Buffer.concat(parts)
}

function draw(doc: Document, item: Item): void {
  if (item.kind === 'path') drawPath(doc, item)
  else if (item.kind === 'text') drawText(doc, item)
  else {
    doc.save()
    if (item.clip !== undefined) doc.path(boxPath(item.clip)).clip()
    for (const child of item.items) draw(doc, child)
    doc.restore()
  }
}

function drawPath(doc: Document, { d, fill, stroke, width = 1, dash, opacity = 1 }: Path): void {
  doc.save().opacity(opacity).lineWidth(width)
  if (dash !== undefined) doc.dash(dash as unknown as number, {})
  doc.path(d)
  if (fill !== undefined && stroke !== undefined) doc.fillAndStroke(fill, stroke)
  else if (fill !== undefined) doc.fill(fill)
  else if (stroke !== undefined) doc.stroke(stroke)
  doc.restore()
}

function drawText(doc: Document, { text, x, y, size, anchor, colour = '#000000', upwards }: TextItem): void {
  const { runs, width } = setText(text, size)
  const start = anchor === 'start' ? 0 : anchor === 'middle' ? width / 2 : width
  doc.save().opacity(1).translate(x, y)
  if (upwards === true) doc.rotate(-90)
  for (const run of runs) {
    doc.font(run.face).fontSize(run.size).fillColor(colour)
    doc.text(run.text, run.x - start, -run.rise, { lineBreak: false, baseline: 'alphabetic' })
  }
  doc.restore()
}
