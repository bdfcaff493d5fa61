/** The input of the fitter out of the results of the histogram methods: for each bin of the kept axes the spectrum of the
 *  mass, of passing and of failing probes. The reference's create_hists_root_file_for_fitter. */
import { nearestHint, UsageError } from '../../core/errors.js'
import { type Axis, type Hist, MASS_AXIS, projectHist, sameAxes, sliceHist } from '../../hist/index.js'
import { type HistTree, isHist } from '../hist-tree.js'
import type { NamedHist } from '../root-hists/root-hists.js'
import { binningPickle, type FitterBin, fitterBins } from './binning.js'

/** What makes one ROOT file and one pickle of binning. */
export interface FitterInput {
  /** '' for the result of get_nd_tnp_histograms, `pt_barrel` for one variable and region of get_1d_pt_eta_phi_tnp_histograms. */
  readonly suffix: string
  /** `bin0_..._Pass` and `bin0_..._Fail` for each bin in turn. */
  readonly hists: readonly NamedHist[]
  readonly binning: Uint8Array
  /** Keys that more than one bin has, since names tell edges to two decimals only. */
  readonly sharedKeys: readonly string[]
}

/** tree: {passing, failing} with the mass as last axis, or variable, region, {passing, failing} of two axes each. `axes`: those
 *  to keep of the former, in the order of the names; the others are summed over with underflow and overflow. Throws
 *  UsageError where the tree is none of the two, has no axis of the mass, or an axis is missing or named twice. */
export function fitterInputs(tree: HistTree, axes: readonly string[]): FitterInput[] {
  const { passing, failing } = tree
  if (passing !== undefined && failing !== undefined && isHist(passing) && isHist(failing)) {
    return [ofMany({ passing, failing }, axes)]
  }
  const pairs = pairsOfVariables(tree)
  if (pairs.length > 0) return pairs.map(({ name, pair }) => ofTwo(name, pair))
  const keys = Object.keys(tree).join(', ')
  throw wrong(
    '',
    `has ${keys}; wanted "passing" and "failing" histograms, or "pt", "eta" and "phi" with regions of them`,
  )
}

interface Pair {
  readonly passing: Hist
  readonly failing: Hist
}

function pairsOfVariables(tree: HistTree): { name: string; pair: Pair }[] {
  return Object.entries(tree).flatMap(([variable, regions]) => {
    if (isHist(regions)) return []
    return Object.entries(regions).flatMap(([region, node]) => {
      const { passing, failing } = isHist(node) ? {} : node
      if (passing === undefined || failing === undefined || !isHist(passing) || !isHist(failing)) return []
      return [{ name: `${variable}/${region}`, pair: { passing, failing } }]
    })
  })
}

function ofMany(pair: Pair, axes: readonly string[]): FitterInput {
  checkPair('', pair)
  if (new Set(axes).size < axes.length) throw wrong('--axes', `names an axis twice (${axes.join(', ')})`)
  const known = pair.passing.axes.map(axis => axis.name).filter(name => name !== MASS_AXIS)
  for (const name of axes) {
    if (known.includes(name)) continue
    throw wrong('--axes', `"${name}" is none of ${known.join(', ')}.${nearestHint(name, known)}`)
  }
  const keep = [...axes, MASS_AXIS]
  const reduced = { passing: projectHist(pair.passing, keep), failing: projectHist(pair.failing, keep) }
  return inputOf('', reduced, axes)
}

function ofTwo(name: string, pair: Pair): FitterInput {
  checkPair(name, pair)
  const { axes } = pair.passing
  if (axes.length !== 2) throw wrong(name, `has ${axes.length} axes, wanted 2: a variable and the mass`)
  return inputOf(name.replaceAll('/', '_'), pair, [axes[0]!.name])
}

function checkPair(name: string, { passing, failing }: Pair): void {
  if (!sameAxes(passing.axes, failing.axes)) throw wrong(name, 'passing and failing probes are binned differently')
  const names = passing.axes.map(axis => axis.name)
  if (names.at(-1) === MASS_AXIS && names.length > 1) return
  const message = `has the axes ${names.join(', ')}, wanted the mass (${MASS_AXIS}) as the last of several. Fill with "cut_and_count": false`
  throw wrong(name, message)
}

/** pair: of the named axes and the mass. */
function inputOf(suffix: string, pair: Pair, names: readonly string[]): FitterInput {
  const { axes } = pair.passing
  const places = names.map(name => axes.findIndex(axis => axis.name === name))
  const bins = fitterBins(places.map(place => axes[place]!))
  const hists = bins.flatMap(bin => {
    const at = binsByPlace(axes, places, bin)
    const slice = (hist: Hist) => sliceHist(hist, axes.length - 1, at)
    return [
      { path: `${bin.name}_Pass`, hist: slice(pair.passing) },
      { path: `${bin.name}_Fail`, hist: slice(pair.failing) },
    ]
  })
  return { suffix, hists, binning: binningPickle(bins, names), sharedKeys: sharedKeys(bins) }
}

/** The bin's positions in the order of the histogram's axes, which may be another than that of the names. */
function binsByPlace(axes: readonly Axis[], places: readonly number[], { bins }: FitterBin): number[] {
  const at = axes.map(() => 0)
  for (const [k, place] of places.entries()) at[place] = bins[k]!
  return at
}

function sharedKeys(bins: readonly FitterBin[]): string[] {
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const { key } of bins) (seen.has(key) ? shared : seen).add(key)
  return [...shared]
}

function wrong(place: string, message: string): UsageError {
  return new UsageError([{ place: place === '' ? 'histograms' : place, message: `${message}.`.replace(/\.\.$/, '.') }])
}
