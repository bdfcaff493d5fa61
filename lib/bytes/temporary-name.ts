/** Names of files that are being written, here and at servers: hidden, beside the file, and known as leftovers where a run was killed. */

export const TEMPORARY_SUFFIX = '.tnp-tmp'

/** Of a name: it may be as long as the file system allows. */
const KEPT_CHARACTERS = 40

/** For a file of that name. */
export function temporaryName(name: string): string {
  return `.${name.slice(0, KEPT_CHARACTERS)}.${randomName()}${TEMPORARY_SUFFIX}`
}

/** Says of a name whether it is a temporary one of any of these files. */
export function temporaryOf(names: readonly string[]): (name: string) => boolean {
  const begins = new Set(names.map(name => `.${name.slice(0, KEPT_CHARACTERS)}`))
  return name => {
    if (!name.endsWith(TEMPORARY_SUFFIX)) return false
    const without = name.slice(0, -TEMPORARY_SUFFIX.length)
    return /\.[0-9a-f]{8}$/.test(without) && begins.has(without.slice(0, -9))
  }
}

/** The same in the folder of a server's file: `path` with slashes. */
export function temporaryPath(path: string): string {
  const at = path.lastIndexOf('/') + 1
  return path.slice(0, at) + temporaryName(path.slice(at))
}

/** Eight hexadecimal digits. They need not be secret, and node:crypto takes 6 ms to load. */
function randomName(): string {
  return Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
}

/** Of a run, for the names of files that its workers make: eight hexadecimal digits. */
export function runName(): string {
  return randomName()
}

/** For one attempt to make the file `name`. The run comes first, so that it is still there in the temporary name under which a server
 *  takes such a file. */
export function attemptName(run: string, name: string): string {
  return `.tnp-${run}-${randomName()}.${name.slice(0, KEPT_CHARACTERS)}${TEMPORARY_SUFFIX}`
}

export const ANY_RUN = '*'

/** A file of an attempt of that run, or what a server was to take as one. */
export function isAttempt(name: string, run: string): boolean {
  const [, found] = /^\.{1,2}tnp-([0-9a-f]{8})-[0-9a-f]{8}\./.exec(name) ?? []
  return found !== undefined && name.endsWith(TEMPORARY_SUFFIX) && (run === ANY_RUN || run === found)
}
