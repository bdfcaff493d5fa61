/** The version of this program. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { placeOf } from './places.js'

/** From the nearest package.json above, wherever the program was compiled to. */
export function version(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) return 'unknown'
    folder = dirname(folder)
  }
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version
}

/** With the commit that it was built from, as far as that is known: "0.1.0 (1a2b3c4d5e6f)"; "+" behind it: there were changes that
 *  no commit has. For people; what must be equal to work together is the version alone. */
export function versionWithCommit(): string {
  if (told === undefined) {
    const commit = commitOf()
    told = commit === null ? version() : `${version()} (${commit})`
  }
  return told
}

/** Each of thirty commands asks for it, and it takes two files. */
let told: string | undefined

/** Written by scripts/build-facts.mjs; null where the program was only compiled, or not in a clone. */
function commitOf(): string | null {
  try {
    return (JSON.parse(readFileSync(placeOf('build.json'), 'utf8')) as { commit: string | null }).commit
  } catch {
    return null
  }
}
