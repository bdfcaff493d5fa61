/** Elements in one expression: h('button', { onclick: save, class: 'main' }, 'Save'). */

export type Child = Node | string | number | null | undefined | false | readonly Child[]

type Events = { readonly [name in `on${string}`]?: (event: never) => unknown }
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined | ((event: never) => unknown)>>

/** Attributes that are null, undefined or false are left out, true ones are empty; functions listen. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: (Attributes & Events) | null = null,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') element.addEventListener(key.replace(/^on/, ''), value as EventListener)
    else if (value === true) element.setAttribute(key, '')
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, String(value))
  }
  append(element, children)
  return element
}

export function append(element: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child)
    else if (child instanceof Node) element.appendChild(child)
    else if (child !== null && child !== undefined && child !== false) {
      element.appendChild(document.createTextNode(String(child)))
    }
  }
}

/** Puts these in place of what the element has. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren()
  append(element, children)
}
