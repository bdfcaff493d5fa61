/** Which program made the page, and how to use it by keyboard. */
import { h } from './dom.js'
import type { View } from './view.js'

const KEYS = [
  ['Tab, Shift+Tab', 'to the next and the previous thing that can be used'],
  ['Arrow keys', 'between bins of a table or map'],
  ['Enter', 'open the bin'],
  ['Escape', 'back to the table'],
] as const

export const about: View = {
  id: 'about',
  title: 'About',
  isThere: () => true,
  render: (_place, { model, source }) =>
    h(
      'article',
      null,
      h('h1', null, 'About this page'),
      h(
        'p',
        null,
        source.isStatic
          ? `Written by tnp-pipe ${model.version}. Everything is in this file; it asks for nothing else.`
          : `Served by tnp-pipe ${model.version} on this machine, to whoever has the address with its token.`,
      ),
      h('h2', null, 'Keyboard'),
      h('dl', { class: 'keys' }, ...KEYS.flatMap(([keys, what]) => [h('dt', null, keys), h('dd', null, what)])),
    ),
}
