/** The summary of a run as text. */

import { resolve } from 'node:path'
import { hideAccess, isRemote } from '../bytes/address.js'
import { peakMemory } from '../core/peak-memory.js'
import type { DatasetSummary, FilterSummary, JobSummary } from '../job/index.js'
import { humanCount, humanTime } from './progress.js'

export function summaryText(summary: JobSummary, output: string): string {
  const lines = summary.datasets.flatMap(datasetLines)
  const events = summary.datasets.reduce((n, d) => n + d.events, 0)
  const memory = (peakMemory() / 1e6).toFixed(0)
  const { chunks } = summary
  if (chunks !== null && chunks.resumed > 0) {
    lines.push(`resumed: ${chunks.resumed} of ${chunks.resumed + chunks.run} chunks were done`)
  }
  const rate = humanCount(events / summary.seconds)
  const noun = summary.executor.startsWith('batch/') ? 'job' : 'worker'
  const workers = `${summary.workers} ${noun}${summary.workers === 1 ? '' : 's'}`
  lines.push(
    `${events} events in ${humanTime(summary.seconds)} (${rate} events/s), peak memory ${memory} MB, ${summary.executor}, ${workers}`,
    `outputs in ${isRemote(output) ? hideAccess(output) : resolve(output)}`,
  )
  return `${lines.join('\n')}\n`
}

function datasetLines(dataset: DatasetSummary): string[] {
  const { name, isMC, files, partitions, skipped, events } = dataset
  const parts = partitions === files ? '' : `, ${partitions} partitions`
  const lines = [
    `${name} (${isMC ? 'simulation' : 'data'}): ${files} ${files === 1 ? 'file' : 'files'}${parts}, ${events} events`,
  ]
  if (dataset.sumGenWeight !== null) lines.push(`  sum of genWeight ${dataset.sumGenWeight}`)
  for (const { chunk, failure } of skipped)
    lines.push(`  skipped ${chunk.file} (${failure?.exception}: ${failure?.message})`)
  if (skipped.length > 0 && dataset.sumGenWeight !== null)
    lines.push('  skipped partitions are left out of the sum of genWeight')
  for (const { window, pairs, weight, filters } of dataset.windows) {
    lines.push(`  ${window}: ${pairs} pairs`)
    const width = Math.max(...filters.map(f => f.filter.length))
    for (const filter of filters) lines.push(`    ${filter.filter.padEnd(width)}  ${efficiencyText(filter, weight)}`)
  }
  for (const { id, rows } of dataset.tables) if (!id.includes('/')) lines.push(`  ${id}: ${rows} rows`)
  return lines
}

function efficiencyText(filter: FilterSummary, weight: string | null): string {
  const { passing, failing, efficiency, low, high, entries, problem } = filter
  const counts = `passing ${passing}, failing ${failing}`
  const by = weight === null ? '' : ` by ${weight}`
  if (problem !== null) {
    const ratio = Number.isNaN(efficiency) ? '' : ` ${efficiency.toFixed(4)}`
    return `${counts}, efficiency${by}${ratio} without interval: ${problem}`
  }
  if (Number.isNaN(efficiency)) return counts
  const up = (high - efficiency).toFixed(4)
  const down = (efficiency - low).toFixed(4)
  const effective = weight === null ? '' : ` (${entries.toFixed(1)} effective entries)`
  return `${counts}, efficiency${by} ${efficiency.toFixed(4)} +${up} -${down}${effective}`
}
