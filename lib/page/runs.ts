/** What the page shows of a run at once: its datasets, tables, reports, and what it counted. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type RecordedDataset, recordOf } from '../job/run-record.js'
import type { FoundDataset, FoundFile, FoundMethod, FoundRun } from './find-results.js'
import type { DatasetCounts, DatasetModel, MethodModel, ReportModel, RunModel, TableModel } from './model.js'

/** Files of histograms: by run, dataset, method and filter. */
export const HISTS = /^(.+)_histos\.(pkl|json)$/

export async function runModel(found: FoundRun, id: string, name: string, warnings: string[]): Promise<RunModel> {
  const record = recordOf(found.path)
  const counts = new Map(record?.datasets.map(one => [basename(one.dir), countsOf(one)]))
  const newest = Math.max(...found.datasets.flatMap(d => d.methods.flatMap(m => m.files.map(f => f.modified))), 0)
  // Files get their names before the record is written.
  const isOld = record !== null && newest > Date.parse(record.finished) + 1000
  return {
    id,
    name,
    path: found.path,
    datasets: await Promise.all(found.datasets.map(one => datasetModel(one, counts.get(one.name) ?? null, warnings))),
    record:
      record === null
        ? null
        : {
            executor: record.executor,
            workers: record.workers,
            seconds: record.seconds,
            finished: record.finished,
            isOld,
          },
  }
}

function countsOf({ skipped, windows, ...dataset }: RecordedDataset): DatasetCounts {
  const { isMC, files, partitions, events, sumGenWeight, cutflow, tables } = dataset
  return { isMC, files, partitions, events, sumGenWeight, cutflow, tables, windows, skipped }
}

async function datasetModel(
  { name, methods }: FoundDataset,
  counts: DatasetCounts | null,
  warnings: string[],
): Promise<DatasetModel> {
  return { name, counts, methods: await Promise.all(methods.map(one => methodModel(one, warnings))) }
}

async function methodModel({ name, files }: FoundMethod, warnings: string[]): Promise<MethodModel> {
  const reports = await Promise.all(
    files.filter(({ path }) => /report\.json$/.test(path)).map(file => reportModel(file, warnings)),
  )
  return {
    name,
    filters: [...histFiles(name, files).keys()],
    tables: tablesOf(files),
    reports: reports.filter(one => one !== null),
  }
}

/** Filter -> the file that is read: the pickle, of which the numbers need no parsing. */
export function histFiles(method: string, files: readonly FoundFile[]): Map<string, FoundFile> {
  const found = new Map<string, FoundFile>()
  for (const file of files) {
    const { path } = file
    const name = basename(path)
    const filter = HISTS.exec(name)?.[1] ?? (method === 'histograms' ? name.replace(/\.(pkl|json)$/, '') : null)
    if (filter === null) continue
    if (!found.has(filter) || path.endsWith('.pkl')) found.set(filter, file)
  }
  return found
}

/** NTuples-part00.parquet ... are one table; of ROOT files, parts alone are tables. */
function tablesOf(files: readonly FoundFile[]): TableModel[] {
  const tables = new Map<string, { parts: number; bytes: number }>()
  for (const { path, bytes } of files) {
    const found = /^(.*?)(?:-part\d+)?\.parquet$|^(.*?)-part\d+\.root$/.exec(basename(path))
    const name = found?.[1] ?? found?.[2]
    if (name === undefined) continue
    const { parts, bytes: before } = tables.get(name) ?? { parts: 0, bytes: 0 }
    tables.set(name, { parts: parts + 1, bytes: before + bytes })
  }
  return [...tables].map(([name, size]) => ({ name, ...size }))
}

/** What of an entry is shown. */
interface Entry {
  readonly duration?: number | null
  readonly performance_counters?: { readonly num_requested_bytes?: number } | null
  readonly args?: readonly string[]
  readonly exception?: string | null
  readonly message?: string | null
}

async function reportModel({ path }: FoundFile, warnings: string[]): Promise<ReportModel | null> {
  let entries: readonly Entry[]
  try {
    entries = JSON.parse(await readFile(path, 'utf8')) as Entry[]
    if (!Array.isArray(entries)) throw new Error('wanted a list of partitions')
  } catch (error) {
    warnings.push(`${path}: is no report (${(error as Error).message}).`)
    return null
  }
  const sum = (of: (entry: Entry) => number | null | undefined) => entries.reduce((n, entry) => n + (of(entry) ?? 0), 0)
  return {
    name: basename(path).replace(/_?report\.json$/, ''),
    partitions: entries.length,
    failed: entries
      .filter(({ exception }) => exception !== null && exception !== undefined)
      .map(({ args, exception, message }) => ({
        file: (args?.[0] ?? '').replace(/^'(.*)'$/s, '$1'),
        exception: exception ?? '',
        message: message ?? '',
      })),
    seconds: sum(entry => entry.duration),
    bytes: sum(entry => entry.performance_counters?.num_requested_bytes),
  }
}
