/** The mass spectra that are fitted: out of ROOT files (TH1), and of the files that the histogram methods write, ours and the
 *  reference's (.pkl, UHI JSON). */
import { hideAccess } from '../bytes/address.js'
import { DataError, nearestHint } from '../core/errors.js'
import { fitterInputs, type HistTree, isHist, readHistograms } from '../formats/index.js'
import { axisEdges, type Hist } from '../hist/index.js'
import { openRootFile, readHistogram } from '../root/index.js'

/** Bin i is [edges[i], edges[i + 1]) GeV. */
export interface Spectrum {
  readonly edges: Float64Array
  readonly values: Float64Array
  /** Sums of squared weights; null: entries, whose variances are themselves. */
  readonly variances: Float64Array | null
}

/** Reads the spectra of a file by their names; a file of the histogram methods may be followed by `::pt/barrel`, which variable and region
 *  of it are meant. */
export interface SpectrumSource {
  read(name: string): Promise<Spectrum>
}

/** Throws DataError where the file cannot be read, or has no such histograms. */
export async function openSpectra(place: string): Promise<SpectrumSource> {
  const [path, part = ''] = place.split('::') as [string, string?]
  if (/\.root(?:\?|$)/i.test(path)) {
    // Whether it can be read at all is told once, not for each histogram.
    await (await openRootFile(path)).close()
    return {
      async read(name) {
        const { edges, values, variances } = await readHistogram(path, name)
        return { edges, values, variances }
      },
    }
  }
  const tree = await readHistograms(path)
  const inputs = fitterInputs(tree, axesOf(tree))
  const wanted = part.replaceAll('/', '_')
  const known = inputs.map(one => one.suffix)
  const input = inputs.length === 1 && part === '' ? inputs[0] : inputs.find(one => one.suffix === wanted)
  if (input === undefined) {
    const list = known.map(suffix => suffix.replace('_', '/')).join(', ')
    throw new DataError(
      'KeyInFileError',
      `${hideAccess(path)}: has the histograms of ${list}; say which: ${hideAccess(path)}::${known[0]?.replace('_', '/')}`,
    )
  }
  const byName = new Map(input.hists.map(({ path: name, hist }) => [name, hist]))
  return {
    read(name) {
      const hist = byName.get(name) ?? byName.get(sameBin(name, byName.keys()) ?? '')
      if (hist !== undefined) return Promise.resolve(spectrumOf(hist))
      const hint = nearestHint(name, byName.keys())
      throw new DataError('KeyInFileError', `${hideAccess(place)}: histogram "${name}" not found.${hint}`)
    },
  }
}

/** Of several dimensions, all but the mass, which is the last. */
function axesOf({ passing }: HistTree): string[] {
  return passing !== undefined && isHist(passing) ? passing.axes.slice(0, -1).map(axis => axis.name) : []
}

/** The histogram of the same bin and kind: names of axes are those of the run (`el_pt`), where the configuration has the reference's. */
function sameBin(name: string, names: Iterable<string>): string | null {
  const key = /^bin0*(\d+)_.*_(Pass|Fail)$/.exec(name)
  if (key === null) return null
  const same = new RegExp(`^bin0*${key[1]}_.*_${key[2]}$`)
  return [...names].find(one => same.test(one)) ?? null
}

/** Without underflow and overflow. */
function spectrumOf(hist: Hist): Spectrum {
  const edges = Float64Array.from(axisEdges(hist.axes[0]!))
  const bins = edges.length - 1
  const values = hist.value.slice(1, 1 + bins)
  const variances = hist.variance.slice(1, 1 + bins)
  return { edges, values, variances: values.every((v, i) => v === variances[i]) ? null : variances }
}

/** The bins of which the centre is within the limits. */
export function within({ edges, values, variances }: Spectrum, mass: readonly [number, number] | null): Spectrum {
  if (mass === null) return { edges, values, variances }
  const centre = (i: number) => (edges[i]! + edges[i + 1]!) / 2
  let first = 0
  let last = values.length
  while (first < last && centre(first) < mass[0]) first++
  while (last > first && centre(last - 1) > mass[1]) last--
  return {
    edges: edges.slice(first, last + 1),
    values: values.slice(first, last),
    variances: variances?.slice(first, last) ?? null,
  }
}
