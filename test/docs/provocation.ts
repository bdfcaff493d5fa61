/** What the tests of messages in docs/ provoke: command lines, mostly runs of a small job with something wrong in it. */
import type { Scratch } from '../support/cli.js'

/** Arguments of tnp-pipe, with the environment's variables that matter. */
export interface Provocation {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Commands that must succeed before. */
  readonly before?: readonly (readonly string[])[]
}

export type Provoke = (dir: Scratch) => Provocation

export const DATA = 'fixtures/root/nano-data.root'
const FILTERS = { filters: { tight: 'cutBased >= 4' } }
export const HISTS = { name: 'get_nd_tnp_histograms', args: { filter: 'tight' } }
export const RUNNER = { workflow: 'ElectronTagNProbeFromNanoAOD', workflow_args: FILTERS, methods: [HISTS] }

export interface Job {
  readonly runner?: unknown
  readonly fileset?: unknown
  readonly files?: unknown
  readonly settings?: unknown
  readonly binning?: unknown
  readonly args?: readonly string[]
}

/** A run of the job, which is a good one where nothing is given. */
export function run(dir: Scratch, job: Job): Provocation {
  const { runner = RUNNER, files = { [DATA]: 'Events' }, settings, binning, args = [] } = job
  const fileset = job.fileset ?? { Data: { files, metadata: { isMC: false } } }
  const document = (name: string, content: unknown) =>
    content === undefined ? [] : [`--${name}`, dir.json(`${name}.json`, content)]
  return {
    args: [
      'run',
      ...document('config', runner),
      ...document('fileset', fileset),
      ...document('settings', settings),
      ...document('binning', binning),
      ...['--output', dir.path('out'), '--executor', 'sync', ...args],
    ],
  }
}

/** `…` stands for anything within a line. */
export function likeQuoted(message: string): RegExp {
  return new RegExp(
    message
      .split('…')
      .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
  )
}
