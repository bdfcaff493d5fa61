/** The status of a batch run as text. */
import type { JobReport, PassReport, RunReport } from '../batch/status.js'
import { countsText } from './batch-run.js'

const SYSTEMS = { slurm: 'Slurm', condor: 'HTCondor' } as const
const STATES = ['done', 'running', 'pending', 'held', 'failed', 'lost', 'unsubmitted'] as const
/** Jobs that are told of one by one. */
const MOST_TOLD = 10

export function statusText(report: RunReport): string {
  const { folder, system, created, output, collected, cancelled } = report
  const lines = [`batch run of ${created} on ${SYSTEMS[system]}, in ${folder}`]
  if (collected !== null) return [...lines, `collected at ${collected}: the outputs are in ${output}`, ''].join('\n')
  if (cancelled !== null) lines.push(`taken back at ${cancelled}: tnp-pipe resubmit goes on with it`)
  lines.push(...table(report.passes))
  for (const dataset of report.unsubmitted)
    lines.push(`${dataset}: its jobs are not submitted yet, tnp-pipe collect does it`)
  for (const [reason, jobs] of Object.entries(report.waiting)) lines.push(`${jobs} pending: ${reason}`)
  for (const problem of report.problems.slice(0, MOST_TOLD)) lines.push(...problemLines(problem))
  const more = report.problems.length - MOST_TOLD
  if (more > 0) lines.push(`and ${more} more (--json has all)`)
  lines.push(advice(report), '')
  return lines.join('\n')
}

function table(passes: readonly PassReport[]): string[] {
  const rows = passes.map(({ dataset, phase, jobs, counts }) => [
    phase === 'sum' ? `${dataset}, sum of weights` : dataset,
    `${jobs} ${jobs === 1 ? 'job' : 'jobs'}`,
    countsText(counts as Record<string, number>),
  ])
  const widths = [0, 1].map(k => Math.max(0, ...rows.map(row => row[k]!.length)))
  return rows.map(([name, jobs, counts]) => `${name!.padEnd(widths[0]!)}  ${jobs!.padStart(widths[1]!)}  ${counts}`)
}

function problemLines({ dataset, state, job, file, start, chunks, reason, log, lastLines }: JobReport): string[] {
  const where = `${file} from entry ${start}${chunks === 1 ? '' : `, ${chunks} chunks`}`
  const lines = [
    `${state}: job ${job ?? '?'}, ${dataset}, ${where}`,
    `  ${reason === '' ? 'no reason is known' : reason}`,
  ]
  if (lastLines.length > 0) lines.push(`  ${log}:`, ...lastLines.map(line => `  | ${line}`))
  return lines
}

function advice({ verdict, passes }: RunReport): string {
  if (verdict === 'bad')
    return 'tnp-pipe resubmit tries those again that are held, failed or lost (more: --memory, --walltime)'
  if (verdict === 'done') return 'all results are there: tnp-pipe collect writes the outputs'
  const left = STATES.slice(1).some(state => passes.some(({ counts }) => (counts[state] ?? 0) > 0))
  return left ? 'under way: tnp-pipe collect waits for them and writes the outputs' : 'tnp-pipe collect goes on'
}
