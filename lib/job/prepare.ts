/** From a dataset of the job to its plan: opens files until one can be read, for the columns; decides data or simulation;
 *  loads corrections; and checks the whole graph against the columns, before any event is read. */

import { buildGraph, lateBranchesOf } from '../../pipelines/index.js'
import type { Dataset, Job, WorkflowName } from '../config/index.js'
import { optionalTriggers, tolerates } from '../config/index.js'
import { DataError, type Problem, UsageError } from '../core/errors.js'
import type { Chunk, Layout, Read, ReadFailure } from '../core/types.js'
import { resolveReads } from '../graph/index.js'
import type { PileupVariation } from '../physics/correction/index.js'
import { type DatasetPlan, recordingLayout } from '../plan/dataset-plan.js'
import {
  checkPythonFilter,
  hasNothing,
  isPython,
  LACKING_ADVICE,
  loadFilter,
  partitions,
  type ReadyStage,
  withOptionalTriggers,
  withTree,
} from '../stages/index.js'
import type { EventTree } from '../stages/open-tree.js'
import { loadLumi, loadPileup } from './corrections.js'
import { readyStages } from './custom-stages.js'
import { looksSimulated } from './simulation.js'

/** Columns held at once by one worker, in bytes; what decides how many events a chunk may have. */
const CHUNK_BYTES = 32e6
const MIN_CHUNK_EVENTS = 1000

/** The files of a dataset can be read, and have neither events nor branches: skims leave such files. */
export class NoColumns extends DataError {}

/** like: files of other datasets whose columns are taken where this one's files have none. optional: trigger decisions that some files lack. Throws UsageError (problems of the
 *  configuration) or DataError (no file can be read, or one that may not be skipped; NoColumns). */
export async function prepareDataset(
  job: Job,
  dataset: Dataset,
  like: readonly DatasetPlan['firstFile'][] = [],
  optional: readonly string[] = optionalOf(dataset),
): Promise<DatasetPlan> {
  const isData = dataset.isMC === false
  const notes: string[] = []
  const lumi = isData || dataset.isMC === null ? await loadLumi(dataset, note => void notes.push(note)) : null
  const pileup = isData ? null : await loadPileup(dataset, pileupVariations(job.workflow))
  const filterReads = await filterReadsOf(job, dataset)
  let first: DataError | null = null
  let mismatch: UsageError | null = null
  let mismatches = 0
  let isEmpty = false
  const others = like.map(({ path, tree }) => ({ path, tree, steps: null }))
  for (const chunk of [...firstPartitions(dataset), ...partitions(dataset.name, others)]) {
    try {
      const plan = await withTree(chunk.file, chunk.tree, async ({ file, tree }) => {
        if (hasNothing(tree)) return null
        const { entries } = tree
        const fileBytes = await file.source.size()
        const isMC = dataset.isMC ?? looksSimulated(job.workflow, tree)
        const customStages = await readyStages(job, dataset, isMC)
        const found = { chunk, lumi, pileup, entries, fileBytes, filterReads, customStages, optional }
        const plan = planFor(job, dataset, withOptionalTriggers(tree, optional), found)
        return {
          ...plan,
          ...(plan.lumi === null || notes.length === 0 ? {} : { notes }),
          compression: await compressionOf(tree, plan.branches),
        }
      })
      if (plan !== null) return plan
      isEmpty = true
    } catch (error) {
      if (error instanceof UsageError) {
        // Columns that the configuration names are not there. Is it this file, or the configuration? Others decide.
        if (!toleratesAll(job, MISSING_COLUMN) || ++mismatches === MAX_MISMATCHES) throw mismatch ?? error
        mismatch ??= error
        continue
      }
      if (!(error instanceof DataError) || !toleratesAll(job, failureOf(error))) throw error
      first ??= error
    }
  }
  if (mismatch !== null) throw mismatch
  if (isEmpty && first === null) {
    const message = `dataset "${dataset.name}": none of its files has events or branches, so its columns are not known. Remove the dataset.`
    throw new NoColumns('ValueError', message)
  }
  const reason = first === null ? 'it lists no files' : `first: ${first.message}`
  const message = `dataset "${dataset.name}": no file can be read, so its columns are not known (${reason})`
  throw new DataError(first?.exception ?? 'OSError', message)
}

/** Of one file the form says what it has. */
function optionalOf({ form, files }: Dataset): readonly string[] {
  return form === null || files.length < 2 ? [] : optionalTriggers(form)
}

/** Of the branch that takes most of the file; null where that is not to be had. */
async function compressionOf(tree: EventTree, branches: readonly string[]): Promise<string | null> {
  const infos = branches.flatMap(name => tree.branch(name) ?? [])
  const [largest] = infos.sort((a, b) => b.zipBytes - a.zipBytes)
  if (largest === undefined || tree.compressions === undefined) return null
  try {
    return (await tree.compressions([largest.name])).get(largest.name) ?? null
  } catch (error) {
    // Whatever reads the damaged basket says what is wrong.
    if (error instanceof DataError) return null
    throw error
  }
}

/** Variations of the pileup weight that the workflow asks for, so that one that is missing is noticed before work begins. */
export function pileupVariations(workflow: WorkflowName): PileupVariation[] {
  return workflow === 'ScaleAndSmearingNTuplesFromNanoAOD' ? ['nominal', 'up', 'down'] : ['nominal']
}

/** The branches that the user's filter reads; also finds out whether there is such a filter. Throws UsageError. */
async function filterReadsOf(job: Job, dataset: Dataset): Promise<readonly Read[]> {
  const filter = job.options.extraFilter
  if (filter === null) return []
  if (!isPython(filter)) return (await loadFilter(filter)).reads ?? []
  await checkPythonFilter({ ...filter, metadata: dataset.metadata, schema: 'NanoAOD' })
  return []
}

const MISSING_COLUMN: ReadFailure = { exception: 'KeyError', message: '' }

/** Files whose columns do not fit the configuration before the configuration is what is wrong. */
const MAX_MISMATCHES = 3

/** The first partition of each file. */
function firstPartitions(dataset: Dataset): Chunk[] {
  const seen = new Set<string>()
  return partitions(dataset.name, dataset.files).filter(c => !seen.has(c.file) && seen.add(c.file))
}

export function failureOf(error: DataError): ReadFailure {
  return { exception: error.exception, message: error.message }
}

/** A failure may be skipped only if every method of the job allows it. */
export function toleratesAll(job: Job, failure: ReadFailure): boolean {
  return job.methods.every(m => tolerates(m.uproot.allow, failure.exception))
}

interface Found {
  readonly chunk: Chunk
  readonly lumi: DatasetPlan['lumi']
  readonly pileup: DatasetPlan['pileup']
  readonly entries: number
  readonly fileBytes: number
  readonly filterReads: readonly Read[]
  /** The user's stages for simulation or data, which is known once the file is open. */
  readonly customStages: readonly ReadyStage[]
  readonly optional: readonly string[]
}

function planFor(job: Job, dataset: Dataset, tree: Layout, found: Found): DatasetPlan {
  const isMC = dataset.isMC ?? looksSimulated(job.workflow, tree)
  const recording = recordingLayout(tree)
  const draft: DatasetPlan = {
    dataset: { ...dataset, form: null },
    isMC,
    // A layout for now: the graph's questions are recorded, and the answers become the snapshot.
    layout: {
      names: tree.names,
      branches: lookupMap(name => recording.layout.branch(name)),
      leaveOut: recording.layout.leaveOut!,
      tableOnly: lookupMap(recording.layout.tableOnly!),
      ...(tree.groups === undefined ? {} : { groups: tree.groups }),
    },
    branches: [],
    lateBranches: null,
    lumi: isMC ? null : found.lumi,
    pileup: isMC ? found.pileup : null,
    sumGenWeight: 1,
    failed: [],
    maxEvents: MIN_CHUNK_EVENTS,
    readFraction: 0,
    firstFile: { path: found.chunk.file, tree: found.chunk.tree, entries: found.entries, bytes: found.fileBytes },
    filterReads: found.filterReads,
    customStages: found.customStages,
    ...(found.optional.length === 0 ? {} : { optionalTriggers: found.optional }),
  }
  const graph = atDataset(dataset, found.chunk, () => buildGraph({ job, plan: draft }))
  const place = `${found.chunk.file} > ${found.chunk.tree}`
  const { branches, problems } = resolveReads(graph, recording.layout, place)
  if (problems.length > 0) throw missingBranches(problems, dataset.files.length > 1)
  const { layout } = recording
  for (const name of branches) if (layout.tableOnly!(name) === undefined) layout.branch(name)
  const wanted = branches.map(name => tree.branch(name)!)
  return {
    ...draft,
    branches,
    lateBranches: hasOwnCode(job, found) ? [] : lateBranchesOf(graph, branches, recording.layout),
    layout: recording.snapshot(),
    leftOut: [...recording.leftOut],
    maxEvents: eventsPerChunk(
      sum(wanted, b => b.totalBytes),
      found.entries,
    ),
    readFraction: sum(wanted, b => b.zipBytes) / found.fileBytes,
  }
}

/** The user's own code may look at columns that it has not asked for, and may give a batch of fewer events: it gets whole ones. */
function hasOwnCode(job: Job, { customStages }: Found): boolean {
  const { extraFilter } = job.options
  return customStages.length > 0 || job.ownWorkflow !== undefined || (extraFilter !== null && !isPython(extraFilter))
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

/** A Map whose `get` asks. */
function lookupMap(get: Layout['branch']): ReadonlyMap<string, never> {
  return { get } as unknown as ReadonlyMap<string, never>
}

/** Problems of names and expressions say which dataset's columns they were looked up in. */
function atDataset<T>(dataset: Dataset, { file, tree }: Chunk, build: () => T): T {
  try {
    return build()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const where = `dataset "${dataset.name}", ${file} > ${tree}`
    throw new UsageError(error.problems.map(p => ({ ...p, place: `${p.place} (${where})` })))
  }
}

/** among: the dataset has other files, which may have them. */
function missingBranches(problems: readonly Problem[], among: boolean): DataError {
  const lines = problems.map(({ place, message }) => {
    const advice = among && message.startsWith('branch "HLT_') ? ` ${LACKING_ADVICE}` : ''
    return `${place}: ${message}${advice}`
  })
  return new DataError('KeyError', lines.join('\n'))
}

/** Events whose wanted columns take CHUNK_BYTES, so that memory does not grow with the file. */
function eventsPerChunk(wantedBytes: number, entries: number): number {
  if (wantedBytes === 0 || entries === 0) return 1e6
  return Math.max(MIN_CHUNK_EVENTS, Math.floor(CHUNK_BYTES / (wantedBytes / entries)))
}
