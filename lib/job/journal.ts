/** The journal of a job: what it belongs to, and what a killed run has left beside its outputs. */
import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hideAccessIn, isRemote } from '../bytes/address.js'
import { readPlace, statusOf } from '../bytes/places.js'
import { temporaryOf } from '../bytes/temporary-name.js'
import type { Job } from '../config/index.js'
import { untilAborted } from '../core/abort.js'
import type { Logger } from '../core/types.js'
import { version } from '../core/version.js'
import {
  type BesideJournal,
  flatten,
  type Identity,
  type IsThere,
  type Journal,
  openJournal,
} from '../journal/index.js'
import type { DatasetPlan } from '../plan/dataset-plan.js'
import { mapBounded } from '../preprocess/bounded.js'
import { namesByFolder, type SinkFiles } from './sink-files.js'

/** Changes whenever the way in which results are written down does. */
const FORMAT = 4

/** Files whose status is asked for at a time: on a distant server each takes a round trip. */
export const STATUSES = 32

interface Opening {
  readonly resume: boolean
  readonly beside?: BesideJournal | undefined
  readonly isThere: IsThere | undefined
  readonly signal: AbortSignal
  readonly log: Logger
  readonly onWarning: (message: string) => void
}

/** Opens the journal in the job's output folder, and clears away what a killed run has left of the same outputs. */
export async function openJobJournal(
  job: Job,
  plans: readonly DatasetPlan[],
  sinks: readonly SinkFiles[],
  options: Opening,
): Promise<Journal> {
  const identity = await untilAborted(identityOf(job, plans), options.signal)
  const journal = await openJournal({ output: job.output, identity, ...options })
  if (journal.afterStopped) await removeTemporary(sinks)
  return journal
}

/** What a run's results belong to: the job, its inputs, and this program. */
export async function identityOf(job: Job, plans: readonly DatasetPlan[]): Promise<Identity> {
  // The folder may have been moved together with its journal.
  const { datasets, output: _, stages, ownWorkflow, ...rest } = job
  const out = { ...flatten({ 'tnp-pipe version': version(), 'journal format': FORMAT }), ...flatten(rest) }
  for (const { path, name, object } of [...(stages ?? []), ...(ownWorkflow === undefined ? [] : [ownWorkflow])].map(
    s => ({ object: undefined, ...s }),
  )) {
    if (object === undefined) out[`module ${path}::${name}`] = await contentOf(path)
    else out[`stage ${name}`] = `content ${digest(sourceOf(object))}`
  }
  const filter = job.options.extraFilter
  if (filter !== null) out[`extra_filter ${filter.path}`] = await contentOf(filter.path)
  for (const [i, { files, form, ...facts }] of datasets.entries()) {
    const name = `dataset "${facts.name}"`
    const { isMC, maxEvents } = plans[i]!
    Object.assign(out, flatten({ ...facts, simulation: isMC, chunkEvents: maxEvents }, name))
    for (const path of [facts.goldenJSON, facts.pileupJSON, facts.pileupData]) {
      if (path !== null) out[`${name}, ${path}`] = await contentOf(path)
    }
    const statuses = await mapBounded(files, STATUSES, undefined, file => statOf(file.path))
    for (const [k, { path, ...file }] of files.entries()) {
      out[`${name}, input file ${k + 1}, ${path}`] = JSON.stringify({ ...file, ...statuses[k] })
    }
  }
  // Metadata may name documents behind CGI, which is another one each time, and nobody's business.
  return Object.fromEntries(Object.entries(out).map(pair => pair.map(hideAccessIn) as [string, string]))
}

/** Size and time of modification; for identities. */
export async function statOf(path: string): Promise<object> {
  try {
    const found = await statusOf(path)
    return found === null ? { missing: true } : { size: found.size, modified: found.modified?.toISOString() }
  } catch {
    return { missing: true }
  }
}

async function contentOf(path: string): Promise<string> {
  const bytes = await (isRemote(path) ? readPlace(path) : readFile(path)).catch(() => null)
  return bytes === null ? 'missing' : `content ${digest(bytes)}`
}

function digest(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16)
}

/** Of a stage that a program gave, or of the function that makes it. What the code refers to is not looked at. */
function sourceOf(object: unknown): string {
  const { map } = object as { map?: unknown }
  return String(typeof object === 'function' ? object : map)
}

/** What a killed run has left of the same outputs. */
export async function removeTemporary(sinks: readonly SinkFiles[]): Promise<void> {
  for (const [folder, names] of namesByFolder(sinks)) {
    const isTemporary = temporaryOf(names)
    // There is none where that run was another job.
    for (const name of await readdir(folder).catch(() => [])) {
      if (isTemporary(name)) await rm(join(folder, name), { force: true })
    }
  }
}
