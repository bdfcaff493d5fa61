/** Where files lie that the build puts beside the compiled modules: fonts, libraries, the program's licences. */

/** Set by scripts/bundle.mjs. */
declare const TNP_BUNDLED: boolean | undefined

/** path: from the folder of what is built, such as "lib/plot/fonts". The joined programs in dist/bin find the same files. */
export function placeOf(path: string): URL {
  return new URL(typeof TNP_BUNDLED === 'undefined' ? `../../${path}` : `../${path}`, import.meta.url)
}
