/** Figures that the server has drawn. They have black ink, so they lie on white paper in the dark as well. */
import type { FigureModel } from '../figure-model.js'
import { h } from './dom.js'

let drawn = 0

/** Beside each other, where there is room. */
export function figures(all: readonly FigureModel[]): HTMLElement {
  return h('div', { class: 'figures' }, ...all.map(one => figure(one)))
}

/** caption: instead of the figure's own title, which stays its name for screen readers. */
export function figure({ title, svg }: FigureModel, caption?: string): HTMLElement {
  const paper = h('div', { class: 'paper' })
  // What is defined in one drawing must not be used by the next.
  const own = `f${++drawn}-`
  paper.innerHTML = svg.replaceAll(/(\bid="|url\(#|href="#)/g, `$1${own}`)
  const drawing = paper.querySelector('svg')
  drawing?.removeAttribute('width')
  drawing?.removeAttribute('height')
  // Its name tells what it shows; the table below it has the numbers.
  for (const part of drawing?.querySelectorAll('[aria-label]') ?? []) {
    part.removeAttribute('aria-label')
    part.removeAttribute('role')
  }
  drawing?.setAttribute('role', 'img')
  drawing?.setAttribute('aria-label', title)
  const save = h(
    'a',
    { class: 'save', download: `${fileName(title)}.svg`, href: '#', onclick: (event: MouseEvent) => give(event, svg) },
    'SVG',
  )
  save.setAttribute('aria-label', `Save the figure as SVG: ${title}`)
  return h('figure', null, paper, h('figcaption', null, h('span', null, caption ?? title), save))
}

/** Made when it is asked for: pages have many figures. */
function give(event: MouseEvent, svg: string): void {
  const link = event.currentTarget as HTMLAnchorElement
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  link.href = url
  setTimeout(() => {
    URL.revokeObjectURL(url)
    link.href = '#'
  }, 1000)
}

function fileName(title: string): string {
  return (
    title
      .replaceAll(/[^\w.-]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 80) || 'figure'
  )
}
