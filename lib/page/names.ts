/** Short names of paths. */
import { resolve } from 'node:path'

/** The last parts of each path, as many as tell them apart; at least so many. */
export function shortNames(paths: readonly string[], least = 1): string[] {
  const parts = paths.map(path =>
    resolve(path)
      .split(/[\\/]/)
      .filter(part => part !== ''),
  )
  const most = Math.max(1, ...parts.map(one => one.length))
  for (let n = least; n <= most; n++) {
    const names = parts.map(one => one.slice(-n).join('/'))
    if (new Set(names).size === new Set(paths.map(path => resolve(path))).size) return names
  }
  return [...paths]
}
