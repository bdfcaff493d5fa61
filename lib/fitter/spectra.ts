/** The mass spectra that are fitted: out of ROOT files (TH1), and of the histograms of runs, ours and the reference's (.pkl, UHI
 *  JSON, the lines of a pipe). */
import { hideAccess } from '../bytes/address.js'
import { DataError, nearestHint } from '../core/errors.js'
import { fitterBins } from '../formats/fitter/index.js'
import { fitterInputs, type HistTree, type NamedPair, pairsBelow, readHistograms } from '../formats/index.js'
import { axisEdges, type Hist, MASS_AXIS } from '../hist/index.js'
import { openHistograms as openRootHistograms } from '../root/index.js'
import { type BinRange, histogramNames, type NamedBin } from './config-bins.js'

/** Bin i is [edges[i], edges[i + 1]) GeV. */
export interface Spectrum {
  readonly edges: Float64Array
  readonly values: Float64Array
  /** Sums of squared weights; null: entries, whose variances are themselves. */
  readonly variances: Float64Array | null
}

export interface SpectrumSource {
  /** The bins whose passing and failing histograms it has. */
  bins(): Promise<readonly NamedBin[]>
  /** Throws DataError where there is no such histogram. */
  read(name: string): Promise<Spectrum>
  close(): Promise<void>
}

export interface SourceOptions {
  /** Which histograms of the file; null: there is one group. */
  readonly name: string | null
  /** Axes that are kept of histograms of several; null: el_eta and el_pt where `isFound` and they are there, else all but the mass. */
  readonly axes: readonly string[] | null
  /** Bins are those of the file: not by names that a configuration makes. */
  readonly isFound: boolean
  /** What comes on standard input. */
  readonly stdin?: () => Promise<HistTree>
}

/** A file of the histogram methods may be followed by `::pt/barrel`, which variable and region of it are meant. Throws DataError where
 *  it cannot be read, or has no such histograms; UsageError where their axes do not fit. */
export async function openSpectra(place: string, options: SourceOptions): Promise<SpectrumSource> {
  const [path, part] = place.split('::') as [string, string?]
  const name = options.name ?? part ?? null
  if (isRootFile(path)) return openRoot(path, name)
  if (path === '-' && options.stdin === undefined) throw new DataError('ValueError', 'standard input is not read here.')
  const tree = path === '-' ? await options.stdin!() : await readHistograms(path)
  return openHistograms(tree, path === '-' ? 'stdin' : hideAccess(path), name, options)
}

/** By its name. */
export function isRootFile(path: string): boolean {
  return /\.root(?:\?|$)/i.test(path)
}

async function openRoot(path: string, folder: string | null): Promise<SpectrumSource> {
  const file = await openRootHistograms(path)
  const prefix = folder === null ? '' : `${folder}/`
  return {
    async bins() {
      return [...new Set(file.names)].flatMap(passName => {
        const own = passName.startsWith(prefix) ? passName.slice(prefix.length) : ''
        const name = /^(.+)_Pass$/.exec(own)?.[1]
        return name === undefined ? [] : [{ name, ranges: rangesOfName(name), ...histogramNames(name) }]
      })
    },
    async read(name) {
      const { edges, values, variances } = await file.read(`${prefix}${name}`)
      return { edges, values, variances }
    },
    close: () => file.close(),
  }
}

/** bin00_el_sc_eta_m2p50Tom2p00_el_pt_10p00To20p00: m for minus, p for the point. */
function rangesOfName(name: string): Record<string, BinRange> {
  const number = (text: string) => Number(text.replace('m', '-').replace('p', '.'))
  const parts = name
    .replace(/^bin\d+_/, '')
    .matchAll(/(?:^|_)([A-Za-z]\w*?)_(m?\d+(?:p\d+)?)To(m?\d+(?:p\d+)?)(?=_|$)/g)
  return Object.fromEntries([...parts].map(([, axis, low, high]) => [axis!, [number(low!), number(high!)] as const]))
}

function openHistograms(
  tree: HistTree,
  place: string,
  name: string | null,
  { axes, isFound }: SourceOptions,
): SpectrumSource {
  const pair = choosePair(tree, place, name)
  const known = pair.passing.axes.map(axis => axis.name).filter(axis => axis !== MASS_AXIS)
  const usual = isFound && USUAL.every(axis => known.includes(axis)) ? USUAL : known
  const kept = axes ?? usual
  const [input] = fitterInputs({ passing: pair.passing, failing: pair.failing }, kept)
  const byName = new Map(input!.hists.map(({ path, hist }) => [path, hist]))
  return {
    bins: async () =>
      fitterBins(kept.map(axis => pair.passing.axes.find(other => other.name === axis)!)).map(bin => ({
        name: bin.name,
        ranges: Object.fromEntries(bin.vars.map(({ axis, min, max }) => [axis, [min, max] as const])),
        ...histogramNames(bin.name),
      })),
    async read(histogram) {
      const hist = byName.get(histogram) ?? byName.get(sameBin(histogram, byName.keys()) ?? '')
      if (hist !== undefined) return spectrumOf(hist)
      const hint = nearestHint(histogram, byName.keys())
      throw new DataError('KeyInFileError', `${place}: histogram "${histogram}" not found.${hint}`)
    },
    close: async () => {},
  }
}

const USUAL: readonly string[] = ['el_eta', 'el_pt']

/** The pair of that name, or the only one whose name begins or ends with it. */
function choosePair(tree: HistTree, place: string, name: string | null): NamedPair {
  const lonely: string[] = []
  const pairs = pairsBelow(tree, [], lonely)
  if (lonely.length > 0) throw new DataError('KeyInFileError', `${place}: ${lonely.join('; ')}.`)
  if (pairs.length === 0) {
    const message = `${place}: has no "passing" and "failing" histograms next to each other. Give a file of a histogram method.`
    throw new DataError('KeyInFileError', message)
  }
  const names = pairs.map(pair => pair.name)
  const isPart = (whole: string) => whole.startsWith(`${name}/`) || whole.endsWith(`/${name}`)
  const same = pairs.filter(pair => pair.name === name)
  const found = name === null ? pairs : same.length > 0 ? same : pairs.filter(pair => isPart(pair.name))
  if (found.length === 1) return found[0]!
  const all = names.map(one => JSON.stringify(one)).join(', ')
  if (found.length === 0) {
    const what = all === '""' ? 'Its histograms have no name: leave it out.' : `It has ${all}.`
    const message = `${place}: has no histograms "${name}".${nearestHint(name!, names)} ${what}`
    throw new DataError('KeyInFileError', message)
  }
  const which = found.map(pair => JSON.stringify(pair.name)).join(', ')
  const message = `${place}: has the histograms of ${which}; say which: {"file": ..., "name": ${JSON.stringify(found[0]!.name)}}.`
  throw new DataError('KeyInFileError', message)
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
  // A histogram that keeps no squares of weights has zeros.
  const isCount = values.every((v, i) => v === variances[i]) || variances.every(v => v === 0)
  return { edges, values, variances: isCount ? null : variances }
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
