/** Pieces that the parts of the page have in common. */
import { type Child, h } from '../dom.js'
import { percentText } from './format.js'

export interface Column {
  readonly title: string
  /** Numbers are put to the right. */
  readonly isNumber?: boolean
}

/** label: what it is, for those who do not see it. Wide tables scroll by themselves, by keyboard as well. */
export function table(label: string, columns: readonly Column[], rows: readonly (readonly Child[])[]): HTMLElement {
  const className = (column: Column) => (column.isNumber ? 'number' : null)
  return h(
    'div',
    { class: 'scrolled', role: 'region', tabindex: 0, 'aria-label': label },
    h(
      'table',
      null,
      h('thead', null, h('tr', null, ...columns.map(c => h('th', { scope: 'col', class: className(c) }, c.title)))),
      h(
        'tbody',
        null,
        ...rows.map(row => h('tr', null, ...row.map((cell, k) => h('td', { class: className(columns[k]!) }, cell)))),
      ),
    ),
  )
}

export function bar(label: string, fraction: number, kind = ''): HTMLElement {
  const now = Math.round(100 * fraction)
  const filled = h('div', { class: 'filled' })
  // As an attribute the page's policy would not allow it.
  filled.style.width = `${(100 * fraction).toFixed(1)}%`
  return h(
    'div',
    {
      class: `meter ${kind}`,
      role: 'progressbar',
      'aria-label': label,
      ...{ 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': now, 'aria-valuetext': percentText(fraction) },
    },
    filled,
  )
}

/** A labelled choice that keeps what was chosen while its options stay. */
export class Choice {
  readonly element: HTMLElement
  readonly #select: HTMLSelectElement
  #options = ''
  /** By the user. */
  isChosen = false

  constructor(label: string, onChange: () => void) {
    this.#select = h('select', {
      onchange: () => {
        this.isChosen = true
        onChange()
      },
    })
    this.element = h('label', { class: 'choice' }, h('span', null, label), this.#select)
  }

  get value(): string {
    return this.#select.value
  }

  set value(value: string) {
    this.#select.value = value
  }

  /** Hidden where there is nothing to choose. */
  offer(options: readonly (readonly [value: string, text: string])[]): void {
    const key = JSON.stringify(options)
    if (key !== this.#options) {
      this.#options = key
      const before = this.#select.value
      this.#select.replaceChildren(...options.map(([value, text]) => h('option', { value }, text)))
      if (options.some(([value]) => value === before)) this.#select.value = before
    }
    this.element.hidden = options.length < 2
  }
}
