/** Where fonts and libraries of this folder lie: beside the compiled modules, also for the joined programs in dist/bin. */

/** Set by scripts/bundle.mjs. */
declare const TNP_BUNDLED: boolean | undefined

/** path: from this folder. */
export function placeOf(path: string): URL {
  return new URL(typeof TNP_BUNDLED === 'undefined' ? `./${path}` : `../lib/plot/${path}`, import.meta.url)
}
