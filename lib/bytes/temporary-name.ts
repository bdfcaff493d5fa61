/** Names of files that are being written, here and at servers: hidden, beside the file, and known as leftovers where a run was killed. */

export const TEMPORARY_SUFFIX = '.tnp-tmp'

/** For a file of that name. Names may be as long as the file system allows, so only their beginning goes into it. */
export function temporaryName(name: string): string {
  return `.${name.slice(0, 40)}.${randomName()}${TEMPORARY_SUFFIX}`
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
