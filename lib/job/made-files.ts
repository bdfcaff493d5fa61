/** Files that the workers of a cluster have made for sinks: where they may put them, how they get their names, and what is removed when
 *  the run ends. Workers send back names and sizes alone, so that rows do not pass through the driver.
 *
 *    worker -> .tnp-<run>-<attempt>.<name>.tnp-tmp -> sink, when the dataset is complete -> <name>
 */
import { join } from 'node:path'
import { JOURNAL_FOLDER, PARTS_FOLDER } from '../journal/index.js'
import { LocalMadeFiles } from './made-files-local.js'
import { RemoteMadeFiles } from './made-files-remote.js'
import type { RunMadeFiles } from './run-made-files.js'
import type { SinkFiles } from './sink-files.js'
import type { RemoteOutput } from './staged-output.js'

export interface MadeFilesOptions {
  /** The job's output folder here. */
  readonly output: string
  readonly sinks: readonly SinkFiles[]
  /** null: the outputs are local. */
  readonly remote: RemoteOutput | null
  readonly isJournalled: boolean
}

export function runMadeFiles({ output, sinks, remote, isJournalled }: MadeFilesOptions): RunMadeFiles {
  const paths = sinks.flatMap(({ mayBeMade, writes }) => (mayBeMade ? writes : []))
  if (remote !== null) return new RemoteMadeFiles(output, remote, paths)
  // Beside all else that a run which is continued needs.
  return new LocalMadeFiles(output, paths, isJournalled ? join(JOURNAL_FOLDER, PARTS_FOLDER) : null)
}
