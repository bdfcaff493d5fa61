/** `tnp-pipe cleanup`: batch jobs that crashed runs have left. */
import { type Cleaned, cleanUp } from '../cluster/cleanup.js'
import { type CommandReport, EXIT } from './exit.js'

export interface CleanupFlags {
  readonly dryRun: boolean
  readonly everywhere: boolean
}

/** Status 1: jobs may be left that could not be removed. */
export function cleanup(flags: CleanupFlags): CommandReport {
  const found = cleanUp(flags)
  const lines = found.map(one => describe(one, flags.dryRun))
  const stdout = lines.length === 0 ? 'no batch jobs are left\n' : lines.map(line => `${line}\n`).join('')
  const failed = found.some(one => one.outcome === 'failed')
  return { stdout, stderr: '', status: failed ? EXIT.incomplete : EXIT.done }
}

function describe({ kind, jobs, host, outcome, message, path }: Cleaned, dryRun: boolean): string {
  const what = `${kind}: ${jobs.length === 1 ? 'job' : 'jobs'} ${jobs.join(' ')} of a run on ${host}`
  if (outcome === 'running') return `${what}: it goes on, left alone`
  if (outcome === 'elsewhere') return `${what}: run this there, or with --everywhere where it has ended`
  if (outcome === 'failed') return `${what}: could not be removed: ${message} (noted in ${path})`
  return `${what}: ${dryRun ? 'would be removed' : 'removed'}`
}
