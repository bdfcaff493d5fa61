/** Names of output files, and the reports that every method may write. */
import { join } from 'node:path'
import type { Method } from '../lib/config/index.js'
import { partFileCount, partFileName, sanitizeFilterName, sanitizeReportName } from '../lib/config/index.js'
import type { Wire } from '../lib/core/types.js'
import type { DatasetPlan } from '../lib/job/plan.js'
import { type ParquetFiles, type PartitionRead, partitions, writeReport } from '../lib/stages/index.js'
import type { NanoJob } from './methods.js'

function methodFolder(job: NanoJob, plan: DatasetPlan, method: Method): string {
  return join(job.output, plan.dataset.dir, method.id)
}

/** The pickle of one filter's histograms, and beside it the same content as UHI JSON. */
export function histogramFile(job: NanoJob, plan: DatasetPlan, method: Method, filter: string) {
  const stem = join(methodFolder(job, plan, method), `${sanitizeFilterName(filter)}_histos`)
  return { pickle: `${stem}.pkl`, json: `${stem}.json` }
}

/** prefix: '' or passing, failing, which the filter's name follows. */
export function parquetFiles(
  job: NanoJob,
  plan: DatasetPlan,
  method: Method,
  prefix: string,
  filter: string | undefined,
): ParquetFiles {
  const count = partitions(plan.dataset.name, plan.dataset.files).length
  const files = partFileCount(count, job.repartition)
  const name = filter === undefined ? 'NTuples' : `${prefix}_${sanitizeFilterName(filter)}_NTuples`
  return {
    folder: methodFolder(job, plan, method),
    names: Array.from({ length: files }, (_, i) => partFileName(i, files, name)),
    partitionsPerFile: job.repartition ?? 1,
    stale: new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}-part\\d+\\.parquet$`),
  }
}

/** One report a method, or a method and filter, where its uproot_options ask for one. */
export function addReports(reads: Wire<PartitionRead[]>, job: NanoJob, plan: DatasetPlan): void {
  if (job.skipReport) return
  for (const method of job.methods) {
    if (method.uproot.allow === false) continue
    const folder = methodFolder(job, plan, method)
    const names =
      method.name === 'get_tnp_arrays'
        ? ['report.json']
        : method.filters.map(f => `${sanitizeReportName(f)}_report.json`)
    for (const name of names) reads.into(`${method.id}/${name}`, writeReport(join(folder, name)))
  }
}
