/** Short marks beside a name: told by words and form as well as by colour. */
import { h } from './dom.js'

export function badge(kind: 'bad' | 'warn' | 'good' | 'plain', text: string, hint?: string): HTMLElement {
  const sign = { bad: '✗ ', warn: '! ', good: '✓ ', plain: '' }[kind]
  return h('span', { class: `badge ${kind}`, title: hint ?? null }, sign + text)
}
