/** Bins of two variables as a grid of links: one variable to the right, the other upwards. */
import { h } from './dom.js'
import { range } from './format.js'
import { walk } from './table.js'

export interface MapBin {
  readonly ranges: readonly [Ends, Ends]
  readonly text: string
  readonly state: 'ok' | 'warn' | 'bad' | 'out'
  readonly href: string | null
  readonly name: string
}

type Ends = readonly [number | null, number | null]

/** axes: to the right, upwards. */
export function binMap(caption: string, axes: readonly [string, string], bins: readonly MapBin[]): HTMLElement {
  const [xs, ys] = [0, 1].map(k => endsOf(bins.map(bin => bin.ranges[k]!))) as [Ends[], Ends[]]
  const key = (ends: Ends) => ends.join(' ')
  const found = new Map(bins.map(bin => [bin.ranges.map(key).join('|'), bin]))
  const first = bins.find(bin => bin.href !== null)
  const body = h('tbody', null)
  for (const y of [...ys].reverse()) {
    const cells = xs.map(x => {
      const bin = found.get(`${key(x)}|${key(y)}`)
      if (bin === undefined) return h('td', { class: 'none' })
      const sign = { ok: '', warn: '', bad: '✗ ', out: '' }[bin.state]
      const inner =
        bin.href === null
          ? h('span', { title: bin.name }, sign + bin.text)
          : h(
              'a',
              { href: bin.href, title: bin.name, 'aria-label': bin.name, tabindex: bin === first ? 0 : -1 },
              sign + bin.text,
            )
      return h('td', { class: bin.state }, inner)
    })
    body.appendChild(h('tr', null, h('th', { scope: 'row' }, range(y)), ...cells))
  }
  walk(body, 'a', xs.length)
  return h(
    'div',
    { class: 'scroll', role: 'group', 'aria-label': `${caption}: map` },
    h(
      'table',
      { class: 'map' },
      h('caption', null, `${axes[1]} upwards, ${axes[0]} to the right`),
      body,
      h('tfoot', null, h('tr', null, h('td', null), ...xs.map(x => h('th', { scope: 'col' }, range(x))))),
    ),
  )
}

function endsOf(all: readonly Ends[]): Ends[] {
  const known = new Map(all.map(ends => [ends.join(' '), ends]))
  return [...known.values()].sort((a, b) => (a[0] ?? -Infinity) - (b[0] ?? -Infinity))
}
