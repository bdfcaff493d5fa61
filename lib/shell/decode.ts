/** Chunk lines -> Arrow streams of events: reads the branches that a job needs, or those that are named. */

import { buildGraph } from '../../pipelines/index.js'
import { emptyColumn } from '../columns/index.js'
import type { Dataset, DatasetFile, Job } from '../config/index.js'
import { tolerates } from '../config/index.js'
import { branchOrNull } from '../core/branch-or-null.js'
import { DataError, nearestHint, UsageError } from '../core/errors.js'
import type { Batch, BranchInfo, Chunk, Column, Context, Layout, MapStage } from '../core/types.js'
import type { GraphNode } from '../graph/index.js'
import { duplicatesRead } from '../job/duplicate-files.js'
import { failureOf, prepareDataset, toleratesAll } from '../job/prepare.js'
import { DISTANT_AHEAD } from '../job/prepare-all.js'
import { layoutOf, textRefused } from '../plan/dataset-plan.js'
import { LookAhead } from '../run/index.js'
import {
  countedCollections,
  decodeBranches,
  lackingWarnings,
  openTree,
  type PartitionRead,
  readyIndexColumns,
  withOptionalTriggers,
} from '../stages/index.js'
import { columnField } from './arrow-columns.js'
import { encodeEvents, withOrigin } from './batches.js'
import { type StageOptions, stageJob } from './documents.js'
import type { ChunkLine, FileBranch, StreamFacts } from './facts.js'
import { nodesOf } from './groups.js'
import { ArrowOutput, type Pipe } from './pipe.js'
import { parseLine, type ReportLine } from './read-reports.js'
import { runNodes } from './run-nodes.js'
import { CHUNK_LINE, checkShape } from './shapes.js'

export interface DecodeOptions extends StageOptions {
  /** Branches to read, besides those that the job needs; `*` stands for any characters. */
  readonly branches?: readonly string[]
  /** Read errors that are reported rather than ending the stage, where there is no job to say so. */
  readonly allow?: boolean | readonly string[]
  /** Takes the lines of the report. */
  readonly report?: (line: ReportLine) => Promise<void>
}

/** Read where they are, whatever else is: later stages tell events and certified sections by them. */
const IDENTIFIERS = ['run', 'luminosityBlock', 'event']

export async function decode(options: DecodeOptions, pipe: Pipe, ctx: Context): Promise<void> {
  const out = new ArrowOutput(pipe.output)
  const report = options.report ?? (async () => {})
  let current: Decoder | null = null
  const seen = new Set<string>()
  let chunks = 0
  const lines = new LookAhead(chunkLines(pipe), DISTANT_AHEAD)
  for (let line = await lines.shift(); line !== undefined; line = await lines.shift()) {
    ctx.signal.throwIfAborted()
    if (current?.name !== line.dataset.name) {
      if (seen.has(line.dataset.name)) throw scattered(line.dataset.name)
      seen.add(line.dataset.name)
      current?.tell(pipe.warn)
      current = await Decoder.open(line, options, pipe, ctx)
      const { dataset, documents, failed } = line
      await report({ report: { dataset, documents, failed } })
      await out.begin(current.fields, current.facts)
    }
    if (line.chunk === null) continue
    chunks++
    for (let k = 0; k < DISTANT_AHEAD; k++) current.ahead(lines.at(k))
    const { batch, read, error } = await current.read(line.chunk, ctx)
    await report({ dataset: line.dataset.name, ...read })
    if (error !== null) throw error
    if (batch !== null) await out.batch(encodeEvents(batch).batch)
  }
  if (current === null) throw pipe.input.cutOff()
  current.tell(pipe.warn)
  await out.finish()
  await report({ end: { chunks } })
}

async function* chunkLines(pipe: Pipe): AsyncIterable<ChunkLine> {
  for await (const text of pipe.input.lines()) {
    if (text.trim() === '') continue
    const line = parseLine<ChunkLine>(text, pipe.input.name)
    if ((line as ChunkLine | null)?.dataset?.name === undefined || line.first === undefined) throw notChunks(pipe)
    checkShape(CHUNK_LINE, line, pipe.input.name, 'the lines of `tnp-pipe chunks`')
    yield line
  }
}

function notChunks({ input }: Pipe): UsageError {
  return new UsageError([{ place: input.name, message: 'wanted the lines of `tnp-pipe chunks`, got other JSON.' }])
}

function scattered(dataset: string): UsageError {
  const message = `chunks of dataset "${dataset}" stand in two places. Keep those of one dataset together.`
  return new UsageError([{ place: 'stdin', message }])
}

interface ChunkRead {
  readonly batch: Batch | null
  readonly read: PartitionRead
  /** Ends the stage; null where the failure is tolerated. */
  readonly error: DataError | null
}

/** Reads the chunks of one dataset. */
class Decoder {
  readonly name: string
  readonly facts: StreamFacts
  readonly fields
  private readonly nodes: readonly GraphNode[]
  private readonly indices: ReturnType<typeof readyIndexColumns>
  private readonly allows: (error: DataError) => boolean
  private readonly line: ChunkLine
  private readonly ctx: Context
  private readonly lacking: PartitionRead[] = []
  /** First chunks of partitions whose files the fileset has no UUIDs of. */
  private readonly identified: PartitionRead[] = []

  private constructor(line: ChunkLine, plan: Reading, tree: Layout, ctx: Context) {
    this.ctx = ctx
    this.name = line.dataset.name
    this.line = line
    this.nodes = plan.nodes
    this.allows = plan.allows
    this.indices = readyIndexColumns(plan.branches, tree)
    const { dataset, partitions, sumGenWeight } = line
    const branches = branchesOf(tree)
    this.facts = {
      item: 'events',
      dataset,
      partitions,
      sumGenWeight,
      documents: plan.documents,
      branches,
      added: [...this.indices.keys()],
      done: [],
      pairs: null,
      paired: null,
      window: null,
      filters: [],
      method: null,
      table: null,
    }
    const columns = new Map(plan.branches.map(name => [name, emptyColumn(tree.branch(name)!)]))
    const empty = this.complete({ chunk: emptyChunk(line), length: 0, columns, events: null })
    this.fields = [...empty.columns].map(([name, column]) => columnField(name, column))
  }

  static async open(line: ChunkLine, options: DecodeOptions, { warn }: Pipe, ctx: Context): Promise<Decoder> {
    const opened = await openTree(line.first.path, line.first.tree)
    const tree = withOptionalTriggers(opened.tree, line.optionalTriggers ?? [])
    const plan = await reading(line, options, tree, warn)
    const text = plan.branches.find(name => tree.branch(name)?.text === true)
    if (text !== undefined) throw textRefused(text, 'only a column of a table that `tnp-pipe run` writes can be')
    return new Decoder(line, plan, tree, ctx)
  }

  /** Asks for the bytes of a chunk to come, where that is worth while. */
  ahead(line: ChunkLine | undefined): void {
    if (line?.chunk === undefined || line.chunk === null || line.dataset.name !== this.name) return
    const stage = this.nodes[0]!.stage as MapStage<Chunk, Batch>
    // What goes wrong is met by the read itself.
    stage.ahead?.(line.chunk, this.ctx)?.catch(() => {})
  }

  /** batch null: it could not be read. */
  async read(chunk: Chunk, ctx: Context): Promise<ChunkRead> {
    try {
      const values = await runNodes(this.nodes, chunk, ctx, `${chunk.file} from entry ${chunk.start}`)
      const batches = [...values.values()] as Batch[]
      const last = batches.at(-1)!
      const read = { chunk, read: batches[0]!.read!, failure: null }
      if (read.read.lacking !== undefined) this.lacking.push(read)
      if (read.read.uuid !== undefined && !(this.line.knowsDuplicates ?? false)) this.identified.push(read)
      return {
        batch: this.complete({ ...last, columns: inOrder(last.columns, batches[0]!.columns) }),
        read,
        error: null,
      }
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      const read = { chunk, read: null, failure: failureOf(error) }
      if (!this.allows(error)) return { batch: null, read, error }
      const isLate = chunk.parts > 1 || this.line.sumGenWeight !== null
      return { batch: null, read, error: isLate ? tooLate(error, chunk) : null }
    }
  }

  /** Says which trigger decisions files lack, and which files are one. */
  tell(warn: (message: string) => void): void {
    for (const warning of lackingWarnings(this.name, this.line.files ?? 1, this.lacking)) warn(warning)
    const files = this.identified.map(({ chunk }) => fileOf(chunk))
    for (const warning of duplicatesRead({ name: this.name, files }, this.identified, undefined)) warn(warning)
  }

  /** With the columns that later stages cannot work out. */
  private complete(batch: Batch): Batch {
    const origin = withOrigin(batch)
    const made = Array.from(this.indices, ([name, index]): [string, Column] => [name, index.column(batch)])
    return { ...origin, columns: new Map([...origin.columns, ...made]) }
  }
}

function fileOf({ file: path, tree, partitionStart: start, partitionStop: stop }: Chunk): DatasetFile {
  const steps = stop === null ? null : [[start, stop] as const]
  return { path, tree, steps, numEntries: null, uuid: null }
}

/** A filter of the user may have dropped columns or added some, which the graph does not know. */
function inOrder(columns: ReadonlyMap<string, Column>, read: ReadonlyMap<string, Column>): Map<string, Column> {
  return new Map(Array.from(read, ([name, column]) => [name, columns.get(name) ?? column]))
}

function emptyChunk({ dataset, first }: ChunkLine): Chunk {
  const range = { partition: 0, partitionStart: 0, partitionStop: 0, start: 0, stop: 0, part: 0, parts: 1 }
  return { dataset: dataset.name, file: first.path, tree: first.tree, isStep: false, ...range }
}

/** Some of its events, or a sum that includes them, have gone down the pipe. */
function tooLate({ exception, message }: DataError, { partition }: Chunk): DataError {
  const advice = `Partition ${partition} can only be left out from the start: decode --report FILE, then begin again with chunks --without FILE.`
  return new DataError(exception, `${message}\n${advice}`)
}

interface Reading {
  readonly branches: readonly string[]
  readonly nodes: readonly GraphNode[]
  readonly documents: StreamFacts['documents']
  readonly allows: (error: DataError) => boolean
}

async function reading(
  line: ChunkLine,
  options: DecodeOptions,
  tree: Layout,
  warn: (message: string) => void,
): Promise<Reading> {
  const named = matching(options.branches ?? [], tree)
  const hasJob = options.config !== undefined || line.documents.runner !== undefined
  if (hasJob) return jobReading(line, options, named, warn)
  if (options.overrides !== undefined) {
    throw new UsageError([{ place: 'decode', message: 'a filter of events needs a job: give --config.' }])
  }
  if (named.length === 0) {
    const message = 'say what to read: --branches, or --config here or at `chunks`.'
    throw new UsageError([{ place: 'decode', message }])
  }
  const branches = unique([...named, ...IDENTIFIERS.filter(name => tree.has(name))])
  // The first file is closed when others are read: its branches are looked up now.
  const infos = new Map(branches.map(name => [name, tree.branch(name)!]))
  const layout = layoutOf({ names: tree.names, branches: infos })
  const stage = decodeBranches({ branches, layout, counted: countedCollections(branches) })
  const { allow = false } = options
  return {
    branches,
    nodes: [{ id: 'decode', stage: stage as never, input: null, outputs: [] }],
    documents: line.documents,
    allows: error => tolerates(allow, error.exception),
  }
}

async function jobReading(
  line: ChunkLine,
  options: DecodeOptions,
  named: readonly string[],
  warn: (message: string) => void,
): Promise<Reading> {
  const { job: whole, documents, methods, warnings } = stageJob(options, line.documents)
  if (options.config !== undefined) for (const { place, message } of warnings) warn(`${place}: ${message}`)
  const job = { ...whole, methods } as Job
  const { path, tree } = line.first
  const file = { path, tree, steps: null, numEntries: null, uuid: null }
  const dataset: Dataset = { ...line.dataset, files: [file], form: null }
  const plan = await prepareDataset(job, dataset, [], line.optionalTriggers ?? [])
  const branches = unique([...plan.branches, ...named])
  // The stages behind the pipe have no files to read more of.
  const graph = buildGraph({ job, plan: { ...plan, branches, lateBranches: [] } })
  return {
    branches,
    nodes: nodesOf(graph, 'decode', job.workflow).filter(node => node.stage.kind === 'map'),
    documents,
    allows: error => toleratesAll(job, failureOf(error)),
  }
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}

/** The branches that the patterns stand for; of those with a `*`, the ones that can be read. Of a global index
 *  (Electron_photonIdxG), what it is made of. */
function matching(patterns: readonly string[], tree: Layout): string[] {
  const missing: string[] = []
  const found = patterns.flatMap(pattern => {
    const regex = new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`)
    const isGlob = pattern.includes('*')
    const names = tree.names.filter(name => regex.test(name) && !(isGlob && infoOf(tree, name) === null))
    if (names.length > 0) return names
    const index = readyIndexColumns(tree.names, tree).get(pattern)
    if (index === undefined) missing.push(pattern)
    return (index?.reads ?? []) as string[]
  })
  if (missing.length > 0) {
    throw new UsageError(
      missing.map(name => ({
        place: '--branches',
        message: `no branch ${JSON.stringify(name)}.${nearestHint(name, tree.names)}`,
      })),
    )
  }
  return unique(found)
}

function escaped(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
}

function branchesOf(tree: Layout): FileBranch[] {
  return tree.names.map((name): FileBranch => {
    const info = infoOf(tree, name)
    return info === null ? [name, null, null, 1] : [name, info.dtype, info.counter, info.width]
  })
}

/** null: of a type that streams do not carry. */
function infoOf(tree: Layout, name: string): BranchInfo | null {
  const info = branchOrNull(tree, name)
  return info === null || info.text === true ? null : info
}
