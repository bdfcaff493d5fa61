/** Begins a batch run in its folder, or goes on with the one that is there. */
import { randomBytes } from 'node:crypto'
import { UsageError } from '../core/errors.js'
import { version } from '../core/version.js'
import { differences, type Identity } from '../journal/identity.js'
import { type Lock, takeLock } from '../journal/lock.js'
import { type RunDocument, RunFolder, writeWhole } from './folder.js'
import type { BatchResources, SystemName } from './options.js'
import { submissions } from './submissions.js'

export interface BeginInput {
  readonly path: string
  readonly system: SystemName
  readonly resources: BatchResources
  readonly command: readonly string[]
  readonly output: string
  readonly datasets: readonly string[]
  readonly identity: Identity
  /** The job's configuration, for `collect`. */
  readonly job: Uint8Array
}

export interface OpenRun {
  readonly folder: RunFolder
  readonly resources: BatchResources
  /** When the run began that is gone on with; null: it begins now. */
  readonly since: string | null
  /** A run before this one was killed, so it may have left files under temporary names. */
  readonly afterKilled: boolean
  /** complete: all outputs are written, and only the run's document is kept. A run that submitted nothing leaves nothing. */
  close(complete: boolean): Promise<void>
}

/** Throws UsageError where another process is at it, or a run of something else is there. */
export async function beginRun(input: BeginInput): Promise<OpenRun> {
  const folder = new RunFolder(input.path)
  const isNewFolder = folder.document() === null
  folder.make()
  const lock = await takeLock(folder.at('lock'), folder.path)
  try {
    const known = folder.document()
    const isOther = known !== null && !isFinished(known) && otherRun(folder, known, input)
    const goesOn = known !== null && known.collected === undefined && !isOther && sameRun(known, input)
    if (!goesOn) startAnew(folder, input)
    else folder.writeDocument({ ...withoutCancelled(known), resources: input.resources })
    return {
      folder,
      resources: input.resources,
      since: goesOn ? known.created : null,
      afterKilled: lock.wasStale,
      close: complete => closeRun(folder, lock, complete, isNewFolder),
    }
  } catch (error) {
    await lock.release()
    if (isNewFolder) folder.remove()
    throw error
  }
}

function sameRun(known: RunDocument, { system, identity }: BeginInput): boolean {
  return known.system === system && differences(known.identity, identity).length === 0
}

/** Throws UsageError where the folder's run is another one, and has jobs. */
function otherRun(folder: RunFolder, known: RunDocument, input: BeginInput): boolean {
  if (sameRun(known, input)) return false
  if (submissions(folder).length === 0) return true
  const told = differences(known.identity, input.identity).map(one => ({
    ...one,
    message: one.message.replace('in the journal', 'in that run'),
  }))
  const system =
    known.system === input.system
      ? []
      : [{ place: '--executor', message: `batch/${known.system} in that run, batch/${input.system} now.` }]
  const message = `a batch run of ${known.created} is here that differs from this one, see below. Collect it (tnp-pipe collect), take it back (tnp-pipe cancel), or choose another --output.`
  throw new UsageError([{ place: folder.path, message }, ...system, ...told])
}

function isFinished({ collected, cancelled }: RunDocument): boolean {
  return collected !== undefined || cancelled !== undefined
}

function withoutCancelled({ cancelled: _, ...rest }: RunDocument): RunDocument {
  return rest
}

function startAnew(
  folder: RunFolder,
  { system, resources, command, output, datasets, identity, job }: BeginInput,
): void {
  folder.clear()
  folder.make()
  writeWhole(folder.at('job'), job)
  folder.writeDocument({
    id: randomBytes(3).toString('hex'),
    version: version(),
    system,
    created: new Date().toISOString(),
    command,
    cwd: process.cwd(),
    output,
    datasets,
    resources,
    identity,
  })
}

async function closeRun(folder: RunFolder, lock: Lock, complete: boolean, isNewFolder: boolean): Promise<void> {
  if (complete) {
    folder.writeDocument({ ...folder.document()!, collected: new Date().toISOString() })
    folder.clear()
  }
  const isEmpty = !complete && isNewFolder && submissions(folder).length === 0 && folder.names('results').length === 0
  await lock.release()
  if (isEmpty) folder.remove()
}
