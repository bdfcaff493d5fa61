/** Random options of workflows, filters among them. */
import type { Source } from './catalog.js'
import type { Draw } from './draw.js'
import { condition, faulty, type Scope, threshold } from './expressions.js'
import { scopes, type Workflow } from './scopes.js'

type Options = Record<string, unknown>

const PATHS = ['HLT_Ele30_WPTight_Gsf', 'HLT_Ele32_WPTight_Gsf', 'HLT_Ele23_Ele12_CaloIdL_TrackIdL_IsoVL_Leg1']
const LEGS = [
  'HLT_Ele23_Ele12_CaloIdL_TrackIdL_IsoVL_DZ',
  'HLT_Ele32_WPTight_Gsf_Leg2',
  'HLT_Ele99_Nowhere',
  'HLT_Ele30',
]
const SPECIAL = [
  'zcands.probe.delta_r(zcands.tag) > 0.4',
  '(zcands.tag + zcands.probe).mass > 80',
  'zcands.probe.isTight',
  'zcands.probe.isMedium & (zcands.tag.px > 0)',
  'np.abs(zcands.probe.delta_phi(zcands.tag)) > 2.5',
  'zcands.probe.matched_jet.pt > 30',
  'zcands.probe.matched_gen.pt > 30',
  '(zcands.probe.energy > 60) | (zcands.probe.pz < 0)',
  'zcands.probe.eta_to_use > zcands.probe.eta',
  'zcands.probe.cutBased',
]
const COLLIDING = ['el_pt', 'ph_pt', 'weight', 'pair_mass', 'run', 'event', 'tag_Ele_pt', 'PV_npvs', 'weight_gen']

/** Options for the six tag-and-probe workflows. */
export function tnpOptions(draw: Draw, workflow: Workflow, source: Source): Options {
  const isNano = workflow.family === 'nano'
  const start = draw.options({
    start_from_diphotons: [workflow.probe === 'ph' && isNano ? 0.5 : 0, () => draw.chance(0.4)],
  })
  const scope = scopes(workflow, source, start.start_from_diphotons !== false)
  const filters = draw.chance(0.05) ? (draw.chance(0.2) ? {} : null) : someFilters(draw, workflow, source, scope)
  return {
    filters,
    ...start,
    ...(isNano ? triggerOptions(draw, workflow, filters) : {}),
    ...draw.options({
      tags_pt_cut: [0.5, () => cut(draw)],
      probes_pt_cut: [0.5, () => (draw.chance(0.1) ? null : cut(draw))],
      tags_abseta_cut: [0.3, () => eta(draw)],
      probes_abseta_cut: [0.3, () => eta(draw)],
      cutbased_id: [0.3, () => identification(draw, workflow, source, scope.probe)],
      extra_zcands_mask: [0.3, () => mask(draw, workflow, scope.row)],
      use_sc_eta: [0.5, () => draw.chance(0.7)],
      use_sc_phi: [0.15, () => draw.chance(0.7)],
      avoid_ecal_transition_tags: [0.2, () => draw.chance(0.3)],
      avoid_ecal_transition_probes: [0.3, () => draw.chance(0.7)],
      ...(isNano ? { require_event_to_pass_hlt_filter: [0.3, () => draw.chance(0.2)] as const } : {}),
    }),
  }
}

function cut(draw: Draw): number {
  return draw.weighted([
    [4, draw.pick([5, 10, 20, 25, 30, 35, 45])],
    [2, draw.number(0, 60, 1)],
    [0.3, 1000],
    [0.3, -1],
  ])
}

const eta = (draw: Draw): number => draw.pick([2.5, 2.1, 1.4442, 1.566, 2.17, draw.number(0.5, 2.6)])

function someFilters(
  draw: Draw,
  workflow: Workflow,
  source: Source,
  scope: { probe: Scope; row: Scope },
): Record<string, string> {
  const n = draw.weighted([
    [6, 1],
    [3, 2],
    [1, 3],
  ])
  const out: Record<string, string> = {}
  while (Object.keys(out).length < n) {
    const text = filter(draw, workflow, source, scope)
    const name = draw.weighted<() => string>([
      [4, () => text.slice(0, 60).replaceAll('\0', '')],
      [3, () => draw.pick(['wp', 'tight ID', 'pt < 50', 'a >= b', 'Ele30', 'x_1', 'q/r', 'pt<=5', 'à'])],
      [0.25, () => draw.pick(COLLIDING)],
    ])()
    out[name === '' ? 'none' : name] = text
  }
  return out
}

function filter(draw: Draw, workflow: Workflow, source: Source, scope: { probe: Scope; row: Scope }): string {
  if (draw.chance(0.03)) return faulty(draw, draw.chance(0.5) ? scope.probe : scope.row)
  if (workflow.family !== 'nano') return draw.chance(0.75) ? flagColumn(draw, source) : condition(draw, scope.row)
  return draw.weighted<() => string>([
    [4, () => draw.pick(PATHS)],
    [0.6, () => draw.pick(LEGS)],
    [3, () => simple(draw, scope.probe)],
    [3, () => withZcands(condition(draw, scope.row))],
    [1, () => draw.pick(SPECIAL)],
  ])()
}

/** Conditions without a field of the pair would be put behind "zcands.probe.". */
const withZcands = (text: string): string => (text.includes('zcands') ? text : `(${text}) & (zcands.probe.pt > 0)`)

function simple(draw: Draw, { fields }: Scope): string {
  const { text, branch } = draw.pick(fields)
  if (branch.dtype === 'bool') return text
  return `${text} ${draw.pick(['>', '>=', '<', '<=', '==', '!='])} ${threshold(draw, branch)}`
}

/** A column of an ntuple that may say whether probes pass. */
function flagColumn(draw: Draw, { branches }: Source): string {
  const all = [...branches.values()].filter(b => !b.isList)
  const flags = all.filter(b => b.dtype === 'bool' || /^pass|cutBased|mcTrue|Tight|Loose/.test(b.name))
  if (draw.chance(0.02)) return 'no such column'
  return draw.pick(draw.chance(0.92) && flags.length > 0 ? flags : all).name
}

function identification(draw: Draw, workflow: Workflow, source: Source, scope: Scope): string | null {
  if (draw.chance(0.06)) return null
  if (workflow.family !== 'nano') return flagColumn(draw, source)
  if (draw.chance(0.03)) return faulty(draw, scope)
  return draw.chance(0.6) ? `cutBased ${draw.pick(['>=', '>', '=='])} ${draw.below(5)}` : simple(draw, scope)
}

function mask(draw: Draw, workflow: Workflow, scope: Scope): string | null {
  if (draw.chance(0.05)) return null
  if (draw.chance(0.04)) return faulty(draw, scope)
  const isSpecial = workflow.family === 'nano' && draw.chance(0.15)
  return isSpecial ? draw.pick(SPECIAL.slice(0, 9)) : condition(draw, scope)
}

function triggerOptions(draw: Draw, { probe }: Workflow, filters: Record<string, string> | null): Options {
  if (filters === null) return {}
  const isHlt = Object.values(filters).some(text => text.startsWith('HLT_'))
  const each = (value: (text: string) => unknown) => () => {
    const out = Object.fromEntries(Object.entries(filters).map(([name, text]) => [name, value(text)]))
    if (draw.chance(0.02)) delete out[Object.keys(out)[0]!]
    return out
  }
  const other = probe === 'el' ? 'is_photon_filter' : 'is_electron_filter'
  const hlt = (text: string) => text.startsWith('HLT_')
  return draw.options({
    trigger_pt: [isHlt ? 0.8 : 0.2, each(text => (hlt(text) ? draw.pick([0, 23, 30, 32, 35.5]) : null))],
    filterbit: [isHlt ? 0.97 : 0.2, each(text => (hlt(text) ? draw.pick([0, 1, 1, 1, 2, 4, 5, 12]) : null))],
    [other]: [probe === 'el' ? 0.15 : 0.5, each(() => draw.chance(probe === 'el' ? 0.4 : 0.8))],
  })
}

/** Options for scale and smearing. */
export function smearingOptions(draw: Draw): Options {
  return draw.options({
    lead_pt_cut: [0.5, () => cut(draw)],
    sublead_pt_cut: [0.5, () => draw.pick([0, 5, 10, 15, 27.5])],
    eta_cut: [0.3, () => eta(draw)],
    avoid_ecal_transition: [0.4, () => draw.chance(0.7)],
    trigger_paths: [
      0.4,
      () =>
        draw.pick<unknown>([
          'HLT_Ele30_WPTight_Gsf',
          ['Ele23_Ele12_CaloIdL_TrackIdL_IsoVL*'],
          ['HLT_Ele32_WPTight_Gsf', 'Ele23*'],
          'Ele',
          'Nowhere*',
          '*',
          [],
          null,
        ]),
    ],
  })
}
