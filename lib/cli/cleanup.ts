/** `tnp-pipe cleanup`: batch jobs that crashed runs have left; with folders, files that killed programs have left there. */
import { type Cleaned, cleanUp } from '../cluster/cleanup.js'
import { leftoversBelow, removeLeftovers } from '../job/leftovers.js'
import { type CommandReport, EXIT } from './exit.js'

export interface CleanupFlags {
  readonly dryRun: boolean
  readonly everywhere: boolean
}

/** Status 1: jobs may be left that could not be removed. Throws as leftoversBelow. */
export async function cleanup(folders: readonly string[], flags: CleanupFlags): Promise<CommandReport> {
  if (folders.length > 0) return cleanFolders(folders, flags)
  const found = cleanUp(flags)
  const lines = found.map(one => describe(one, flags.dryRun))
  const stdout = lines.length === 0 ? 'no batch jobs are left\n' : lines.map(line => `${line}\n`).join('')
  const failed = found.some(one => one.outcome === 'failed')
  return { stdout, stderr: '', status: failed ? EXIT.incomplete : EXIT.done }
}

/** All folders are looked at before anything is removed. */
async function cleanFolders(folders: readonly string[], { dryRun }: CleanupFlags): Promise<CommandReport> {
  const found = (await Promise.all(folders.map(leftoversBelow))).flat()
  if (!dryRun) await removeLeftovers(found)
  const lines = found.map(({ path, bytes }) => `${path} (${bytes} bytes): ${dryRun ? 'would be removed' : 'removed'}\n`)
  return { stdout: lines.join('') || 'no unfinished files are left\n', stderr: '', status: EXIT.done }
}

function describe({ kind, jobs, host, outcome, message, path }: Cleaned, dryRun: boolean): string {
  const what = `${kind}: ${jobs.length === 1 ? 'job' : 'jobs'} ${jobs.join(' ')} of a run on ${host}`
  if (outcome === 'running') return `${what}: it goes on, left alone`
  if (outcome === 'elsewhere') return `${what}: run this there, or with --everywhere where it has ended`
  if (outcome === 'failed') return `${what}: could not be removed: ${message} (noted in ${path})`
  return `${what}: ${dryRun ? 'would be removed' : 'removed'}`
}
