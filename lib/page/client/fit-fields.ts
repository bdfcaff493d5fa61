/** The fields of one parameter: start, limits, and a value that it is held at. */
import type { Failure, FitSettingsModel, ParameterChange } from '../model.js'
import { fill, h } from './dom.js'

type Common = FitSettingsModel['parameters'][number]
type Field = 'start' | 'lower' | 'upper' | 'fixed'

const NAMES: Readonly<Record<Field, string>> = {
  start: 'start',
  lower: 'lower limit',
  upper: 'upper limit',
  fixed: 'hold at',
}

export class FieldRow {
  readonly name: string
  /** Lines of a table. */
  readonly elements: readonly HTMLElement[]
  readonly #fields: Readonly<Record<Field, HTMLInputElement>>
  readonly #error: HTMLElement
  /** The line of the message. */
  readonly #below: HTMLElement
  readonly #common: Common
  /** What the fields have no place for, such as a constraint: it stays. */
  readonly #others: object

  /** own: what is said of this bin alone. */
  constructor(common: Common, own: ParameterChange, onChange: () => void) {
    this.name = common.name
    this.#common = common
    const { start: _start, limits: _limits, fixed: _fixed, ...others } = own
    this.#others = others
    const id = `error-${common.name}`
    const field = (key: Field, value: number | undefined, placeholder: number | string) =>
      h('input', {
        type: 'text',
        inputmode: 'decimal',
        name: `${common.name}-${key}`,
        'aria-label': `${common.name}, ${NAMES[key]}`,
        'aria-describedby': id,
        autocomplete: 'off',
        spellcheck: 'false',
        value: value ?? null,
        placeholder,
        oninput: () => {
          this.#mark()
          onChange()
        },
      })
    const held = common.fixed === null ? 'free' : String(common.fixed)
    this.#fields = {
      start: field('start', own.start, common.start ?? (common.fixed === null ? 'from data' : '')),
      lower: field('lower', own.limits?.[0], common.limits?.[0] ?? 'wide'),
      upper: field('upper', own.limits?.[1], common.limits?.[1] ?? 'wide'),
      fixed: field('fixed', own.fixed, held),
    }
    this.#error = h('td', { colspan: 5, class: 'field-error', id })
    const cells = Object.values(this.#fields).map(input => h('td', null, input))
    const line = h('tr', null, h('th', { scope: 'row' }, common.name), ...cells)
    this.#below = h('tr', { hidden: true }, this.#error)
    this.elements = [line, this.#below]
    this.#mark()
  }

  /** What the fields say; null: nothing. What is no number is sent as it is: the server says what is wrong. */
  change(): ParameterChange | null {
    const { start, lower, upper, fixed } = this.#fields
    const said: Record<string, unknown> = {}
    if (start.value.trim() !== '') said.start = number(start)
    if (lower.value.trim() !== '' || upper.value.trim() !== '') {
      const [low, high] = this.#common.limits ?? [null, null]
      said.limits = [lower.value.trim() === '' ? low : number(lower), upper.value.trim() === '' ? high : number(upper)]
    }
    if (fixed.value.trim() !== '') said.fixed = number(fixed)
    Object.assign(said, this.#others)
    return Object.keys(said).length === 0 ? null : (said as ParameterChange)
  }

  show(problems: Failure['problems']): void {
    fill(this.#error, problems.map(({ message }) => message).join(' '))
    this.#below.hidden = problems.length === 0
    const at = new Set(problems.map(({ place }) => place.split('/').at(-1)))
    for (const [key, input] of Object.entries(this.#fields)) {
      const isMeant = at.has(key) || (at.has('limits') && (key === 'lower' || key === 'upper')) || at.has(this.name)
      if (isMeant) input.setAttribute('aria-invalid', 'true')
      else input.removeAttribute('aria-invalid')
    }
  }

  #mark(): void {
    for (const input of Object.values(this.#fields)) input.classList.toggle('own', input.value.trim() !== '')
  }
}

function number({ value }: HTMLInputElement): number | string {
  const text = value.trim().replace('−', '-')
  const parsed = Number(text)
  return text !== '' && Number.isFinite(parsed) ? parsed : text
}
