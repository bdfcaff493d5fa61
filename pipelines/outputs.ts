/** Names of output files, and the reports that every method may write. */
import { join } from 'node:path'
import {
  type Job,
  type Method,
  partFileCount,
  partFileName,
  sanitizeFilterName,
  sanitizeReportName,
} from '../lib/config/index.js'
import { NTUPLE_EXTENSIONS, type NtupleFormat } from '../lib/core/ntuple-format.js'
import type { Wire } from '../lib/core/types.js'
import type { DatasetPlan } from '../lib/plan/dataset-plan.js'
import { type PartFiles, type PartitionRead, partitions, writeReport } from '../lib/stages/index.js'

interface Place {
  readonly job: Job
  readonly plan: DatasetPlan
}

function methodFolder({ job, plan }: Place, method: Method): string {
  return join(job.output, plan.dataset.dir, method.id)
}

/** The pickle of one filter's histograms, and beside it the same content as UHI JSON. */
export function histogramFiles(place: Place, method: Method, filter: string): { pickle: string; json: string } {
  return histogramFilesIn(methodFolder(place, method), filter)
}

/** folder: that of the method. */
export function histogramFilesIn(folder: string, filter: string): { pickle: string; json: string } {
  const stem = join(folder, `${sanitizeFilterName(filter)}_histos`)
  return { pickle: `${stem}.pkl`, json: `${stem}.json` }
}

/** name: NTuples, or passing or failing, which the filter's name and NTuples follow. */
export function partFiles(place: Place, method: Method, name: string, filter?: string): PartFiles {
  const { job, plan } = place
  const count = partitions(plan.dataset.name, plan.dataset.files).length
  const files = partFilesIn(
    methodFolder(place, method),
    tablePrefix(name, filter),
    count,
    job.repartition,
    job.ntupleFormat,
  )
  return { ...files, excluded: plan.failed.map(({ chunk }) => chunk.partition) }
}

/** How the names of a table's files begin. */
export function tablePrefix(name: string, filter?: string): string {
  return filter === undefined ? name : `${name}_${sanitizeFilterName(filter)}_NTuples`
}

/** folder: that of the method; count: partitions of the dataset. */
export function partFilesIn(
  folder: string,
  prefix: string,
  count: number,
  repartition: number | null,
  format: NtupleFormat = 'parquet',
): PartFiles {
  const files = partFileCount(count, repartition)
  return {
    folder,
    names: Array.from({ length: files }, (_, i) => partFileName(i, files, prefix, NTUPLE_EXTENSIONS[format])),
    partitions: count,
    partitionsPerFile: repartition ?? 1,
    stale: new RegExp(`^${prefix.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}-part\\d+\\.(parquet|root)$`),
    format,
  }
}

/** One report a method, or a method and filter, where its uproot_options ask for one. */
export function addReports(reads: Wire<PartitionRead[]>, job: Job, plan: DatasetPlan): void {
  for (const [id, path] of reportFiles(job, plan.dataset.dir)) reads.into(id, writeReport(path))
}

/** The reports of a dataset: id in the graph -> path. */
export function reportFiles(job: Job, dir: string): Map<string, string> {
  const files = new Map<string, string>()
  if (job.skipReport) return files
  for (const method of job.methods) {
    if (method.uproot.allow === false) continue
    const names =
      'filters' in method ? method.filters.map(f => `${sanitizeReportName(f)}_report.json`) : ['report.json']
    for (const name of names) files.set(`${method.id}/${name}`, join(job.output, dir, method.id, name))
  }
  return files
}
