/** The stages between decode and fill: each reads Arrow streams of events or pairs and writes Arrow streams of events, pairs or
 *  rows of a table. */

import { tablePrefix } from '../../pipelines/outputs.js'
import { UsageError } from '../core/errors.js'
import type { Batch, Context, Layout, Pairs, Table } from '../core/types.js'
import { type ArrowBatch, type ArrowSchema, arrowStreams } from '../formats/arrow/index.js'
import type { GraphNode } from '../graph/index.js'
import { describeMass, type EncodeStage } from '../stages/index.js'
import { PAIRS } from './arrow-columns.js'
import { decodeEvents, decodePairs, type Encoded, encodeEvents, encodePairs } from './batches.js'
import { onlyMethod, type StageJob, type StageOptions, stageJob } from './documents.js'
import { factsOf, type Item, type StreamFacts } from './facts.js'
import { checkPaired, pairedWith } from './paired.js'
import { ArrowOutput, type Pipe } from './pipe.js'
import { runNodes } from './run-nodes.js'
import { checkStretch, emptyColumns, nestedOf, onlyWindow, type Stretch, stretchOf } from './stretch.js'
import { arrowTable } from './tables.js'

export type TransformName = 'weight' | 'golden' | 'pair' | 'filter' | 'select'

export interface TransformOptions extends StageOptions {
  /** golden: the certified sections, in place of what the fileset says. */
  readonly goldenJSON?: string
  /** select: for passing and failing probes, which. */
  readonly filter?: string
  readonly side?: 'passing' | 'failing'
}

const TAKES: Readonly<Record<TransformName, Item>> = {
  weight: 'events',
  golden: 'events',
  pair: 'events',
  filter: 'pairs',
  select: 'pairs',
}

/** Settles when the input has ended and everything has been written. */
export async function transform(
  stage: TransformName,
  options: TransformOptions,
  pipe: Pipe,
  ctx: Context,
): Promise<void> {
  const out = new ArrowOutput(pipe.output)
  let told = false
  for await (const { schema, batches } of arrowStreams(pipe.input)) {
    const facts = withGolden(factsOf(schema.metadata), options)
    checkItem(stage, TAKES[stage], facts)
    if (stage === 'select') checkWindow(stage, facts)
    const job = stageJob(withMethod(options, facts), facts.documents)
    if (!told && isGiven(options)) for (const { place, message } of job.warnings) pipe.warn(`${place}: ${message}`)
    told = true
    checkPaired(stage, job.job, facts)
    const work = await workOf(stage, job, facts, schema, options)
    if (stage === 'golden' && work.nodes.length === 0 && !facts.dataset.isMC) {
      pipe.warn(`dataset "${facts.dataset.name}" has no golden JSON: all events pass. Give one with --json.`)
    }
    // Those of the fileset's document `chunks` has told of.
    if (options.goldenJSON !== undefined) for (const note of work.stretch.plan.notes ?? []) pipe.warn(note)
    checkStretch(work.stretch, work.nodes, schema)
    const empty = await run(work, emptyItem(facts, schema), ctx)
    await out.begin(work.encode(empty).fields, work.facts(empty, schema))
    const nested = nestedOf(work.stretch)
    for await (const batch of batches) {
      ctx.signal.throwIfAborted()
      for (const item of itemsOf(schema, batch, facts, nested))
        await out.batch(work.encode(await run(work, item, ctx)).batch)
    }
  }
  await out.finish()
}

/** The method of this stage, or of one before it. */
export function withMethod<O extends StageOptions>(options: O, facts: StreamFacts): O {
  const { method, methodArgs } = options
  const named = method === undefined && facts.method !== null ? { ...options, method: facts.method } : options
  if (methodArgs === undefined || methodArgs.name === 'get_tnp_arrays') return named
  return { ...named, methodArgs: { ...methodArgs, defaults: { filter: facts.filters } } }
}

/** Whether this stage was told anything of the job. */
function isGiven({ config, settings, binning, overrides, methodArgs }: StageOptions): boolean {
  return [config, settings, binning, overrides, methodArgs].some(given => given !== undefined)
}

function withGolden(facts: StreamFacts, { goldenJSON }: TransformOptions): StreamFacts {
  return goldenJSON === undefined ? facts : { ...facts, dataset: { ...facts.dataset, goldenJSON } }
}

export function checkItem(stage: string, wanted: Item, { item, done }: StreamFacts): void {
  if (item === wanted) return
  const before = wanted === 'pairs' ? (item === 'events' ? ' Put `pair` before it.' : '') : ''
  const message = `takes ${wanted}, got ${item} (of ${['decode', ...done].join(' | ')}).${before}`
  throw new UsageError([{ place: stage, message }])
}

export function itemsOf(
  schema: ArrowSchema,
  batch: ArrowBatch,
  facts: StreamFacts,
  nested: Layout | null,
): readonly (Batch | Pairs)[] {
  return facts.item === 'events'
    ? decodeEvents(schema, batch, facts, nested)
    : decodePairs(schema, batch, facts, nested)
}

/** An item of the stream without events: the stage is tried out on it, and says what columns it gives. */
export function emptyItem(facts: StreamFacts, schema: ArrowSchema): Batch | Pairs {
  const range = { partition: 0, partitionStart: 0, partitionStop: 0, start: 0, stop: 0, part: 0, parts: 1 }
  const chunk = { dataset: facts.dataset.name, file: 'stdin', tree: '', isStep: false, ...range }
  const batch: Batch = { chunk, length: 0, columns: emptyColumns(schema), events: null }
  if (facts.item === 'events') return batch
  const none = new Int32Array(0)
  const type = schema.fields.find(f => f.name === PAIRS)?.type
  const members = type?.kind === 'list' && type.item.type.kind === 'struct' ? type.item.type.members : []
  const all = emptyColumns({ fields: members, metadata: new Map() })
  const columns = new Map([...all].filter(([name]) => name !== 'tag' && name !== 'probe'))
  const { tags, probes } = facts.pairs!
  return { batch: { ...batch, events: none }, tags, probes, event: none, tag: none, probe: none, columns }
}

interface Work {
  readonly stretch: Stretch
  readonly nodes: readonly GraphNode[]
  readonly encode: (value: unknown) => Encoded
  /** The facts of the stream that the stage writes. */
  readonly facts: (value: unknown, schema: ArrowSchema) => StreamFacts
}

async function run({ nodes }: Work, item: Batch | Pairs, ctx: Context): Promise<unknown> {
  const { file } = 'batch' in item ? item.batch.chunk : item.chunk
  const values = await runNodes(nodes, item, ctx, file)
  return nodes.length === 0 ? item : values.get(nodes.at(-1)!)
}

async function workOf(
  stage: TransformName,
  job: StageJob,
  facts: StreamFacts,
  schema: ArrowSchema,
  options: TransformOptions,
): Promise<Work> {
  const stretch = await stretchOf(stage, job, facts, schema)
  const common = { ...facts, documents: job.documents, done: [...facts.done, stage] }
  if (stage === 'select') return selectWork(stretch, job, facts, options, common)
  const { nodes } = stretch
  const nested = nestedOf(stretch)
  const keepEvents = stretch.job.workflow === 'ScaleAndSmearingNTuplesFromNanoAOD'
  const chosen = stage === 'filter' ? onlyWindow(job.methods) : null
  return {
    stretch,
    nodes,
    encode: value => {
      if (isPairs(value)) return encodePairs(value, keepEvents, nested)
      return encodeEvents(value as Batch)
    },
    facts: (value, { fields }) => {
      const batch = isPairs(value) ? value.batch : (value as Batch)
      const before = new Set(fields.map(f => f.name))
      const added = [...facts.added, ...[...batch.columns.keys()].filter(name => !before.has(name))]
      const pairs = isPairs(value) ? { tags: value.tags, probes: value.probes } : null
      const item = pairs === null ? 'events' : 'pairs'
      const paired = pairs === null ? null : (facts.paired ?? pairedWith(job.job))
      if (chosen === null) return { ...common, added, item, pairs, paired }
      const filters = 'filters' in job.job.options ? job.job.options.filters.map(f => f.name) : []
      const method = options.method ?? facts.method
      return { ...common, added, item, pairs, paired, filters, window: describeMass(chosen.massRange), method }
    },
  }
}

export function isPairs(value: unknown): value is Pairs {
  return 'batch' in (value as object)
}

function selectWork(
  stretch: Stretch,
  stageJob: StageJob,
  facts: StreamFacts,
  options: TransformOptions,
  common: StreamFacts,
): Work {
  const method = onlyMethod(stageJob)
  checkFiltered(method, facts)
  const side = sideOf(method, options)
  const stem = side === null ? method.id : `${method.id}/${side.filter}/${side.name}`
  const nodes = stretch.nodes.filter(node => node.id === stem || node.id === `${stem}/select`)
  if (nodes.length === 0) {
    const message = `${method.id} makes no table. Take get_tnp_arrays, get_passing_and_failing_probes or get_ntuples.`
    throw new UsageError([{ place: '--method', message }])
  }
  const encode = stretch.graph.nodes.find(node => node.id === `${stem}/encode`)!.stage as unknown as EncodeStage
  const prefix = side === null ? tablePrefix('NTuples') : tablePrefix(side.name, side.filter)
  const neverNull = encode.schema.fields.filter(f => 'neverNull' in f && f.neverNull).map(f => f.name)
  const table = { method: method.id, prefix, ...(neverNull.length === 0 ? {} : { neverNull }) }
  return {
    stretch,
    nodes,
    encode: value => arrowTable(value as Table, encode.schema),
    facts: () => ({ ...common, item: 'table', method: method.id, table }),
  }
}

/** Throws UsageError where the pairs have not come through `filter`. */
export function checkWindow(stage: string, { window, done }: StreamFacts): void {
  if (window !== null) return
  const message = `the pairs have passed no mass window and no filter (${done.join(' | ')}). Put \`filter\` before it.`
  throw new UsageError([{ place: stage, message }])
}

/** Throws UsageError where the pairs are not those of the method. */
export function checkFiltered(method: ReturnType<typeof onlyMethod>, { window }: StreamFacts): void {
  const wanted = describeMass(method.massRange)
  if (window === wanted) return
  const message = `the pairs have passed the window ${window}, ${method.id} wants ${wanted}. Give \`filter\` the same --method.`
  throw new UsageError([{ place: method.id, message }])
}

function sideOf(
  method: ReturnType<typeof onlyMethod>,
  { filter, side }: TransformOptions,
): { readonly name: 'passing' | 'failing'; readonly filter: string } | null {
  if (method.name !== 'get_passing_and_failing_probes') return null
  const name = filter ?? (method.filters.length === 1 ? method.filters[0] : undefined)
  if (name === undefined || !method.filters.includes(name)) {
    const message = `wanted one of the filters of ${method.id}: ${method.filters.join(', ')}.`
    throw new UsageError([{ place: '--filter', message }])
  }
  if (side === undefined)
    throw new UsageError([{ place: 'select', message: 'say which probes: --passing or --failing.' }])
  return { name: side, filter: name }
}
