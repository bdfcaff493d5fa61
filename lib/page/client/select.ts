/** A choice with its label. */
import { h } from './dom.js'

export interface Option {
  readonly value: string
  readonly text: string
}

export function select(
  label: string,
  options: readonly Option[],
  chosen: string,
  onChoice: (value: string) => void,
): HTMLElement {
  const box: HTMLSelectElement = h(
    'select',
    { 'aria-label': label, onchange: () => onChoice(box.value) },
    ...options.map(({ value, text }) => h('option', { value, selected: value === chosen }, text)),
  )
  return h('label', { class: 'choice' }, h('span', null, label), box)
}
