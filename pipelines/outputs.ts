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
import type { Wire } from '../lib/core/types.js'
import type { DatasetPlan } from '../lib/job/plan.js'
import { type ParquetFiles, type PartitionRead, partitions, writeReport } from '../lib/stages/index.js'

interface Place {
  readonly job: Job
  readonly plan: DatasetPlan
}

function methodFolder({ job, plan }: Place, method: Method): string {
  return join(job.output, plan.dataset.dir, method.id)
}

/** The pickle of one filter's histograms, and beside it the same content as UHI JSON. */
export function histogramFiles(place: Place, method: Method, filter: string): { pickle: string; json: string } {
  const stem = join(methodFolder(place, method), `${sanitizeFilterName(filter)}_histos`)
  return { pickle: `${stem}.pkl`, json: `${stem}.json` }
}

/** name: NTuples, or passing or failing, which the filter's name and NTuples follow. */
export function parquetFiles(place: Place, method: Method, name: string, filter?: string): ParquetFiles {
  const { job, plan } = place
  const files = partFileCount(partitions(plan.dataset.name, plan.dataset.files).length, job.repartition)
  const prefix = filter === undefined ? name : `${name}_${sanitizeFilterName(filter)}_NTuples`
  return {
    folder: methodFolder(place, method),
    names: Array.from({ length: files }, (_, i) => partFileName(i, files, prefix)),
    partitionsPerFile: job.repartition ?? 1,
    stale: new RegExp(`^${prefix.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}-part\\d+\\.parquet$`),
  }
}

/** One report a method, or a method and filter, where its uproot_options ask for one. */
export function addReports(reads: Wire<PartitionRead[]>, job: Job, plan: DatasetPlan): void {
  if (job.skipReport) return
  for (const method of job.methods) {
    if (method.uproot.allow === false) continue
    const folder = methodFolder({ job, plan }, method)
    const names =
      'filters' in method ? method.filters.map(f => `${sanitizeReportName(f)}_report.json`) : ['report.json']
    for (const name of names) reads.into(`${method.id}/${name}`, writeReport(join(folder, name)))
  }
}
