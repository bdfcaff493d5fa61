/** From a pass over a dataset to groups of chunks, written down in the run's folder, each the work of one job. */
import { serialize } from 'node:v8'
import type { RemoteSettings } from '../bytes/settings.js'
import type { Chunk } from '../core/types.js'
import type { GraphSpec } from '../run/executor.js'
import type { WorkerSpec } from '../run/worker-spec.js'
import { digest } from './digest.js'
import { isPassDocument, readJson } from './documents.js'
import { type GroupEntry, isThere, type PassDocument, type RunFolder, writeWhole } from './folder.js'

/** What a job is told of its graph. */
export interface BatchSpec extends WorkerSpec {
  /** Of the program. */
  readonly version: string
  /** Python's names of exceptions: files that raise others may not be skipped. */
  readonly tolerated: readonly string[]
}

/** What the executor does not know of a pass. */
export interface PassFacts {
  readonly dataset: string
  readonly phase: 'sum' | 'run'
  /** A job gets chunks until it has so many events. */
  readonly eventsPerJob: number
  /** Of a file that was not opened. */
  readonly eventsPerFile: number
}

export interface PassInput {
  readonly spec: GraphSpec
  readonly chunks: readonly Chunk[]
  readonly facts: PassFacts
  readonly ahead: number | undefined
  readonly remote: RemoteSettings
  readonly tolerated: readonly string[]
  readonly version: string
}

/** Writes the pass down, where it is not there already: then its groups stay as they are. */
export function writePass(folder: RunFolder, input: PassInput): PassDocument {
  const { spec, chunks, facts, ahead, remote, tolerated, version } = input
  const pass = digest([spec.build, spec.args, chunks])
  const known = readJson<PassDocument>(folder.file('passes', `${pass}.json`), isPassDocument)
  if (known !== null) return known
  const groups = [...grouped(chunks, facts)].map(group => writeGroup(folder, pass, group, facts))
  const { build, args } = spec
  writeWhole(
    folder.file('specs', pass),
    serialize({ build, args, ahead, remote, tolerated, version } satisfies BatchSpec),
  )
  const { dataset, phase } = facts
  const { eventsPerFile } = facts
  const created = new Date().toISOString()
  const document: PassDocument = { pass, dataset, phase, created, eventsPerFile, groups }
  writeWhole(folder.file('passes', `${pass}.json`), `${JSON.stringify(document)}\n`)
  return document
}

/** Writes a group's chunks down. */
export function writeGroup(
  folder: RunFolder,
  pass: string,
  chunks: readonly Chunk[],
  facts: Pick<PassFacts, 'eventsPerFile'>,
): GroupEntry {
  const id = digest([pass, chunks])
  const path = folder.file('groups', id)
  if (!isThere(path)) writeWhole(path, serialize(chunks))
  return { id, chunks: chunks.length, events: chunks.reduce((sum, chunk) => sum + eventsOf(chunk, facts), 0) }
}

/** Neighbours together, up to the number of events that a job should have; a chunk is never cut. */
export function* grouped(chunks: readonly Chunk[], facts: PassFacts): Iterable<readonly Chunk[]> {
  let group: Chunk[] = []
  let events = 0
  for (const chunk of chunks) {
    const more = eventsOf(chunk, facts)
    if (group.length > 0 && events + more > facts.eventsPerJob) {
      yield group
      group = []
      events = 0
    }
    group.push(chunk)
    events += more
  }
  if (group.length > 0) yield group
}

function eventsOf({ start, stop, expected }: Chunk, { eventsPerFile }: Pick<PassFacts, 'eventsPerFile'>): number {
  return Math.max(0, (stop ?? expected?.entries ?? eventsPerFile) - start)
}
