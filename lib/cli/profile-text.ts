/** Where the time of a run went, as text. */
import type { DatasetSummary, JobSummary } from '../job/index.js'

/** A table a dataset: stage, seconds (summed over chunks and workers), share, and what left the stage. `decode` is reading,
 *  decompressing and decoding; the rest is physics and output. */
export function profileText(summary: JobSummary): string {
  return summary.datasets.map(tableOf).join('')
}

function tableOf(dataset: DatasetSummary): string {
  const left = new Map(dataset.cutflow)
  const total = dataset.profile.reduce((sum, [, seconds]) => sum + seconds, 0)
  const width = Math.max(...dataset.profile.map(([id]) => id.length))
  const rows = dataset.profile.map(([id, seconds]) => {
    const share = total === 0 ? 0 : (100 * seconds) / total
    const count = left.get(id)
    return `  ${id.padEnd(width)}  ${seconds.toFixed(3).padStart(8)} s  ${share.toFixed(1).padStart(5)} %${count === undefined ? '' : `  ${count} left`}`
  })
  const megabytes = (dataset.bytes / 1e6).toFixed(1)
  return `${dataset.name}: ${dataset.events} events, ${megabytes} MB read, ${total.toFixed(3)} s in stages\n${rows.join('\n')}\n`
}
