/** Runs of this program: in this process, or by its command line. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DataError, OutputError, UsageError } from '../../lib/core/errors.js'
import { loadJob, type RunOptions, runJob } from '../../lib/job/index.js'
import { runAnalysis } from '../../test/support/cli.js'
import type { CommandOptions } from './generate.js'

export interface Outcome {
  readonly status: 'done' | 'refused' | 'crashed'
  readonly message: string
  readonly warnings: readonly string[]
}

export interface Documents {
  readonly config: string
  readonly fileset: string
  readonly settings: string | null
  readonly binning: string | null
}

export function documentsIn(folder: string): Documents {
  const optional = (name: string) => (existsSync(join(folder, name)) ? join(folder, name) : null)
  return {
    config: join(folder, 'runner.json'),
    fileset: join(folder, 'fileset.json'),
    settings: optional('settings.json'),
    binning: optional('binning.json'),
  }
}

export async function runHere(
  documents: Documents,
  output: string,
  options: CommandOptions,
  how: RunOptions = { executor: 'sync' },
): Promise<Outcome> {
  rmSync(output, { recursive: true, force: true })
  const warnings: string[] = []
  try {
    const {
      limit = null,
      repartition = null,
      skip_report: skipReport = false,
      ntuple_format: ntupleFormat = null,
    } = options
    const { job, warnings: early } = loadJob({ ...documents, output, limit, repartition, skipReport, ntupleFormat })
    warnings.push(...early.map(w => JSON.stringify(w)))
    await runJob(job, { ...how, onWarning: w => warnings.push(w) })
    return { status: 'done', message: '', warnings }
  } catch (error) {
    const known = error instanceof UsageError || error instanceof DataError || error instanceof OutputError
    const message = error instanceof Error ? (known ? error.message : `${error.stack}`) : String(error)
    return { status: known ? 'refused' : 'crashed', message, warnings }
  }
}

/** The command that does the same. */
export function command(documents: Documents, output: string, options: CommandOptions): string[] {
  const out = ['--config', documents.config, '--fileset', documents.fileset, '--output', output, '--executor', 'sync']
  if (documents.settings !== null) out.push('--settings', documents.settings)
  if (documents.binning !== null) out.push('--binning', documents.binning)
  if (options.limit !== undefined) out.push(`--limit=${options.limit}`)
  if (options.repartition !== undefined) out.push('--repartition-n-to-one', String(options.repartition))
  if (options.skip_report) out.push('--skip-report')
  if (options.ntuple_format) out.push('--ntuple-format', options.ntuple_format)
  return out
}

export async function runCommandLine(documents: Documents, output: string, options: CommandOptions): Promise<Outcome> {
  rmSync(output, { recursive: true, force: true })
  const { status, stderr } = await runAnalysis([...command(documents, output, options), '--no-progress'])
  const ends = { 0: 'done', 1: 'refused', 2: 'refused' } as const
  return { status: ends[status as 0] ?? 'crashed', message: status === 0 ? '' : stderr, warnings: stderr.split('\n') }
}
