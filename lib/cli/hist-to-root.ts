/** `tnp-pipe hist-to-root HISTS [--output X.root]`: a file of histograms as a ROOT file, in folders by their names (the
 *  reference's save_hists): pt/barrel/passing, or passing and failing. */
import { basename, dirname, join, resolve } from 'node:path'
import { hideAccess, isRemote, nameOfPlace } from '../bytes/address.js'
import { UsageError } from '../core/errors.js'
import { type HistTree, isHist, type NamedHist, readHistograms, rootHistsFile, writeAtomic } from '../formats/index.js'

/** Returns what the command prints. output: default is the file's name with `.root` for its extension, in its folder. Throws
 *  DataError where the file cannot be read, UsageError where a histogram has more than three axes. */
export async function histToRoot(file: string, { output }: { readonly output?: string }): Promise<string> {
  const hists = named(await readHistograms(file), [])
  if (hists.length === 0) throw new UsageError([{ place: file, message: 'has no histograms.' }])
  const path = output ?? beside(file)
  if (resolve(path) === resolve(file)) {
    throw new UsageError([{ place: file, message: 'would be overwritten. Give another name with --output.' }])
  }
  await writeAtomic(path, bytesOf(hists, nameOfPlace(path), file))
  return `${hideAccess(path)}: ${hists.map(({ path }) => path).join(', ')}\n`
}

/** CGI of a URL stays at its end: it may be what lets the file be written. */
function beside(file: string): string {
  if (isRemote(file)) return file.replace(/(\.[^./?]*)?(\?.*)?$/s, (_, _extension, cgi = '') => `.root${cgi}`)
  return join(dirname(file), `${basename(file).replace(/\.[^.]*$/, '')}.root`)
}

function named(tree: HistTree, folders: readonly string[]): NamedHist[] {
  return Object.entries(tree).flatMap(([key, node]) => {
    const path = [...folders, key]
    return isHist(node) ? [{ path: path.join('/'), hist: node }] : named(node, path)
  })
}

function bytesOf(hists: readonly NamedHist[], name: string, file: string): Uint8Array {
  try {
    return rootHistsFile(hists, name)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(error.problems.map(p => ({ ...p, place: `${file} > ${p.place}` })))
  }
}
