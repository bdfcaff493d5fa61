/** The histogram methods: one branch a filter, filled from the pairs of the window, written as pickle and as UHI JSON. */
import type { Binning, Hist1dMethod, HistNdMethod } from '../lib/config/index.js'
import { UsageError } from '../lib/core/errors.js'
import type { Pairs, Wire } from '../lib/core/types.js'
import { type Axis, regularAxis, variableAxis } from '../lib/hist/index.js'
import { type Condition, fillHists, type HistogramPair, writeHists } from '../lib/stages/index.js'
import { otherThanNumbers, pairColumn, type Variable } from '../lib/stages/variables.js'
import { collectProblems, type MethodContext, placeOf } from './context.js'
import { histogramFiles } from './outputs.js'

export function addHistograms(pairs: Wire<Pairs>, method: Hist1dMethod | HistNdMethod, context: MethodContext): void {
  const place = placeOf(method, 'vars')
  const variables = collectProblems(method.vars, name => perPair(name, place, context))
  const weight = weightOf(method, context)
  const { binning } = context.job
  const histograms =
    method.name === 'get_nd_tnp_histograms' ? nd(method, variables, binning) : oneD(method, variables, binning)
  for (const filter of method.filters) {
    pairs
      .to(`${method.id}/${filter}/fill`, fillHists({ filter, histograms, weight }))
      .into(`${method.id}/${filter}/hists`, writeHists(histogramFiles(context, method, filter)))
  }
}

function perPair(name: string, place: string, context: MethodContext): Variable {
  const variable = context.variable(name, place)
  const other = otherThanNumbers(variable)
  if (other === null) return variable
  const message = `"${name}" ${other}, not one value a pair, so it cannot be filled`
  throw new UsageError([{ place, message }])
}

/** The weight's column; null: every weight is 1. Throws UsageError where these files have none of that name. */
export function weightOf(method: Hist1dMethod | HistNdMethod, context: MethodContext): Variable | null {
  if (method.weight === null || context.unitWeights.includes(method.weight)) return null
  // Of what the pairs have been given, as their mass, the files know nothing.
  const own = context.trailing.find(variable => variable.name === method.weight)
  return own ?? perPair(method.weight, placeOf(method, 'weight'), context)
}

function nd(method: HistNdMethod, variables: readonly Variable[], binning: Binning): HistogramPair[] {
  const axes = method.vars.map(name => variableAxis({ name, label: capitalized(name), edges: binning[name]! }))
  return [withMass({ path: [], axes, variables, selection: [] }, method)]
}

function oneD(method: Hist1dMethod, variables: readonly Variable[], binning: Binning): HistogramPair[] {
  const [pt, eta, phi] = variables as [Variable, Variable, Variable]
  const plateau: Condition = { kind: 'above', variable: pt, above: method.plateauCut }
  const kinds = [
    { key: 'pt', variable: pt, label: 'Pt [GeV]', regionOf: eta, selection: [] },
    { key: 'eta', variable: eta, label: 'eta', regionOf: phi, selection: [plateau] },
    { key: 'phi', variable: phi, label: 'phi', regionOf: eta, selection: [plateau] },
  ] as const
  return kinds.flatMap(({ key, variable, label, regionOf, selection }) =>
    method.regions[key].map(({ name, lo, hi }) => {
      const axis = variableAxis({ name: key, label, edges: binning[variable.name]! })
      const region: Condition = { kind: 'region', variable: regionOf, lo, hi }
      return withMass(
        { path: [key, name], axes: [axis], variables: [variable], selection: [...selection, region] },
        method,
      )
    }),
  )
}

function withMass(histogram: HistogramPair, method: Hist1dMethod | HistNdMethod): HistogramPair {
  if (method.cutAndCount) return histogram
  const mll: Axis = regularAxis({ name: 'mll', label: 'mll [GeV]', bins: 80, lower: 50, upper: 130 })
  return {
    ...histogram,
    axes: [...histogram.axes, mll],
    variables: [...histogram.variables, pairColumn('pair_mass', 'float32')],
  }
}

/** As Python's str.capitalize: the rest is lower case (el_superclusterEta -> El_superclustereta). */
function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).toLowerCase()
}
