/** The last stage: writes what comes, under the names that a run gives. */
import { dirname, join } from 'node:path'
import { histogramFilesIn, partFilesIn, reportFiles } from '../../pipelines/outputs.js'
import type { Job } from '../config/index.js'
import { DataError, UsageError } from '../core/errors.js'
import { makeLocalFolder } from '../core/make-folder.js'
import type { NtupleFormat } from '../core/ntuple-format.js'
import { publish } from '../core/publication.js'
import type { Context } from '../core/types.js'
import { arrowStreams } from '../formats/arrow/index.js'
import { type AtomicFile, openAtomic, pickleHists, uhiTreeBytes } from '../formats/index.js'
import {
  collectReads,
  type EncodedTable,
  encodeTable,
  renamingWarning,
  writeReport,
  writeTable,
} from '../stages/index.js'
import { type StageOptions, stageJob } from './documents.js'
import { factsOf } from './facts.js'
import { histLines } from './hist-lines.js'
import type { Pipe } from './pipe.js'
import { type DatasetReads, readReports } from './read-reports.js'
import { decodeTables, storedSchema } from './tables.js'
import { checkItem } from './transform.js'

export interface SinkOptions extends StageOptions {
  readonly output: string
  /** Partitions that share one file of a table; null: one each. */
  readonly repartition: number | null
  /** Of the files of tables. */
  readonly ntupleFormat: NtupleFormat
}

const FIRST_OF_ARROW = 0xff

/** Arrow streams of tables become Parquet or ROOT files, lines of histograms pickles and UHI JSON, lines of reports report files. */
export async function sink(options: SinkOptions, pipe: Pipe, ctx: Context): Promise<void> {
  const first = await pipe.input.peek()
  if (first === null) throw pipe.input.cutOff()
  if (first === FIRST_OF_ARROW) return writeTables(options, pipe, ctx)
  const start = await pipe.input.startsWith('{"report"')
  return start ? writeReports(options, pipe, ctx) : writeHistograms(options, pipe, ctx)
}

async function writeTables(
  { output, repartition, ntupleFormat }: SinkOptions,
  { input, warn }: Pipe,
  ctx: Context,
): Promise<void> {
  for await (const { schema, batches } of arrowStreams(input)) {
    const facts = factsOf(schema.metadata)
    checkItem('sink', 'table', facts)
    const { dataset, partitions, table } = facts
    const stored = storedSchema(schema, table!.neverNull)
    const folder = join(output, dataset.dir, table!.method)
    const files = partFilesIn(folder, table!.prefix, partitions, repartition, ntupleFormat)
    const encode = encodeTable(stored, ntupleFormat)
    const renamed = renamingWarning(encode.renamed)
    if (renamed !== null) warn(renamed)
    await makeLocalFolder(folder)
    async function* groups(): AsyncGenerator<EncodedTable> {
      let last = 0
      for await (const batch of batches) {
        ctx.signal.throwIfAborted()
        for (const rows of decodeTables(schema, batch, dataset.name)) {
          const { partition } = rows.chunk
          if (partition < last || partition >= partitions) throw outOfOrder(partition, last, partitions)
          last = partition
          const encoded = await encode.map(rows, ctx)
          if (encoded !== null) yield encoded
        }
      }
    }
    await writeTable(stored, files).drain(groups(), ctx)
  }
}

/** Each partition has its file, and files are written one after the other. */
function outOfOrder(partition: number, last: number, partitions: number): DataError {
  const got = partition < last ? `${partition} after ${last}` : `${partition}, there are ${partitions}`
  const message = `stdin: rows of partition ${got}. A stage of your own must leave the rows' order and tnp_partition as they are.`
  return new DataError('ValueError', message)
}

async function writeHistograms({ output }: SinkOptions, { input }: Pipe, ctx: Context): Promise<void> {
  const written: AtomicFile[] = []
  const seen = new Set<string>()
  try {
    for await (const { identity, tree } of histLines(input)) {
      ctx.signal.throwIfAborted()
      const files = histogramFilesIn(join(output, identity.folder, identity.method), identity.filter)
      if (seen.has(files.pickle)) throw twice(files.pickle)
      seen.add(files.pickle)
      await makeLocalFolder(dirname(files.pickle))
      for (const [path, content] of [
        [files.pickle, pickleHists(tree)],
        [files.json, uhiTreeBytes(tree)],
      ] as const) {
        const file = await openAtomic(path)
        written.push(file)
        await file.write(content)
        await file.seal()
      }
    }
    // Now that all have come: what ends early leaves nothing.
    await publish(written, ctx)
  } catch (error) {
    for (const file of written) await file.discard()
    throw error
  }
}

function twice(path: string): UsageError {
  const message = 'the same histograms come twice. Add them up: put `merge` before `sink`.'
  return new UsageError([{ place: path, message }])
}

async function writeReports(options: SinkOptions, { input }: Pipe, ctx: Context): Promise<void> {
  for (const dataset of await readReports(input, { whole: true })) {
    const { documents, dataset: facts } = dataset.head
    if (options.config === undefined && documents.runner === undefined) {
      throw new UsageError([{ place: 'sink', message: 'reports are named by the methods of a runner: give --config.' }])
    }
    const { job, methods } = stageJob(options, documents)
    const chosen = { ...job, methods, output: options.output } as Job
    for (const path of reportFiles(chosen, facts.dir).values()) {
      await makeLocalFolder(dirname(path))
      await writeReport(path).drain(once(collected(dataset)), ctx)
    }
  }
}

/** As the graph's fold adds them up. */
function collected({ head, reads }: DatasetReads) {
  const fold = collectReads(head.failed)
  const state = fold.init()
  for (const { chunk, read, failure } of reads) {
    if (failure !== null) fold.skip!(state, chunk, failure)
    else if (read !== null) fold.merge(state, read, chunk)
  }
  return fold.done(state)
}

async function* once<T>(item: T): AsyncGenerator<T> {
  yield item
}
