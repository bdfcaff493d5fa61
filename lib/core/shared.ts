/** State that all copies of this package in one thread have in common: a program and a user's module may load two. */

/** What was made under that name first. */
export function shared<T>(name: string, make: () => T): T {
  const store = globalThis as unknown as Record<symbol, T>
  const key = Symbol.for(`tnp-pipe ${name}`)
  store[key] ??= make()
  return store[key]
}
