/** A drawing as SVG 1.1. Texts are outlines, each in a group that says what it reads, so nothing depends on installed fonts. */
import type { Box, Item, Path, Scene, TextItem } from './scene.js'
import { boxPath } from './scene.js'
import { plainText, setText, short, textPath } from './text.js'

export function svgOf(scene: Scene): string {
  const clips = new Map<string, string>()
  const body = scene.items.map(item => write(item, clips, '')).join('')
  const { width, height, title } = scene
  const defs = [...clips].map(([d, id]) => `<clipPath id="${id}"><path d="${d}"/></clipPath>\n`).join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">\n` +
    `<title>${escape(title)}</title>\n${defs === '' ? '' : `<defs>\n${defs}</defs>\n`}${body}</svg>\n`
  )
}

function write(item: Item, clips: Map<string, string>, indent: string): string {
  if (item.kind === 'path') return `${indent}${pathElement(item)}\n`
  if (item.kind === 'text') return `${indent}${textElement(item)}\n`
  const clip = item.clip === undefined ? '' : ` clip-path="url(#${clipOf(item.clip, clips)})"`
  const name = item.name === undefined ? '' : ` aria-label="${escape(plainText(item.name))}"`
  const inner = item.items.map(child => write(child, clips, `${indent} `)).join('')
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
  return hint === undefined ? `${element}/>` : `${element}><title>${escape(hint)}</title></path>`
}

function textElement({ text, x, y, size, anchor, colour, upwards }: TextItem): string {
  const { runs, width } = setText(text, size)
  const back = anchor === 'start' ? 0 : anchor === 'middle' ? width / 2 : width
  const d = upwards === true ? textPath(runs, x, y + back, true) : textPath(runs, x - back, y)
  return `<g role="text" aria-label="${escape(plainText(text))}"><path d="${d}" fill="${colour ?? '#000000'}"/></g>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
