/** Configuration documents for tests: small ones that are right, to be spoilt one thing at a time. */
import { equal, instance } from 'uvu/assert'
import {
  type Configuration,
  type ConfigurationInput,
  loadConfiguration,
  type WorkflowName,
} from '../../lib/config/index.js'
import { type Problem, UsageError } from '../../lib/core/errors.js'

/** Documents as users write them, open to any change. */
export interface Documents {
  // biome-ignore lint/suspicious/noExplicitAny: tests put wrong values everywhere
  config: any
  // biome-ignore lint/suspicious/noExplicitAny: tests put wrong values everywhere
  fileset: any
  // biome-ignore lint/suspicious/noExplicitAny: tests put wrong values everywhere
  settings?: any
  // biome-ignore lint/suspicious/noExplicitAny: tests put wrong values everywhere
  binning?: any
}

/** An electron job with one trigger filter, one ID filter and one method of each kind. */
export function electronDocuments(): Documents {
  return {
    config: {
      workflow: 'ElectronTagNProbeFromNanoAOD',
      workflow_args: {
        filters: { HLT_Ele30_WPTight_Gsf: 'HLT_Ele30_WPTight_Gsf', medium: 'cutBased >= 3' },
        filterbit: { HLT_Ele30_WPTight_Gsf: 1, medium: null },
        trigger_pt: { HLT_Ele30_WPTight_Gsf: 30, medium: null },
      },
      methods: [
        { name: 'get_tnp_arrays', args: {} },
        { name: 'get_passing_and_failing_probes', args: { filter: 'medium' } },
        { name: 'get_1d_pt_eta_phi_tnp_histograms', args: { filter: ['medium'] } },
        { name: 'get_nd_tnp_histograms', args: { filter: ['HLT_Ele30_WPTight_Gsf', 'medium'] } },
      ],
    },
    fileset: { Data: { files: { 'a.root': 'Events' } } },
  }
}

/** The smallest job of a workflow. */
export function smallest(workflow: WorkflowName): Documents {
  const isSas = workflow === 'ScaleAndSmearingNTuplesFromNanoAOD'
  return {
    config: {
      workflow,
      workflow_args: isSas ? {} : { filters: { tight: 'cutBased >= 4' } },
      methods: [
        isSas ? { name: 'get_ntuples', args: {} } : { name: 'get_nd_tnp_histograms', args: { filter: 'tight' } },
      ],
    },
    fileset: { Data: { files: { 'a.root': 'Events' } } },
  }
}

/** The electron job after `change`, resolved. */
export function load(
  change: (documents: Documents) => void = () => {},
  more: Partial<ConfigurationInput> = {},
): Configuration {
  const documents = electronDocuments()
  change(documents)
  return loadConfiguration({ ...documents, ...more })
}

/** The problems of a job, as `place: message`; fails where there are none. */
export function problemsOf(documents: Documents, more: Partial<ConfigurationInput> = {}): string[] {
  try {
    loadConfiguration({ ...documents, ...more })
  } catch (error) {
    instance(error, UsageError)
    return (error as UsageError).problems.map(line)
  }
  throw new Error('the configuration was accepted')
}

/** Checks the problems of the electron job after `change`: one for each pattern, in order. A text must be the whole problem. */
export function refuses(
  change: (documents: Documents) => void,
  wanted: readonly (string | RegExp)[],
  more: Partial<ConfigurationInput> = {},
): void {
  const documents = electronDocuments()
  change(documents)
  match(problemsOf(documents, more), wanted)
}

/** Like `refuses`, for warnings of a job that is accepted. */
export function warns(change: (documents: Documents) => void, wanted: readonly (string | RegExp)[]): void {
  match(load(change).warnings.map(line), wanted)
}

function match(got: readonly string[], wanted: readonly (string | RegExp)[]): void {
  const fits = wanted.map((want, i) => (typeof want === 'string' ? got[i] === want : want.test(got[i] ?? '')))
  equal(got.length === wanted.length && fits.every(Boolean) ? wanted : got, wanted)
}

function line({ place, message }: Problem): string {
  return `${place}: ${message}`
}
