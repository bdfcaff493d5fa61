/** Logical file names to URLs of an XRootD redirector, as the reference's `redirect_files` makes them. */
import { UsageError } from '../core/errors.js'

export const FERMILAB = 'root://cmsxrootd.fnal.gov/'

/** `files` with the redirector before each. isRucio: the names come from Rucio with the path of some site before "/store/",
 *  which is cut off. Throws UsageError for such names without "/store/". */
export function redirectFiles(
  files: string | readonly string[],
  redirector = FERMILAB,
  { isRucio = false }: { readonly isRucio?: boolean } = {},
): string[] {
  const list = typeof files === 'string' ? [files] : files
  if (!isRucio) return list.map(file => redirector + file)
  const odd = list.filter(file => !file.includes(STORE))
  if (odd.length > 0) {
    const message = `has no "${STORE}" in it. Give names as Rucio does, or leave isRucio out.`
    throw new UsageError(odd.map(file => ({ place: file, message })))
  }
  return list.map(file => redirector + file.slice(file.indexOf(STORE)))
}

const STORE = '/store/'
