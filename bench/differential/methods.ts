/** Random methods with their arguments, and the binning that their histograms need. */
import type { Branch, Source } from './catalog.js'
import type { Draw } from './draw.js'
import { collections, fieldsOf, type Workflow } from './scopes.js'

export interface Method {
  readonly name: string
  readonly args: Record<string, unknown>
}

interface Variable {
  readonly name: string
  readonly branch: Branch | undefined
}

const TNP = [
  [2.5, 'get_tnp_arrays'],
  [2.5, 'get_passing_and_failing_probes'],
  [2, 'get_1d_pt_eta_phi_tnp_histograms'],
  [2.5, 'get_nd_tnp_histograms'],
] as const

export function methods(draw: Draw, workflow: Workflow, source: Source, options: Record<string, unknown>): Method[] {
  const isNano = workflow.family === 'nano'
  const n = draw.weighted([
    [isNano ? 8 : 4, 1],
    [2, 2],
    [isNano ? 0.2 : 1, 3],
  ])
  const filters = Object.keys((options.filters as Record<string, string> | null) ?? {})
  return Array.from({ length: n }, () => {
    if (workflow.kind === 'ntuples') return { name: 'get_ntuples', args: ntupleArguments(draw, source) }
    const name = filters.length === 0 && draw.chance(0.9) ? 'get_tnp_arrays' : draw.weighted(TNP)
    return { name, args: arguments_(draw, name, workflow, source, options, filters) }
  })
}

function common(draw: Draw): Record<string, readonly [number, () => unknown]> {
  return {
    mass_range: [0.4, () => massRange(draw)],
    uproot_options: [
      0.4,
      () =>
        draw.weighted<unknown>([
          [2, null],
          [3, { allow_read_errors_with_report: true }],
          [1, { allow_read_errors_with_report: ['OSError'] }],
          [1, { allow_read_errors_with_report: ['OSError', 'ValueError', 'KeyError'] }],
          [0.5, { allow_read_errors_with_report: false }],
          [0.1, { allow_read_errors_with_report: ['NoSuchError'] }],
        ]),
    ],
  }
}

function massRange(draw: Draw): unknown {
  return draw.weighted<() => unknown>([
    [2, () => null],
    [3, () => draw.pick([10, 15, 25, 30.5, 91.1876, 0.5])],
    [4, () => [draw.pick([50, 60, 70, 0]), draw.pick([110, 120, 130, 1000])]],
    [1, () => [draw.number(40, 90, 3), draw.number(91, 140, 3)]],
    [0.15, () => [120, 60]],
    [0.1, () => 0],
  ])()
}

function arguments_(
  draw: Draw,
  name: string,
  workflow: Workflow,
  source: Source,
  options: Record<string, unknown>,
  filters: readonly string[],
): Record<string, unknown> {
  const isHistogram = name.includes('histograms')
  const variables = variablesOf(workflow, source, options)
  const one = () => (filters.length === 0 ? 'nothing' : draw.chance(0.02) ? 'no such filter' : draw.pick(filters))
  const some = () =>
    filters.length === 0 || (workflow.family === 'nano' && draw.chance(0.7))
      ? draw.chance(0.98)
        ? [one()]
        : []
      : draw.some(filters, 1 + draw.below(3))
  const filter = name === 'get_tnp_arrays' ? {} : { filter: draw.chance(0.5) ? one() : some() }
  const all = { ...common(draw), cut_and_count: [0.7, () => draw.chance(0.5)] as const }
  if (!isHistogram) {
    const flat = draw.chance(0.5)
    const args = draw.options({
      ...all,
      vars: [
        0.75,
        () =>
          draw.chance(0.03) ? null : draw.chance(0.2) ? 'all' : tableVariables(draw, variables, workflow, source, flat),
      ],
    })
    return {
      ...filter,
      ...args,
      ...(flat ? { flat: true } : draw.chance(0.3) ? { flat: draw.pick([false, null]) } : {}),
    }
  }
  const weight: readonly [number, () => unknown] = [
    0.4,
    () =>
      draw.weighted<unknown>([
        [3, 'weight'],
        [3, null],
        [1, 'weight_gen'],
        [1, 'weight_total'],
        [0.2, 'nope'],
        [
          0.8,
          draw.pick(['pair_mass', 'totWeight', `${workflow.probe}_pt`, `${workflow.probe}_eta`, 'PV_npvs', 'event']),
        ],
      ]),
  ]
  if (name === 'get_nd_tnp_histograms') {
    const vars: readonly [number, () => unknown] = [0.7, () => histogramVariables(draw, variables, 1 + draw.below(3))]
    return { ...filter, ...draw.options({ ...all, weight, vars }) }
  }
  const regions = (top: number): readonly [number, () => unknown] => [0.3, () => someRegions(draw, top)]
  const { probe, family } = workflow
  const usual = [`${probe}_${family === 'mini' && probe === 'ph' ? 'et' : 'pt'}`, `${probe}_eta`, `${probe}_phi`]
  return {
    ...filter,
    ...draw.options({
      ...all,
      weight,
      vars: [0.5, () => (draw.chance(0.7) ? usual : histogramVariables(draw, variables, draw.chance(0.95) ? 3 : 2))],
      plateau_cut: [0.4, () => draw.pick([null, 0, 20, 35, 45.5, 500])],
      eta_regions_pt: regions(2.5),
      phi_regions_eta: regions(3.32),
      eta_regions_phi: regions(2.5),
    }),
  }
}

function someRegions(draw: Draw, top: number): unknown {
  if (draw.chance(0.1)) return null
  const names = draw.some(['barrel', 'endcap', 'all', 'gap', 'far', 'a b'], 1 + draw.below(3))
  return Object.fromEntries(
    names.map(name => {
      const edges = [
        draw.pick([0, 0, 1.4442, 1.566, draw.number(0, top)]),
        draw.pick([top, 1.4442, 1.566, draw.number(0, top)]),
      ]
      const [low, high] = edges.sort((a, b) => a - b)
      return [name, draw.chance(0.04) ? [high, low] : low === high ? [low, top + 1] : [low, high]]
    }),
  )
}

/** Everything that columns can be made of by name. */
function variablesOf(workflow: Workflow, source: Source, options: Record<string, unknown>): Variable[] {
  if (workflow.family !== 'nano') {
    return [...source.branches.values()].filter(b => !b.isList).map(branch => ({ name: branch.name, branch }))
  }
  const { tag, probe } = collections(workflow, options.start_from_diphotons !== false)
  const of = (prefix: string, collection: string) =>
    fieldsOf(source, collection).map(([name, branch]) => ({ name: `${prefix}_${name}`, branch }))
  const scalars = [...source.branches.values()]
    .filter(b => !b.isList && !/^n[A-Z]/.test(b.name) && !b.name.startsWith('HLT_'))
    .map(branch => ({ name: branch.name, branch }))
  return [...of(workflow.probe, probe), ...of('tag_Ele', tag), ...scalars]
}

function tableVariables(
  draw: Draw,
  variables: readonly Variable[],
  workflow: Workflow,
  source: Source,
  flat: boolean,
): string[] {
  const names = draw.some(variables, 1 + draw.below(8)).map(v => v.name)
  if (workflow.family === 'nano') {
    if (draw.chance(flat ? 0.05 : 0.3))
      names.push(draw.pick(['Jet_pt', 'Electron_eta', 'TrigObj_id', 'Jet_nConstituents']))
    if (draw.chance(0.1)) names.push(draw.pick(['MET', 'PV', 'HLT_Ele30_WPTight_Gsf', 'Electron', 'run']))
    const index = workflow.probe === 'el' ? 'el_photonIdxG' : 'ph_electronIdxG'
    if (draw.chance(0.1)) names.push(index, ...(source.isMC ? ['tag_Ele_genPartIdxG'] : []))
  }
  if (draw.chance(0.05)) names.push(names[0]!)
  if (draw.chance(0.02)) names.push('nowhere_pt')
  return draw.some(names, names.length)
}

function histogramVariables(draw: Draw, variables: readonly Variable[], n: number): string[] {
  const numbers = variables.filter(v => v.branch!.dtype !== 'bool' || draw.chance(0.1))
  const usual = numbers.filter(v => /(pt|et|eta|phi|npvs)$/i.test(v.name))
  return draw.some(draw.chance(0.6) ? usual : numbers, n).map(v => v.name)
}

function ntupleArguments(draw: Draw, source: Source): Record<string, unknown> {
  const names = (collection: string) => fieldsOf(source, collection).map(([name]) => name)
  const list = (collection: string) => () =>
    draw.chance(0.2) ? 'all' : draw.some(names(collection), 1 + draw.below(7))
  return draw.options({
    ...common(draw),
    flat: [0.5, () => draw.chance(0.6)],
    vars: [
      0.6,
      () =>
        draw.chance(0.05)
          ? null
          : draw.options({
              Electron: [0.8, list('Electron')],
              Photon: [0.7, list('Photon')],
              Rho: [0.2, () => 'all'],
              PV: [0.15, () => draw.pick<unknown>(['all', ['x', 'npvs']])],
              MET: [0.1, () => ['pt']],
              Muon: [0.05, () => ['pt']],
              Jet: [0.02, () => ['pt']],
            }),
    ],
  })
}

/** Edges for the variables of histograms that have none of their own. */
export function binning(
  draw: Draw,
  made: readonly Method[],
  workflow: Workflow,
  source: Source,
  options: Record<string, unknown>,
) {
  const known = new Map(variablesOf(workflow, source, options).map(v => [v.name, v.branch]))
  const out: Record<string, unknown> = {}
  const names = made.flatMap(m => (m.name.includes('histograms') ? ((m.args.vars as string[] | undefined) ?? []) : []))
  if (draw.chance(0.3)) names.push(`${workflow.probe}_pt`, `${workflow.probe}_eta`)
  for (const name of names) {
    const isBuiltIn = /^(el|ph)_(pt|et|eta|phi)$/.test(name)
    if (draw.chance(isBuiltIn ? 0.6 : 0.03)) continue
    out[`${name}_bins`] = edges(draw, known.get(name)?.values ?? [0, 1])
  }
  return out
}

function edges(draw: Draw, values: readonly number[]): number[] {
  const n = 1 + draw.below(8)
  const low = values.length === 0 ? 0 : Math.min(...values)
  const high = values.length === 0 ? 1 : Math.max(...values)
  const wide = high > low ? high - low : 1
  const spread = Array.from({ length: n + 1 }, (_, k) =>
    Number((low - 0.1 * wide + (1.2 * wide * k) / n).toPrecision(6)),
  )
  const taken = draw.chance(0.5) ? draw.some(values, n + 1) : []
  const out = [...new Set(taken.length > 1 ? taken : spread)].sort((a, b) => a - b)
  if (draw.chance(0.02)) return [...out].reverse()
  if (draw.chance(0.01)) return [out[0]!]
  return out.length > 1 ? out : [low, low + 1]
}
