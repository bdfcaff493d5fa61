/** Files that the workers of a cluster have made for sinks: where they may put them, how they get their names, and what is removed when
 *  the run ends. Workers send back names and sizes alone, so that rows do not pass through the driver.
 *
 *    worker -> .tnp-<run>-<attempt>.<name>.tnp-tmp -> sink, when the dataset is complete -> <name>
 */
import { join } from 'node:path'
import type { MadeFile, MadeFiles } from '../core/types.js'
import { JOURNAL_FOLDER, PARTS_FOLDER } from '../journal/index.js'
import { LocalMadeFiles } from './made-files-local.js'
import { RemoteMadeFiles } from './made-files-remote.js'
import type { SinkFiles } from './sink-files.js'
import type { NameFile, RemoteOutput } from './staged-output.js'

/** Of one run. */
export interface RunMadeFiles extends MadeFiles {
  /** From now on workers may make files; their folders are there. Throws OutputError. */
  offer(): Promise<void>
  /** Is the file there still, as it was made? For a run that is continued, whose files may have got their names. */
  isThere(file: MadeFile): Promise<boolean>
  /** After a run that was stopped: removes what attempts of any run have left, but the files in `keep`, which are named as MadeFile's `at`;
   *  when this run is closed once more, since the workers of the other may have ended later. What cannot be removed is left. */
  clear(keep: ReadonlySet<string>): Promise<void>
  /** After the workers have ended: removes what they have left, but the files in `keep`, and the files in `forgotten`. */
  close(keep: ReadonlySet<string>, forgotten: ReadonlySet<string>): Promise<void>
  /** Of outputs at a server: see RemoteOutput. */
  readonly nameFile?: NameFile
}

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
