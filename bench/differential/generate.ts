/** Configuration k of a seed: the documents of a job, with the options of its command line. */
import type { Source } from './catalog.js'
import { Draw } from './draw.js'
import { fileset } from './filesets.js'
import { binning, type Method, methods } from './methods.js'
import { smearingOptions, tnpOptions } from './options.js'
import { WORKFLOWS } from './scopes.js'

export interface CommandOptions {
  readonly limit?: number
  readonly repartition?: number
  readonly skip_report?: boolean
  readonly ntuple_format?: 'rntuple' | 'ttree'
}

export interface Configuration {
  readonly runner: { workflow: string; workflow_args: Record<string, unknown>; methods: readonly Method[] }
  readonly fileset: Record<string, unknown>
  readonly settings: Record<string, unknown> | null
  readonly binning: Record<string, unknown> | null
  readonly options: CommandOptions
}

export function configuration(seed: number, k: number, sources: readonly Source[]): Configuration {
  const draw = new Draw(seed, k)
  const workflow = draw.weighted(WORKFLOWS)
  const fitting = sources.filter(s => s.family === workflow.family && s.probes.includes(workflow.probe))
  const main = draw.weighted(fitting.map(s => [s.weight, s] as const))
  const options = workflow.kind === 'tnp' ? tnpOptions(draw, workflow, main) : smearingOptions(draw)
  const made = methods(draw, workflow, main, options)
  const edges = binning(draw, made, workflow, main, options)
  const { document } = fileset(draw, main, fitting)
  const { args, settings } = split(draw, options)
  return {
    runner: { workflow: workflow.name, workflow_args: args, methods: made },
    fileset: document,
    settings,
    binning: Object.keys(edges).length > 0 || draw.chance(0.1) ? edges : null,
    options: draw.options({
      limit: [0.04, () => draw.pick([1, 2, -1])],
      repartition: [0.06, () => 1 + draw.below(3)],
      skip_report: [0.04, () => true],
    }) as CommandOptions,
  }
}

/** Options go to the runner or to settings; filters, with what belongs to them, mostly to the runner. */
function split(draw: Draw, options: Record<string, unknown>) {
  const args: Record<string, unknown> = {}
  const settings: Record<string, unknown> = {}
  const hasSettings = draw.chance(0.85)
  for (const [key, value] of Object.entries(options)) {
    const isFilter = /^(filters|trigger_pt|filterbit|is_)/.test(key)
    if (hasSettings && draw.chance(isFilter ? 0.1 : 0.7)) settings[key] = value
    else args[key] = value
  }
  if (hasSettings && draw.chance(0.03)) settings.unknown_key = 1
  if (draw.chance(0.003)) args.unknown_option = 1
  return { args, settings: hasSettings ? settings : null }
}
