/** What a run counted, for the page that shows its outputs: the output tree itself is the reference's and has no place for it. A file of
 *  a few kB for each output folder, in the user's cache, of which the loss does no harm. */
import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { hideAccess, hideAccessIn, isRemote } from '../bytes/address.js'
import { temporaryName } from '../bytes/temporary-name.js'
import { crc32 } from '../core/crc32.js'
import { versionWithCommit } from '../core/version.js'
import type { DatasetSummary, JobSummary } from './summary.js'

export interface RecordedDataset extends Omit<DatasetSummary, 'profile' | 'skipped'> {
  readonly skipped: readonly { readonly file: string; readonly exception: string; readonly message: string }[]
}

export interface RunRecord {
  readonly version: string
  /** The output folder. */
  readonly output: string
  /** ISO 8601. */
  readonly finished: string
  readonly executor: string
  readonly workers: number
  readonly seconds: number
  readonly datasets: readonly RecordedDataset[]
}

/** Notes down a run whose outputs are complete. Where that cannot be done the run is as good without. */
export function recordRun(summary: JobSummary, output: string): void {
  if (isRemote(output)) return
  try {
    const path = realpathSync(output)
    const { executor, workers, seconds } = summary
    const datasets = summary.datasets.map(({ profile: _, skipped, ...rest }) => ({
      ...rest,
      skipped: skipped.map(({ chunk, failure }) => ({
        file: hideAccess(chunk.file),
        exception: failure?.exception ?? '',
        message: hideAccessIn(failure?.message ?? ''),
      })),
    }))
    const finished = new Date().toISOString()
    const record: RunRecord = {
      version: versionWithCommit(),
      output: path,
      finished,
      executor,
      workers,
      seconds,
      datasets,
    }
    const folder = recordsFolder()
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const temporary = join(folder, temporaryName('run'))
    try {
      writeFileSync(temporary, JSON.stringify(record), { flag: 'wx', mode: 0o600 })
      const place = recordPath(folder, path)
      // ext4 writes a file to the disk at once where it takes the place of another: up to 5 ms, for what may be lost.
      rmSync(place, { force: true })
      renameSync(temporary, place)
    } catch {
      rmSync(temporary, { force: true })
    }
  } catch {
    // No home, no room: there is no record then.
  }
}

/** The record of the run that wrote this folder; null: there is none. */
export function recordOf(output: string): RunRecord | null {
  try {
    const path = realpathSync(output)
    const record = JSON.parse(readFileSync(recordPath(recordsFolder(), path), 'utf8')) as RunRecord
    return record.output === path && Array.isArray(record.datasets) ? record : null
  } catch {
    return null
  }
}

function recordsFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(cache, 'tnp-pipe', 'runs')
}

function recordPath(folder: string, path: string): string {
  const hash = crc32(Buffer.from(path, 'utf8')).toString(16).padStart(8, '0')
  return join(folder, `${basename(path).slice(0, 60)}-${hash}.json`)
}
