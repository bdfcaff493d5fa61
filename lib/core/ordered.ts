/** Objects whose members keep the order in which they were written. JavaScript puts names that look like whole numbers ("2", "10")
 *  first, ascending, whatever the order in which they came; documents, dicts of Python and pickles keep theirs. An object made here is a plain one where both orders agree,
 *  else a proxy whose keys come in the order that was given: Object.entries, JSON.stringify, `for ... in` and `...` heed it. A copy by `...` is a plain object again
 *  (see `joined`), and a proxy cannot be sent to another thread (see `plain`). */

/** Those made here that are proxies. */
const reordered = new WeakSet<object>()

/** Greatest whole number that JavaScript takes for a place rather than a name, and one more. */
const PLACES = 2 ** 32 - 1

/** The number that a name is taken for; -1: it is a name. */
export function placeOf(name: string): number {
  const first = name.charCodeAt(0)
  if (!(first >= 48 && first <= 57) || name.length > 10) return -1
  const number = Number(name)
  return number < PLACES && String(number) === name ? number : -1
}

/** As Object.fromEntries (the last of equal names counts, at the place of the first), in the order given. */
export function ordered<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  const members = entries instanceof Map ? (entries as Map<string, T>) : new Map(entries)
  return inOrder(Object.fromEntries(members), [...members.keys()])
}

/** The object with its keys in that order, which names each of them once. */
export function inOrder<T extends object>(object: T, keys: readonly string[]): T {
  if (isNatural(keys)) return object
  const proxy = new Proxy(object, {
    ownKeys: target => {
      const own = Reflect.ownKeys(target)
      const known = keys.filter(key => Object.hasOwn(target, key))
      return own.length === known.length ? known : [...known, ...own.filter(key => !known.includes(key as string))]
    },
  })
  reordered.add(proxy)
  return proxy
}

/** Whether JavaScript has the keys in this order itself. */
export function isNatural(keys: Iterable<string>): boolean {
  let before = -1
  for (const key of keys) {
    const place = placeOf(key)
    if (place === -1) before = PLACES
    else if (place < before) return false
    else before = place
  }
  return true
}

/** As { ...a, ...b }, in order. */
export function joined<T>(...objects: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  return ordered(objects.flatMap(object => Object.entries(object)))
}

/** Whether something in a value of JSON has an order that a copy for another thread would lose. */
function hasOwnOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return reordered.has(value) || Object.values(value).some(hasOwnOrder)
}

/** A value of JSON for other threads: without proxies, and as text where its order would be lost (see `readInOrder`). */
export function plain<T>(value: T): { readonly value: T; readonly text: string | undefined } {
  if (!hasOwnOrder(value)) return { value, text: undefined }
  const text = JSON.stringify(value)
  return { value: JSON.parse(text) as T, text }
}
