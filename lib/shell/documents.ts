/** From the documents and flags of a stage to the job that it runs a stretch of. Documents travel with the events, so that the
 *  first stage alone may be given them; files and flags of a later stage go over them. */

import { readDocument } from '../bytes/fetched.js'
import type { Job, Method, MethodName, RunnerDocument } from '../config/index.js'
import { type Problem, UsageError } from '../core/errors.js'
import { unpacked } from '../core/gzip.js'
import { parseOrdered } from '../core/json-text.js'
import { loadJob } from '../job/load.js'
import type { Documents } from './facts.js'

/** What a stage was told. */
export interface StageOptions {
  /** Paths of documents. */
  readonly config?: string
  readonly settings?: string
  readonly binning?: string
  readonly workflow?: string
  /** Keys of the settings, from flags. */
  readonly overrides?: Readonly<Record<string, unknown>>
  /** The id of a method of the runner: get_nd_tnp_histograms_1. */
  readonly method?: string
  /** Arguments of the method, from flags; `name` is that of the method where there is no runner. */
  readonly methodArgs?: MethodArgs
}

export interface MethodArgs {
  readonly name: MethodName
  readonly args: Readonly<Record<string, unknown>>
  /** Arguments where the runner's method has none. */
  readonly defaults?: Readonly<Record<string, unknown>>
}

export interface StageJob {
  readonly job: Job
  readonly documents: Documents
  /** The methods that were chosen: one, or all of the runner. */
  readonly methods: readonly Method[]
  readonly warnings: readonly Problem[]
}

/** The workflow where nobody says another. */
const DEFAULT_WORKFLOW = 'ElectronTagNProbeFromNanoAOD'

/** The fileset of the job, where the stage needs it. */
interface Files {
  readonly fileset?: unknown
  readonly limit?: number | null
}

type Json = Record<string, unknown>

/** from: what came with the events. Throws UsageError with every problem of all documents. */
export function stageJob(options: StageOptions, from: Documents, files: Files = {}): StageJob {
  const documents = merged(options, from)
  const given = (path: string | undefined, document: Json | undefined) => path ?? document ?? null
  const isAsWritten = options.methodArgs === undefined && options.workflow === undefined
  const isUnreadable = options.config !== undefined && readJson(options.config) === undefined
  const { job, warnings } = loadJob({
    // By its path where it is as the file has it, so that messages name the file.
    config: ((isAsWritten || isUnreadable ? options.config : undefined) ?? documents.runner) as RunnerDocument,
    settings: given(options.settings, from.settings as Json | undefined) as never,
    binning: given(options.binning, from.binning as Json | undefined) as never,
    overrides: (options.overrides ?? null) as never,
    limit: files.limit ?? null,
    fileset: (files.fileset ?? { stream: { files: { 'stream.root': 'tree' } } }) as never,
  })
  // Without a runner, that there are no methods is no news.
  const told = warnings.filter(w => options.config !== undefined || w.place !== 'runner /methods')
  return { job, documents, methods: chosen(job, options.method), warnings: told }
}

function merged(options: StageOptions, from: Documents): Documents {
  const { config, overrides = {}, methodArgs, workflow } = options
  const base = (config === undefined ? from.runner : readJson(config)) as Json | undefined
  let runner: Json = base ?? { workflow: DEFAULT_WORKFLOW, workflow_args: { filters: null }, methods: [] }
  if (workflow !== undefined) runner = { ...runner, workflow }
  if (methodArgs !== undefined) runner = withMethod(runner, methodArgs, options.method)
  const settings = options.settings === undefined ? from.settings : readJson(options.settings)
  const binning = options.binning === undefined ? from.binning : readJson(options.binning)
  const anySettings = settings !== undefined || Object.keys(overrides).length > 0
  return {
    runner,
    ...(anySettings ? { settings: { ...settings, ...overrides } } : {}),
    ...(binning === undefined ? {} : { binning }),
  }
}

/** The runner with arguments of the method `id`, or of its only one, replaced; with one more where it has none. */
function withMethod(runner: Json, given: MethodArgs, id: string | undefined): Json {
  const methods = Array.isArray(runner.methods) ? (runner.methods as Json[]) : []
  const name = runner.workflow === SCALE_AND_SMEARING ? 'get_ntuples' : given.name
  if (methods.length === 0) return { ...runner, methods: [{ name, args: { ...given.defaults, ...given.args } }] }
  if (Object.keys(given.args).length === 0) return runner
  const at = id === undefined ? (methods.length === 1 ? 0 : -1) : idsOf(methods).indexOf(id)
  if (at < 0) throw severalMethods(idsOf(methods), id)
  const changed = methods.map((method, i) =>
    i === at ? withArgs(method, { ...given, name }, id !== undefined) : method,
  )
  return { ...runner, methods: changed }
}

const SCALE_AND_SMEARING = 'ScaleAndSmearingNTuplesFromNanoAOD'

function withArgs(method: Json, { name, args, defaults }: MethodArgs, byId: boolean): Json {
  const own = (method.args ?? {}) as Json
  if (byId || method.name === name) return { ...method, args: { ...defaults, ...own, ...args } }
  // Of another method, what all methods have.
  const shared = ['mass_range', 'cut_and_count', 'uproot_options', ...(name === 'get_tnp_arrays' ? [] : ['filter'])]
  const kept = Object.fromEntries(Object.entries(own).filter(([key]) => shared.includes(key)))
  return { name, args: { ...defaults, ...kept, ...args } }
}

function idsOf(methods: readonly Json[]): string[] {
  const counts = new Map<unknown, number>()
  return methods.map(({ name }) => {
    counts.set(name, (counts.get(name) ?? 0) + 1)
    return `${name}_${counts.get(name)}`
  })
}

function chosen(job: Job, id: string | undefined): readonly Method[] {
  const methods: readonly Method[] = job.methods
  if (id === undefined) return methods
  const found = methods.find(method => method.id === id)
  if (found === undefined)
    throw severalMethods(
      methods.map(m => m.id),
      id,
    )
  return [found]
}

/** The only method. Throws UsageError where there are several or none. */
export function onlyMethod({ methods }: StageJob): Method {
  if (methods.length === 1) return methods[0]!
  throw severalMethods(
    methods.map(m => m.id),
    undefined,
  )
}

function severalMethods(ids: readonly string[], wanted: string | undefined): UsageError {
  const all = ids.length === 0 ? 'The runner has no methods' : `All: ${ids.join(', ')}`
  const message =
    wanted === undefined ? `wanted one of the runner's methods. ${all}.` : `no method "${wanted}". ${all}.`
  return new UsageError([{ place: '--method', message }])
}

/** undefined where it cannot be read: loading the job says why. */
function readJson(path: string): Json | undefined {
  try {
    const bytes = readDocument(path)
    return parseOrdered(unpacked(bytes).toString('utf8')) as Json
  } catch {
    return undefined
  }
}
