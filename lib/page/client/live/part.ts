/** A part of the page that is drawn anew. */
import { type Child, fill, h } from '../dom.js'

/** Draws where what it shows has changed. What the user has scrolled, opened or focused stays so. */
export class Part {
  readonly element = h('div')
  #shown: readonly unknown[] = []

  /** what: that which the drawing depends on, compared one by one as it is. */
  show(what: readonly unknown[], draw: () => Child): void {
    if (what.length === this.#shown.length && what.every((one, k) => one === this.#shown[k])) return
    this.#shown = what
    const before = this.#usable().map(stateOf)
    fill(this.element, drawn(draw))
    for (const [k, element] of this.#usable().entries()) before[k]?.(element)
  }

  #usable(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>('.scrolled, details, summary')]
  }
}

/** One part that cannot be drawn leaves the others alone. */
function drawn(draw: () => Child): Child {
  try {
    return draw()
  } catch (error) {
    return h('p', { class: 'problem' }, `This cannot be shown: ${(error as Error).message}`)
  }
}

/** Gives the state of an element to the one that takes its place. */
function stateOf(old: HTMLElement): (element: HTMLElement) => void {
  const { scrollTop, scrollLeft } = old
  const isOpen = old instanceof HTMLDetailsElement && old.open
  const isFocused = old === document.activeElement
  return element => {
    if (element instanceof HTMLDetailsElement) element.open = isOpen
    element.scrollTo(scrollLeft, scrollTop)
    if (isFocused) element.focus({ preventScroll: true })
  }
}
