/** Options of a workflow from their layers, complete and typed. */

import { nearestHint } from '../core/errors.js'
import { plain } from '../core/ordered.js'
import type { Cursor } from './cursor.js'
import { show } from './cursor.js'
import type { CheckedText } from './expressions.js'
import { resolveFilters, thresholdOf } from './filters.js'
import { SETTINGS_KEYS, WORKFLOW_ARGS } from './generated/keys.gen.js'
import type {
  ExtraFilter,
  Filter,
  NanoOptions,
  PhotonNanoOptions,
  ScaleAndSmearingOptions,
  TagAndProbeOptions,
} from './job.js'
import type { Layers } from './layers.js'
import { type Family, type NanoWorkflow, WORKFLOWS, type WorkflowName } from './workflows.js'

/** Options of the four ntuple workflows, and the part that all tag-and-probe workflows share. */
export function resolveTagAndProbe(options: Layers, workflow: WorkflowName, check: CheckedText): TagAndProbeOptions {
  const { family } = WORKFLOWS[workflow]
  const filters = resolveFilters(options, workflow, check)
  return {
    filters,
    tagsPtCut: options.get('tags_pt_cut').or(35),
    probesPtCut: options.get('probes_pt_cut').or(defaultProbesPtCut(filters)),
    tagsAbsetaCut: options.get('tags_abseta_cut').or(2.5),
    probesAbsetaCut: options.get('probes_abseta_cut').or(2.5),
    cutbasedId: resolveId(options.get('cutbased_id'), family, check),
    extraZcandsMask: resolveMask(options.get('extra_zcands_mask'), family, check),
    extraFilter: resolveExtraFilter(options),
    useScEta: options.get('use_sc_eta').or(false),
    useScPhi: options.get('use_sc_phi').or(false),
    avoidEcalTransitionTags: options.get('avoid_ecal_transition_tags').or(true),
    avoidEcalTransitionProbes: options.get('avoid_ecal_transition_probes').or(false),
  }
}

export function resolveNano(options: Layers, workflow: NanoWorkflow, check: CheckedText): NanoOptions {
  return {
    ...resolveTagAndProbe(options, workflow, check),
    requireEventToPassHltFilter: options.get('require_event_to_pass_hlt_filter').or(true),
  }
}

export function resolvePhotonNano(options: Layers, check: CheckedText): PhotonNanoOptions {
  const nano = resolveNano(options, 'PhotonTagNProbeFromNanoAOD', check)
  return { ...nano, startFromDiphotons: options.get('start_from_diphotons').or(true) }
}

export function resolveScaleAndSmearing(options: Layers): ScaleAndSmearingOptions {
  const paths = options.get('trigger_paths')
  const given = paths.or<string | string[] | null>(null)
  if (Array.isArray(given) && given.length === 0) {
    paths.warn('the list is empty, so no event passes. Use null for no requirement.')
  }
  return {
    leadPtCut: options.get('lead_pt_cut').or(20),
    subleadPtCut: options.get('sublead_pt_cut').or(10),
    etaCut: options.get('eta_cut').or(2.5),
    triggerPaths: given === null ? null : [given].flat().map(path => path.replaceAll('*', '').replaceAll('HLT_', '')),
    extraFilter: resolveExtraFilter(options),
    avoidEcalTransition: options.get('avoid_ecal_transition').or(false),
  }
}

/** One filter: its threshold - 3 (so -3, no cut, where it names none); otherwise 5. */
function defaultProbesPtCut(filters: readonly Filter[]): number {
  return filters.length === 1 ? thresholdOf(filters[0]!.expression) - 3 : 5
}

function resolveId(id: Cursor, family: Family, check: CheckedText): string | null {
  const text = id.or<string | null>(null)
  if (text === null) return null
  if (family !== 'nano') return text || null
  if (text.trim() === '') id.problem('the expression is empty. Use null for no requirement.')
  else check(id, 'zcands.probe.', 'zcands')
  return `zcands.probe.${text}`
}

function resolveMask(mask: Cursor, family: Family, check: CheckedText): string | null {
  const text = mask.or<string | null>(null)
  if (text === null) return null
  if (text.trim() === '') mask.problem('the expression is empty. Use null for no requirement.')
  else check(mask, '', family === 'nano' ? 'zcands' : 'events')
  return text
}

function resolveExtraFilter(options: Layers): ExtraFilter | null {
  const cursor = options.get('extra_filter')
  const text = cursor.or<string | null>(null)
  if (text === null) return null
  const at = text.lastIndexOf('::')
  const [path, name] = [text.slice(0, Math.max(0, at)), text.slice(at + 2)]
  if (at === -1 || path === '' || name === '') {
    cursor.problem(`must be "path/to/file::function", got ${show(text)}.`)
    return null
  }
  const args = plain(options.get('extra_filter_args').or<Record<string, unknown>>({}))
  return { path, name, args: args.value, ...(args.text === undefined ? {} : { argsText: args.text }) }
}

/** Warns of settings that the workflow does not have: they do nothing. */
export function warnOfUnusedSettings(settings: Cursor, workflow: WorkflowName): void {
  const known: readonly string[] = WORKFLOW_ARGS[workflow]
  for (const [key, cursor] of settings.entries()) {
    if (key === '$schema' || known.includes(key)) continue
    const isOption = (SETTINGS_KEYS as readonly string[]).includes(key)
    const hint = isOption ? '' : `${nearestHint(key, known)} All: ${known.join(', ')}.`
    cursor.warn(`ignored: ${workflow} has no option "${key}".${hint}`)
  }
}
