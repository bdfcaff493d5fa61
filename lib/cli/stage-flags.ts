/** From a stage's flags to keys of the settings and arguments of a method: the documents that they stand for. */
import { UsageError } from '../core/errors.js'
import { ordered } from '../core/ordered.js'
import type { TransformOptions } from '../shell/index.js'
import type { StageCommand, StageFlags } from './stage-commands.js'

/** Keys of the settings: flag (in camel case) -> key. */
const SETTINGS: Readonly<Record<string, string>> = {
  tagsPtCut: 'tags_pt_cut',
  probesPtCut: 'probes_pt_cut',
  tagsAbsetaCut: 'tags_abseta_cut',
  probesAbsetaCut: 'probes_abseta_cut',
  leadPtCut: 'lead_pt_cut',
  subleadPtCut: 'sublead_pt_cut',
  etaCut: 'eta_cut',
  useScEta: 'use_sc_eta',
  useScPhi: 'use_sc_phi',
  avoidEcalTransitionTags: 'avoid_ecal_transition_tags',
  avoidEcalTransitionProbes: 'avoid_ecal_transition_probes',
  avoidEcalTransition: 'avoid_ecal_transition',
  startFromDiphotons: 'start_from_diphotons',
  cutbasedId: 'cutbased_id',
  extraZcandsMask: 'extra_zcands_mask',
  triggerPaths: 'trigger_paths',
  requireEventToPassHltFilter: 'require_event_to_pass_hlt_filter',
  extraFilter: 'extra_filter',
  extraFilterArgs: 'extra_filter_args',
}

/** argument: the filters of `filter`. Throws UsageError where a filter cannot be understood. */
export function stageOptions(
  stage: StageCommand,
  argument: string | string[] | undefined,
  flags: StageFlags,
): TransformOptions {
  const overrides = {
    ...Object.fromEntries(
      Object.entries(SETTINGS).flatMap(([flag, key]) => (flags[flag] === undefined ? [] : [[key, flags[flag]]])),
    ),
    ...(stage === 'filter' ? filterTables((argument ?? []) as string[]) : {}),
  }
  const methodArgs = methodArgsOf(stage, argument, flags)
  const text = (name: string) => (flags[name] === undefined ? {} : { [name]: flags[name] as string })
  return {
    ...text('config'),
    ...text('settings'),
    ...text('binning'),
    ...text('workflow'),
    ...text('method'),
    ...(Object.keys(overrides).length === 0 ? {} : { overrides }),
    ...(methodArgs === null ? {} : { methodArgs }),
    ...(stage === 'golden' && flags.json !== undefined ? { goldenJSON: flags.json as string } : {}),
    ...(stage === 'select' ? selectOptions(flags) : {}),
  }
}

function selectOptions({ filter, passing, failing }: StageFlags): Pick<TransformOptions, 'filter' | 'side'> {
  if (passing && failing) {
    throw new UsageError([{ place: 'select', message: '--passing and --failing are two tables: take one.' }])
  }
  const side = passing ? 'passing' : failing ? 'failing' : undefined
  return { ...(filter === undefined ? {} : { filter: filter as string }), ...(side === undefined ? {} : { side }) }
}

/** The tables of the settings that the filters on a command line stand for; none where there are none. */
export function filterTables(texts: readonly string[]): Record<string, unknown> {
  if (texts.length === 0) return {}
  const filters = new Map<string, string>()
  const tables: Record<string, Record<string, unknown>> = {}
  const filterbit: Record<string, number | null> = {}
  const triggerPt: Record<string, number | null> = {}
  const photon: Record<string, boolean> = {}
  const electron: Record<string, boolean> = {}
  for (const text of texts) {
    const { name, bit, pt, isPhoton, isElectron } = parseFilter(text)
    filters.set(name, name)
    filterbit[name] = bit
    triggerPt[name] = pt
    photon[name] = isPhoton
    electron[name] = isElectron
  }
  if (Object.values(filterbit).some(bit => bit !== null)) Object.assign(tables, { filterbit, trigger_pt: triggerPt })
  if (Object.values(photon).includes(true)) tables.is_photon_filter = photon
  if (Object.values(electron).includes(true)) tables.is_electron_filter = electron
  return { filters: ordered(filters), ...tables }
}

/** `PATH:bit=1,pt=30,photon`; anything else is an expression as it stands. */
function parseFilter(text: string) {
  const found = /^(HLT_\w+):(.*)$/.exec(text)
  if (found === null) return { name: text, bit: null, pt: null, isPhoton: false, isElectron: false }
  const parts = new Map(
    found[2]!.split(',').map((part): [string, string] => [part.split('=')[0]!, part.split('=')[1] ?? '']),
  )
  const unknown = [...parts.keys()].filter(key => !['bit', 'pt', 'photon', 'electron'].includes(key))
  const numberOf = (key: string) => (parts.has(key) ? Number(parts.get(key)) : null)
  const [bit, pt] = [numberOf('bit'), numberOf('pt')]
  if (unknown.length > 0 || Number.isNaN(bit) || Number.isNaN(pt)) {
    const message = `cannot be understood after the colon. Wanted bit=<n>,pt=<GeV>, and perhaps photon or electron.`
    throw new UsageError([{ place: text, message }])
  }
  return { name: found[1]!, bit, pt, isPhoton: parts.has('photon'), isElectron: parts.has('electron') }
}

function methodArgsOf(
  stage: StageCommand,
  argument: string | string[] | undefined,
  flags: StageFlags,
): NonNullable<TransformOptions['methodArgs']> | null {
  const { massRange, cutAndCount, vars, flat, filter, passing, failing, weight } = flags
  if (stage === 'filter') {
    const args = given({ mass_range: massRange, cut_and_count: cutAndCount })
    const isTold = Object.keys(args).length > 0 || (argument ?? []).length > 0
    return isTold ? { name: 'get_tnp_arrays', args } : null
  }
  if (stage === 'select') {
    const args = given({ vars, flat })
    const name = passing || failing ? 'get_passing_and_failing_probes' : 'get_tnp_arrays'
    return Object.keys(args).length > 0 ? { name, args } : null
  }
  if (stage !== 'fill') return null
  const args = given({ vars, cut_and_count: cutAndCount, weight: weight === 'none' ? null : weight })
  if (Object.keys(args).length === 0) return null
  return { name: 'get_nd_tnp_histograms', args: { ...args, ...given({ filter }) } }
}

function given(entries: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined))
}
