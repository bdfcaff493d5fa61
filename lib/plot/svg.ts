/** A drawing as SVG 1.1. Texts are outlines, each in a group that says what it reads, so nothing depends on installed fonts. The
 *  outline of a character is there once: a map with its numbers takes 0.1 MB instead of 0.6. */
import type { Box, Item, Path, Scene, TextItem } from './scene.js'
import { boxPath } from './scene.js'
import { GLYPH_UNITS, glyphPath, glyphsOf, plainText, setText, short } from './text.js'

export function svgOf(scene: Scene): string {
  const defined: Defined = { clips: new Map(), glyphs: new Map() }
  const body = scene.items.map(item => write(item, defined, '')).join('')
  const { width, height, title } = scene
  const clips = [...defined.clips].map(([d, id]) => `<clipPath id="${id}"><path d="${d}"/></clipPath>\n`)
  const glyphs = [...defined.glyphs].map(([id, d]) => `<path id="${id}" d="${d}"/>\n`)
  const defs = [...clips, ...glyphs].join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="figure">\n` +
    `<title>${escaped(title)}</title>\n${defs === '' ? '' : `<defs>\n${defs}</defs>\n`}${body}</svg>\n`
  )
}

/** What the drawing refers to. */
interface Defined {
  /** Outline -> id. */
  readonly clips: Map<string, string>
  /** Id -> outline. */
  readonly glyphs: Map<string, string>
}

function write(item: Item, defined: Defined, indent: string): string {
  if (item.kind === 'path') return `${indent}${pathElement(item)}\n`
  if (item.kind === 'text') return `${indent}${textElement(item, defined.glyphs)}\n`
  const clip = item.clip === undefined ? '' : ` clip-path="url(#${clipOf(item.clip, defined.clips)})"`
  const name = item.name === undefined ? '' : ` aria-label="${escaped(plainText(item.name))}"`
  const inner = item.items.map(child => write(child, defined, `${indent} `)).join('')
  return `${indent}<g class="${item.role}"${name}${clip}>\n${inner}${indent}</g>\n`
}

function clipOf(box: Box, clips: Map<string, string>): string {
  const d = boxPath(box)
  const id = clips.get(d) ?? `clip${clips.size + 1}`
  clips.set(d, id)
  return id
}

function pathElement({ d, role, fill, stroke, width, dash, opacity, hint }: Path): string {
  const attributes = [
    role === undefined ? '' : `class="${role}"`,
    `d="${d}"`,
    `fill="${fill ?? 'none'}"`,
    stroke === undefined ? '' : `stroke="${stroke}" stroke-width="${short(width ?? 1)}"`,
    dash === undefined ? '' : `stroke-dasharray="${dash.join(' ')}"`,
    opacity === undefined ? '' : `opacity="${short(opacity)}"`,
  ].filter(text => text !== '')
  const element = `<path ${attributes.join(' ')}`
  return hint === undefined ? `${element}/>` : `${element}><title>${escaped(hint)}</title></path>`
}

function textElement({ text, x, y, size, anchor, colour, upwards }: TextItem, glyphs: Map<string, string>): string {
  const { runs, width } = setText(text, size)
  const back = anchor === 'start' ? 0 : anchor === 'middle' ? width / 2 : width
  const parts = runs.map(run => {
    const [along, above] = [run.x - back, run.rise]
    const place =
      upwards === true ? `${short(x - above)} ${short(y - along)}` : `${short(x + along)} ${short(y - above)}`
    const scale = Number((run.size / GLYPH_UNITS).toPrecision(4))
    const turn = upwards === true ? ' rotate(-90)' : ''
    const letters = glyphsOf(run).map(({ glyph, x }) => {
      const id = `${run.face[0]}${glyph}`
      if (!glyphs.has(id)) glyphs.set(id, glyphPath(run.face, glyph))
      return `<use xlink:href="#${id}"${x === 0 ? '' : ` x="${x}"`}/>`
    })
    return `<g transform="translate(${place})${turn} scale(${scale})">${letters.join('')}</g>`
  })
  return `<g role="img" aria-label="${escaped(plainText(text))}" fill="${colour ?? '#000000'}">${parts.join('')}</g>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
