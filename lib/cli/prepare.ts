/** `prepare-histograms --source X.pkl --target X.root --binning B.pkl`: ROOT files of mass spectra and pickles of their binning,
 *  as fitters read them. */
import { resolve } from 'node:path'
import { hideAccess, isRemote, nameOfPlace } from '../bytes/address.js'
import { UsageError } from '../core/errors.js'
import { type FitterInput, fitterInputs, readHistograms, rootHistsFile, writeAtomic } from '../formats/index.js'

export interface PrepareFlags {
  /** A pickle or UHI JSON file of a histogram method, ours or the reference's. */
  readonly source: string
  readonly target: string
  readonly binning: string
  readonly axes: readonly string[]
}

/** What the command prints: the files that it wrote. Throws DataError where the source cannot be read, UsageError where it is
 *  of another kind the axes are not there, or a file is named twice; nothing is written then. */
export async function prepareHistograms({ source, target, binning, axes }: PrepareFlags): Promise<string> {
  const inputs = atFile(source, await readHistograms(source), axes)
  const files = inputs.map(input => {
    const root = withSuffix(target, input.suffix, '.root')
    return {
      input,
      root,
      bytes: rootHistsFile(input.hists, nameOfPlace(root)),
      binning: withSuffix(binning, input.suffix, '.pkl'),
    }
  })
  const written = [source, ...files.flatMap(file => [file.root, file.binning])].map(path => resolve(path))
  const twice = written.find((path, i) => written.indexOf(path) < i)
  if (twice !== undefined) {
    throw new UsageError([{ place: twice, message: 'is named twice: source, target and binning must differ.' }])
  }
  for (const { root, bytes, binning, input } of files) {
    await writeAtomic(root, bytes)
    await writeAtomic(binning, input.binning)
  }
  return files.map(({ root, binning, input }) => report(root, binning, input)).join('')
}

function atFile(source: string, tree: Awaited<ReturnType<typeof readHistograms>>, axes: readonly string[]) {
  try {
    return fitterInputs(tree, axes)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const placed = error.problems.map(p => (p.place.startsWith('-') ? p : { ...p, place: `${source} > ${p.place}` }))
    throw new UsageError(placed)
  }
}

/** `hists.root` and `pt_barrel` make `hists_pt_barrel.root`. */
function withSuffix(path: string, suffix: string, extension: string): string {
  if (suffix === '') return path
  const cgi = isRemote(path) ? (/\?.*$/s.exec(path)?.[0] ?? '') : ''
  const plain = cgi === '' ? path : path.slice(0, -cgi.length)
  const stem = plain.endsWith(extension) ? plain.slice(0, -extension.length) : plain
  return `${stem}_${suffix}${extension}${cgi}`
}

function report(root: string, binning: string, { hists, sharedKeys }: FitterInput): string {
  const note =
    sharedKeys.length === 0
      ? ''
      : `  several bins are called ${sharedKeys.join(', ')}: names tell edges to two decimals. Their numbers differ.\n`
  return `${hideAccess(root)}: ${hists.length} histograms; ${hideAccess(binning)}: their bins\n${note}`
}
