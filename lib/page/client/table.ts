/** Tables of numbers; those of bins are walked through with the arrow keys. */
import { type Child, h } from './dom.js'

export interface Column {
  readonly title: Child
  /** Numbers are set to the right. */
  readonly isText?: boolean
  /** What it means, where the title is short. */
  readonly hint?: string
}

export interface Row {
  readonly cells: readonly Child[]
  /** bad: marked red; warn: yellow; empty: grey. */
  readonly state?: 'bad' | 'warn' | 'empty' | undefined
  /** The row is opened by a click or Enter. */
  readonly open?: () => void
  /** Focus comes here when one returns. */
  readonly isCurrent?: boolean
  /** Of the row's link, for screen readers. */
  readonly name?: string
}

/** hasHeading: a heading above says what it is, the caption is for screen readers then. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly Row[],
  hasHeading = false,
): HTMLElement {
  const body = h('tbody', null)
  const opens = rows.some(row => row.open !== undefined)
  const current = Math.max(
    0,
    rows.findIndex(row => row.isCurrent),
  )
  for (const [k, row] of rows.entries()) {
    const line = h('tr', { class: row.state ?? null }, ...row.cells.map((cell, c) => cellOf(cell, columns[c]!)))
    if (row.open !== undefined) {
      line.tabIndex = k === current ? 0 : -1
      if (row.name !== undefined) line.setAttribute('aria-label', row.name)
      line.classList.add('opens')
      if (row.isCurrent === true) line.dataset.current = ''
      line.addEventListener('click', event => {
        if (!(event.target instanceof Element) || event.target.closest('a,button,input') === null) row.open?.()
      })
      line.addEventListener('keydown', event => {
        if (event.key === 'Enter' && event.target === line) row.open?.()
      })
    }
    body.appendChild(line)
  }
  if (opens) walk(body, 'tr', 1)
  return h(
    'div',
    { class: 'scroll', tabindex: opens ? null : 0, role: 'group', 'aria-label': caption },
    h(
      'table',
      null,
      h('caption', { class: hasHeading ? 'hidden' : null }, caption),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ...columns.map(c =>
            h('th', { scope: 'col', class: c.isText ? 'text' : null, title: c.hint ?? null }, c.title),
          ),
        ),
      ),
      body,
    ),
  )
}

function cellOf(cell: Child, { isText }: Column): HTMLElement {
  return h('td', { class: isText ? 'text' : null }, cell)
}

/** Arrow keys, Home and End move the focus among the elements; one of them at a time is reached by Tab. perLine: elements side by side. */
export function walk(parent: HTMLElement, selector: string, perLine: number): void {
  parent.addEventListener('keydown', event => {
    const all = [...parent.querySelectorAll<HTMLElement>(selector)].filter(one => one.hasAttribute('tabindex'))
    const at = all.indexOf(event.target as HTMLElement)
    if (at < 0) return
    const to = target(event.key, at, perLine, all.length)
    const next = to === null ? undefined : all[to]
    if (next === undefined) return
    event.preventDefault()
    for (const one of all) one.tabIndex = one === next ? 0 : -1
    next.focus()
  })
}

function target(key: string, at: number, perLine: number, count: number): number | null {
  const to = {
    ArrowDown: at + perLine,
    ArrowUp: at - perLine,
    ArrowRight: perLine > 1 ? at + 1 : at,
    ArrowLeft: perLine > 1 ? at - 1 : at,
    Home: 0,
    End: count - 1,
  }[key]
  return to === undefined || to < 0 || to >= count || to === at ? null : to
}
